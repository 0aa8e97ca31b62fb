"""The pages that a browser opens: a row for each type of page. Add a row for a new type."""

from dataclasses import dataclass

from playwright.sync_api import ViewportSize


@dataclass(frozen=True, slots=True)
class Page:
    """A type of page, and an example of it on the site of the five lists."""

    name: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return self.name


PAGES = (
    Page("home", ""),
    Page("browse", "browse"),
    Page("browse-narrowed", "browse?technique=lora&year=2024&year=2023&code=yes&sort=title"),
    Page("browse-without-papers", "browse?technique=lora&dataset=nothing"),
    Page("matrix", "matrix"),
    Page("matrix-of-nothing", "matrix?rows=model&year=1900"),
    Page("search", "search"),
    Page("search-with-hits", "search?q=federated"),
    Page("search-of-a-kind", "search?q=lora&kind=paper"),
    Page("search-without-hits", "search?q=xyzzy"),
    Page("paper", "paper/openreview-nlpzl6hwnl.html"),  # in eight entries
    Page("paper-of-many-authors", "paper/arxiv-2312.06353.html"),
    Page("person", "person/yaliang-li.html"),
    Page("dataset", "dataset/gsm8k.html"),
    Page("model", "model/llama-7b.html"),
    Page("family", "family/llama.html"),
    Page("technique", "technique/lora.html"),
    Page("venue", "venue/arxiv.html"),  # the one with the most papers
    Page("edition", "edition/icml-2024.html"),
    Page("repository", "repository/github-com-alibaba-federatedscope.html"),
    Page("list", "list/fedllm.html"),
    Page("entry", "entry/fedllm/edcd229672ca.html"),
    Page("section", "section/fed-reasoning/137ba11836f8.html"),
    Page("finding", "finding/possible-homonym/545fb85762d7.html"),
    Page("decision", "decision/ea8d2832e9cf.html"),
    Page("why", "why/arxiv-2406.17706?property=fkg:usesDataset&value=dataset/gsm8k"),
    Page("why-one-paper", "why/openreview-nlpzl6hwnl"),
    Page("ontology", "ontology.html"),
    Page("dumps", "dumps/"),
    Page("preview", "reconcile/preview?id=paper/arxiv-2312.06353"),  # in the frame of another site
    Page("sparql", "sparql"),
    Page("sparql-example", "sparql?example=co-authors"),
    Page("not-found", "paper/nothing", status=404),
)

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=900)
SIZES = {"phone": PHONE, "narrow": NARROW, "desktop": DESKTOP}
