"""The curated vocabularies: that the files are well kept, and that words find what they name.

A failing data test says which row to mend, and how.
"""

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from fedkg.errors import InputError
from fedkg.ids import slug
from fedkg.model import VenueKind
from fedkg.resolve.vocabulary import KnownModel, Size, Vocabulary
from fedkg.resolve.vocabulary.sections import heading_key
from fedkg.resolve.vocabulary.tables import dataset_key
from fedkg.resources import ontology_dir, vocabulary_dir

FILES = {"datasets": ["dataset"], "models": ["family", "model"], "venues": ["venue"]}
TECHNIQUES = ontology_dir() / "techniques.ttl"
SCHEME = URIRef("https://w3id.org/fedkg/technique/")


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load(vocabulary_dir(), TECHNIQUES)


@pytest.fixture(scope="module")
def scheme():
    return Graph().parse(TECHNIQUES, format="turtle")


def tables(name, kind):
    with (vocabulary_dir() / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)[kind]


def each_kind():
    return [(name, kind) for name, kinds in FILES.items() for kind in kinds]


# ---------------------------------------------------------------- the files are well kept


@pytest.mark.parametrize(("name", "kind"), each_kind())
def test_rows_are_sorted_by_name(name, kind):
    """A curator finds a row by eye, and two branches that add rows seldom collide."""
    names = [row["name"] for row in tables(name, kind)]
    for before, after in itertools.pairwise(names):
        assert (before.casefold(), before) < (after.casefold(), after), (
            f"{name}.toml: move [[{kind}]] {after!r} before {before!r}"
        )


@pytest.mark.parametrize(("name", "kind"), each_kind())
def test_aliases_are_sorted_and_without_stray_spaces(name, kind):
    """Aliases stand in alphabetical order, trimmed."""
    for row in tables(name, kind):
        aliases = row.get("aliases", [])
        wanted = sorted((a.strip() for a in aliases), key=lambda a: (a.casefold(), a))
        assert aliases == wanted, f"{name}.toml: write the aliases of {row['name']!r} as {wanted}"
        assert row["name"] == row["name"].strip(), f"{name}.toml: trim {row['name']!r}"


@pytest.mark.parametrize(("name", "kind"), each_kind())
def test_names_give_different_slugs(name, kind):
    """A slug is half of an IRI: two names that share one would get ugly digests."""
    owner = {}
    for row in tables(name, kind):
        key = slug(row["name"])
        assert key, f"{name}.toml: {row['name']!r} has no letter or digit: write it out"
        assert key not in owner, (
            f"{name}.toml: {row['name']!r} and {owner.get(key)!r} are both {key}: rename one"
        )
        owner[key] = row["name"]


def test_a_word_is_either_a_dataset_or_no_name(vocabulary):
    """The list of words that name nothing must not hide a dataset, model or venue."""
    for part in (vocabulary.datasets, vocabulary.models, vocabulary.venues):
        hidden = sorted(part.not_names & set(part.by_key))
        assert not hidden, f"take {hidden} out of not_names or out of the rows"


def test_a_parameter_count_is_not_written_twice():
    """A model whose name states its size needs `parameters` only for mixtures and corrections."""
    for row in tables("models", "model"):
        if row["name"].endswith("B") and "x" not in row["name"]:
            assert "parameters" not in row, (
                f"models.toml: drop the parameters of {row['name']!r}: its name states them"
            )


def test_every_technique_of_a_section_exists_and_every_section_says_something(vocabulary):
    """Sections name slugs of techniques.ttl; loading refuses others."""
    for section in vocabulary.sections.entries:
        assert set(section.techniques) <= vocabulary.techniques.slugs
        assert heading_key(section.path[-1])


def test_sections_are_sorted_by_their_path():
    """Sections stand in the order of their heading path."""
    paths = [
        tuple(map(heading_key, row.get("path", [row["heading"]])))
        for row in tables("sections", "section")
    ]
    for before, after in itertools.pairwise(paths):
        assert before < after, f"sections.toml: move {after} before {before}"


# ---------------------------------------------------------------- the technique scheme


def test_every_technique_is_labelled_defined_and_in_the_scheme(scheme):
    """One English label and definition each; a broader concept, or a place at the top."""
    for concept in scheme.subjects(RDF.type, SKOS.Concept):
        for term in (SKOS.prefLabel, SKOS.definition):
            values = list(scheme.objects(concept, term))
            assert [v.language for v in values] == ["en"], f"{concept}: one {term} in English"
        assert (concept, SKOS.inScheme, SCHEME) in scheme, f"{concept}: add skos:inScheme"
        top = (concept, SKOS.topConceptOf, SCHEME) in scheme
        assert top == ((SCHEME, SKOS.hasTopConcept, concept) in scheme), (
            f"{concept}: skos:topConceptOf and skos:hasTopConcept must agree"
        )
        assert top != ((concept, SKOS.broader, None) in scheme), (
            f"{concept}: give it skos:broader or skos:topConceptOf, not both"
        )


def test_broader_techniques_exist_and_form_no_circle(scheme):
    """Following skos:broader always ends at a top concept."""
    for concept in scheme.subjects(RDF.type, SKOS.Concept):
        seen = {concept}
        for above in scheme.transitive_objects(concept, SKOS.broader):
            assert (above, RDF.type, SKOS.Concept) in scheme, f"{concept}: {above} is not there"
            assert above == concept or above not in seen
            assert (above, SKOS.broader, concept) not in scheme, f"{concept} is above itself"
            seen.add(above)


def test_no_two_techniques_share_a_label(scheme):
    """A label, preferred or alternative, names one technique."""
    owner = {}
    for concept in scheme.subjects(RDF.type, SKOS.Concept):
        for term in (SKOS.prefLabel, SKOS.altLabel):
            for label in scheme.objects(concept, term):
                other = owner.setdefault(str(label).casefold(), concept)
                assert other == concept, f"{label!r} is a label of {concept} and {other}: drop one"


def test_the_slug_of_a_technique_is_a_slug(vocabulary):
    """IRIs of techniques are made like all others."""
    slugs = vocabulary.techniques.slugs
    assert {slug(technique) for technique in slugs} == slugs


@pytest.mark.parametrize(
    ("title", "techniques"),
    [
        ("Improving lora in privacy preserving federated learning", ["lora"]),
        ("Differentially Private Low-Rank Adaptation of Large Language Models", ["lora"]),
        ("FedBPT: Efficient Federated Black-box Prompt Tuning", ["black-box-tuning"]),
        ("Dual Prompt Tuning for Domain-Aware Federated Learning", ["prompt-tuning"]),
        (
            "Achieving Dimension-Free Communication via Zeroth-Order Optimization",
            ["zeroth-order-optimisation"],
        ),
        (
            "FedML-HE: Homomorphic Encryption and Secure Aggregation",
            ["homomorphic-encryption", "secure-aggregation"],
        ),
        ("FedCoT: Federated Chain-of-Thought Distillation", ["chain-of-thought-distillation"]),
        (
            "Mixture of Experts Made Personalized: Federated Prompt Learning",
            ["mixture-of-experts", "prompt-tuning"],
        ),
        (
            "An MoE for RAG with DP",
            ["differential-privacy", "mixture-of-experts", "retrieval-augmented-generation"],
        ),
    ],
)
def test_a_title_may_name_techniques_plainly(vocabulary, title, techniques):
    """In whatever case and with hyphens or without; of two phrases at a place the longer one."""
    assert vocabulary.techniques_in(title) == tuple(techniques)


@pytest.mark.parametrize(
    "title",
    [
        "Privacy and Robustness of Large Models in Federated Learning",
        "Prompt Federated Learning for Weather Forecasting",
        "FlexLoRA and Friends",
        "Tuning the Prompt",
        "He Who Tunes Last: Model Zoo, from Rag to Riches",
        "Knowledge without Distillation",
        "Alignment",
        "",
    ],
)
def test_a_word_in_passing_names_no_technique(vocabulary, title):
    """One word of the field, part of a coined name, words apart, a word spelt like an acronym."""
    assert vocabulary.techniques_in(title) == ()


def test_the_preferred_label_of_every_technique_is_known_or_a_single_plain_word(scheme, vocabulary):
    """So "Pruning" alone says nothing, and "Split learning" does."""
    for subject, label in scheme.subject_objects(SKOS.prefLabel):
        if (subject, RDF.type, SKOS.ConceptScheme) in scheme:
            continue
        found = vocabulary.techniques_in(str(label))
        is_plain_word = len(str(label).replace("-", " ").split()) == 1 and str(label).istitle()
        assert found == () if is_plain_word else len(found) == 1, str(label)


# ---------------------------------------------------------------- datasets


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("SST2", "SST-2"),
        ("GSM-8K", "GSM8K"),
        ("Databricks-dolly-15k", "Databricks Dolly 15k"),
        ("dolly-15K", "Databricks Dolly 15k"),
        ("20NEWS", "20 Newsgroups"),
        ("20 Newsgroup", "20 Newsgroups"),
        ("C4 dataset.", "C4"),
        ("the GLUE datasets", "GLUE"),
        ("AllenAI natural instruction dataset v2.", "Super-NaturalInstructions"),
        ("Natural Instruction", "Natural Instructions"),
        ("Alpaca", "Alpaca"),
        ("Alpaca-GPT4", "Alpaca-GPT4"),
        ("IMDB review", "IMDB"),
        ("SQuADv2", "SQuAD 2.0"),
        ("E2E", "E2E NLG"),
        ("HumanEval", "HumanEval"),
        ("humaneval+", "HumanEval Plus"),
    ],
)
def test_spellings_of_a_dataset_find_it(vocabulary, words, name):
    """Case, spaces, punctuation and the word "dataset" do not matter; "+" does."""
    assert vocabulary.dataset(words).name == name


def test_what_is_no_dataset_makes_none(vocabulary):
    """A task is no name; an unknown name is neither known nor dismissed."""
    assert vocabulary.names_no_dataset("Summarization")
    assert vocabulary.names_no_dataset("...")
    assert vocabulary.dataset("CodeMathInstruct") is None
    assert not vocabulary.names_no_dataset("CodeMathInstruct")


@given(st.text(max_size=60))
def test_the_key_of_a_dataset_is_stable(words):
    """Keying a key again changes nothing, whatever the words."""
    assert dataset_key(dataset_key(words)) in {dataset_key(words), ""}


# ---------------------------------------------------------------- models


@pytest.mark.parametrize(
    ("words", "name", "family", "parameters"),
    [
        ("LLaMA 7B", "LLaMA-7B", "LLaMA", 7 * 10**9),
        ("Llama-7B", "LLaMA-7B", "LLaMA", 7 * 10**9),
        ("Llama2-7B", "Llama-2-7B", "Llama 2", 7 * 10**9),
        ("LlaMA-2 7b", "Llama-2-7B", "Llama 2", 7 * 10**9),
        ("LLaMA-3B", "LLaMA-3B", "LLaMA", 3 * 10**9),
        ("LLaMA-3.2-3B", "Llama-3.2-3B", "Llama 3.2", 3 * 10**9),
        ("Llama 2", "Llama 2", "Llama 2", None),
        ("GPT2", "GPT-2", "GPT-2", None),
        ("GPT-2-large", "GPT-2-large", "GPT-2", 774 * 10**6),
        ("GPT1", "GPT-1", "GPT-1", 117 * 10**6),
        ("RoBERTa LARGE", "RoBERTa-large", "RoBERTa", 355 * 10**6),
        ("OPT-125m", "OPT-125M", "OPT", 125 * 10**6),
        ("OPT-1.3b", "OPT-1.3B", "OPT", 1_300_000_000),
        ("DataJuicer-1.3B", "DataJuicer-1.3B", "DataJuicer", 1_300_000_000),
        ("ChatGLM3-6B", "ChatGLM3-6B", "ChatGLM3", 6 * 10**9),
        ("Qwen4-32B-Instruct", "Qwen-4-32B-Instruct", "Qwen", 32 * 10**9),
        ("vicuna v1.5 7B", "Vicuna-7B-v1.5", "Vicuna", 7 * 10**9),
        ("mixtral 8x7b", "Mixtral-8x7B", "Mixtral", 46_700_000_000),
    ],
)
def test_a_model_is_family_version_size_and_variant(vocabulary, words, name, family, parameters):
    """A number with a unit is a size, a bare one a version."""
    model = vocabulary.model(words)
    assert isinstance(model, KnownModel)
    assert (model.name, model.family, model.parameters) == (name, family, parameters)


@pytest.mark.parametrize(
    ("words", "counts"),
    [("3B", [3]), ("7B models", [7]), ("3B, 7B models", [3, 7]), ("13 billion parameters", [13])],
)
def test_a_size_alone_is_no_model(vocabulary, words, counts):
    """Words such as "3B, 7B models" say how large the models are, not which."""
    assert vocabulary.model(words) == Size(tuple(count * 10**9 for count in counts))


@pytest.mark.parametrize("words", ["BERT4Rec", "LLaMA-Adapter", "LLaMA 7B/13B", "Foo-7B", ""])
def test_words_with_a_stranger_among_them_are_no_known_model(vocabulary, words):
    """A family at the front is not enough: BERT4Rec is no BERT."""
    assert vocabulary.model(words) is None


def test_several_models_of_a_kind_are_no_name(vocabulary):
    """The word "GPTs" names no single model."""
    assert vocabulary.names_no_model("GPTs")
    assert not vocabulary.names_no_model("GPT")


def test_the_name_of_a_model_finds_the_model(vocabulary):
    """Canonical names are fixed points, curated or composed."""
    for model in vocabulary.models.entries:
        assert vocabulary.model(model.name) is model
    for family in vocabulary.models.families:
        found = vocabulary.model(f"{family.name}-7B")
        assert vocabulary.model(found.name) == found


@given(st.text(max_size=80))
def test_no_words_make_the_model_grammar_raise(vocabulary, words):
    """Any text gives a model, a size or nothing."""
    assert isinstance(vocabulary.model(words), KnownModel | Size | None)


# ---------------------------------------------------------------- venues


@pytest.mark.parametrize(
    ("words", "name", "year"),
    [
        ("NEURIPS 2024", "NeurIPS", 2024),
        ("NeurIPS'24 D&B", "NeurIPS", 2024),
        ("ICLR’24", "ICLR", 2024),
        ("ICML23", "ICML", 2023),
        ("ACL 24", "ACL", 2024),
        ("AAAI 2025 Oral", "AAAI", 2025),
        ("EMNLP 2024 findings", "Findings of EMNLP", 2024),
        (
            "Findings of the Association for Computational Linguistics: EMNLP 2023",
            "Findings of EMNLP",
            2023,
        ),
        ("Forty-first International Conference on Machine Learning", "ICML", None),
        ("2024 IEEE International Conference on Big Data (BigData)", "IEEE BigData", 2024),
        ("Arxiv 2025", "arXiv", 2025),
        ("arXiv 2024.10", "arXiv", 2024),
        ("arXiv preprint arXiv:2007.06236", "arXiv", None),
        ("ACM ToMPECS", "ACM ToMPECS", None),
        ("Trans. Netw", "TON", None),
        ("IEEE Communication Magazine", "IEEE Communications Magazine", None),
        ("Nat. Mach. Intell.(Comment)", "Nature Machine Intelligence", None),
        ("3DV 2024", "3DV", 2024),
        ("2023 IEEE Automatic Speech Recognition and Understanding Workshop (ASRU)", "ASRU", 2023),
        ("WWW", "WWW", None),
    ],
)
def test_a_venue_is_found_with_its_year(vocabulary, words, name, year):
    """Years, ordinals and remarks come off; what is left names the venue."""
    match = vocabulary.venue(words)
    assert (match.venue.name, match.year) == (name, year)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("FL@FM-NeurIPS", "FL@FM-NeurIPS"),
        ("FL@NeurIPS", "FL@NeurIPS"),
        ("LLMAgents@ICLR", "LLMAgents@ICLR"),
        ("ICLR@MCDC", "MCDC@ICLR"),
        ("NeurIPS Workshop", "NeurIPS Workshops"),
        ("CVPR 2024 Workshop", "CVPR Workshops"),
        ("ICLR 2025 (Workshop)", "ICLR Workshops"),
        ("KDD Workshop Summaries", "KDD Workshops"),
        ("FedKDD 2024", "FedKDD"),
        ("SpicyFL", "SpicyFL"),
        ("Unheard Of@ICML 2031", "Unheard Of@ICML"),
    ],
)
def test_a_workshop_is_not_its_conference(vocabulary, words, name):
    """Workshops are venues of their own, named in the table or not."""
    venue = vocabulary.venue(words).venue
    assert (venue.name, venue.kind) == (name, VenueKind.WORKSHOP)


def test_words_that_name_no_venue(vocabulary):
    """The word "preprint" is a state; two venues at once and unheard-of ones are unknown."""
    assert vocabulary.names_no_venue("preprint 2019")
    assert vocabulary.venue("NeurIPS Workshop / ICLR Workshop") is None
    assert vocabulary.venue("Journal of Things") is None
    assert not vocabulary.names_no_venue("Journal of Things")


@pytest.mark.parametrize(
    ("url", "name", "year"),
    [
        ("https://aclanthology.org/2023.emnlp-main.488", "EMNLP", 2023),
        ("https://aclanthology.org/2024.findings-emnlp.615/", "Findings of EMNLP", 2024),
        ("https://aclanthology.org/2024.lrec-main.630", "LREC-COLING", 2024),
        ("https://aclanthology.org/2025.coling-main.17.pdf", "COLING", 2025),
        ("https://www.usenix.org/conference/atc24/presentation/xu-mengwei", "USENIX ATC", 2024),
        ("https://proceedings.mlr.press/v162/lai22a.html", "ICML", 2022),
        ("https://dl.acm.org/doi/10.1609/aaai.v38i13.29434", "AAAI", 2024),
        ("https://link.springer.com/article/10.1007/s11280-024-01266-3", "World Wide Web", None),
        ("https://doi.org/10.24963/ijcai.2023/393", "IJCAI", 2023),
        ("http://arxiv.org/abs/2310.15080v2", "arXiv", 2023),
        (
            "https://openaccess.thecvf.com/content/CVPR2023W/FedVision/x.html",
            "CVPR Workshops",
            2023,
        ),
    ],
)
def test_a_link_proves_its_venue(vocabulary, url, name, year):
    """The longest pattern decides, and the link or the pattern states the year."""
    match = vocabulary.venue_of_link(url)
    assert (match.venue.name, match.year) == (name, year)


@pytest.mark.parametrize(
    "url",
    [
        "https://openreview.net/forum?id=iX3uESGdsO",
        "https://neurips.cc/virtual/2024/103959",
        "#x",
        "",
    ],
)
def test_a_link_that_proves_nothing(vocabulary, url):
    """OpenReview shows papers of many conferences, and neurips.cc its workshops' too."""
    assert vocabulary.venue_of_link(url) is None


def test_every_spelling_of_a_venue_finds_it(vocabulary):
    """Names, full names and aliases resolve, with a year behind them too."""
    for venue in vocabulary.venues.entries:
        for words in (venue.name, venue.full, *venue.aliases):
            assert vocabulary.venue(words).venue is venue, words
            assert vocabulary.venue(f"{words} 2024").venue is venue, words


@given(st.text(max_size=80))
def test_no_words_make_the_venue_reader_raise(vocabulary, words):
    """Any text gives a venue or nothing."""
    match = vocabulary.venue(words)
    assert match is None or match.venue.name


# ---------------------------------------------------------------- sections


@pytest.mark.parametrize(
    ("headings", "techniques"),
    [
        (
            ["Efficiency", "Parameter-Efficient Fine-Tuning", "Selective Tuning (7)"],
            ["selective-tuning"],
        ),
        (["Heterogeneous Resource", "Lora (31)"], ["lora", "resource-heterogeneity"]),
        (["LoRA"], ["lora"]),
        (["⚡ Zeroth-Order Optimization {#zo}", "2024"], ["zeroth-order-optimisation"]),
        (["✨ Federated Prompt Learning", "Few-Shot"], ["prompt-tuning", "few-shot-learning"]),
        (["✨ Federated Prompt Learning", "Applications"], ["prompt-tuning"]),
        (["Published Papers", "2025"], []),
        (["A heading that nobody knows"], []),
        ([], []),
    ],
)
def test_headings_stand_for_techniques(vocabulary, headings, techniques):
    """The innermost heading that names techniques decides; a longer path before a shorter."""
    assert vocabulary.techniques_of(headings) == tuple(techniques)


@pytest.mark.parametrize(
    ("headings", "without_papers"),
    [
        (["Blogs && Tutorials"], True),
        (["LLM Books"], True),
        (["Company", "2021"], True),
        (["数据集"], True),
        (["Tutorials and Surveys"], False),
        (["Resources", "Frameworks (11)"], False),
        (["Federated Fine-Tuning", "Evaluation", "Datasets"], False),
        (["Dataset distillation"], False),
        (["NeurIPS workshop"], False),
        ([], False),
    ],
)
def test_some_headings_announce_no_papers(vocabulary, headings, without_papers):
    """Every part of the heading must say so, and a longer path may know better."""
    assert vocabulary.holds_no_papers(headings) is without_papers


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[[dataset]]\nname = "A"\naliases = ["B"]\n[[dataset]]\nname = "b"', "repeats 'b'"),
        ('[[dataset]]\nname = "A"\nalias = ["B"]', "unknown field alias"),
        ("[[dataset]]\naliases = []", "needs name"),
        ('[[dataset]]\nname = "A"\naliases = "B"', "list of texts"),
        ('[[dataset]]\nname = "++?', "is not valid TOML"),
        ('[[dataset]]\nname = "?!"', "without letter or digit"),
    ],
)
def test_a_broken_vocabulary_file_is_one_sentence(tmp_path, content, says):
    """The error names the file and the row, and what to do."""
    for name in ("models", "venues", "sections"):
        (tmp_path / f"{name}.toml").write_text("", encoding="utf-8")
    (tmp_path / "datasets.toml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Vocabulary.load(tmp_path, TECHNIQUES)
    sentence = str(caught.value)
    assert says in sentence
    assert str(tmp_path / "datasets.toml") in sentence
    assert sentence.endswith(".")


def test_a_missing_or_broken_file_is_one_sentence(tmp_path):
    """What cannot be read is refused with its path, and the line where there is one."""
    with pytest.raises(InputError, match=r"datasets\.toml: cannot be read"):
        Vocabulary.load(tmp_path, TECHNIQUES)
    with pytest.raises(InputError, match=r"none\.ttl: cannot be read"):
        Vocabulary.load(vocabulary_dir(), Path(tmp_path / "none.ttl"))
    broken = tmp_path / "broken.ttl"
    for turtle, says in (
        ("\n<a> <b> nothing:here .", "valid Turtle at line 2"),
        ("<a>", "cut short"),
    ):
        broken.write_text(turtle, encoding="utf-8")
        with pytest.raises(InputError, match=rf"broken\.ttl: .*{says}"):
            Vocabulary.load(vocabulary_dir(), broken)
