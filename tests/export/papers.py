"""Papers as Wikidata gets them: one, and any."""

from hypothesis import strategies as st

from fedkg.export.wikidata.facts import reference
from fedkg.export.wikidata.model import folded
from fedkg.export.works import Author, Named, Work

BASE = "https://w3id.org/fedkg/"
WORK = Work(
    f"{BASE}paper/arxiv-2401.00001",
    "arxiv-2401.00001",
    'Learning "Together"\tApart',
    (Author("a:1", "Li Wei"), Author("a:2", "Ada Lovelace"), Author("a:3", "Li Wei")),
    "conference",
    "2024-05",
    Named("a:icml", "ICML"),
    "ICML 2024",
    {"arxiv": "2401.00001", "doi": "10.1000/abc.d"},
    ("https://arxiv.org/abs/2401.00001", "https://doi.org/10.1000/abc.d"),
    (Named("a:lora", "LoRA"),),
    (Named("a:gsm8k", "GSM8K"),),
    (Named("a:llama", "LLaMA"),),
)
SOURCE = reference(WORK, "https://example.org/list", "2026-11-01")
NAMED = st.text(min_size=1, max_size=400).filter(folded)
WORKS = st.builds(
    Work,
    st.just("a:paper"),
    st.just("key"),
    NAMED,
    st.lists(st.builds(Author, st.sampled_from(["a:1", "a:2", "a:3"]), NAMED)).map(tuple),
    st.sampled_from(["", "preprint", "journal"]),
    st.sampled_from(["", "2024", "2024-05"]),
    st.none() | st.builds(Named, st.sampled_from(["a:v", "a:w"]), NAMED),
    identifiers=st.dictionaries(st.sampled_from(["doi", "arxiv"]), NAMED),
    urls=st.lists(st.sampled_from(["https://arxiv.org/abs/1", "https://a.example/"])).map(tuple),
    techniques=st.lists(st.builds(Named, st.sampled_from(["a:t"]), NAMED)).map(tuple),
)
ITEMS = st.dictionaries(
    st.sampled_from(["a:paper", "a:1", "a:2", "a:v", "a:t"]),
    st.integers(1, 10**9).map(lambda number: f"Q{number}"),
)
