"""Datasets, models and repositories that entries name."""

import pytest

from fedkg.model import Basis

from .conftest import entry, findings_of, stated_at

TITLE = "Federated Fine-Tuning of Large Language Models for Everybody"


@pytest.mark.parametrize("words", ["GSM-8K", "GSM8k", "gsm8k"])
def test_known_spellings_are_one_dataset(resolved, words):
    """The vocabulary knows its canonical name and its aliases."""
    (dataset,) = resolved(entry(TITLE, datasets=(words,))).datasets
    assert (dataset.key, dataset.name) == ("gsm8k", "GSM8K")


def test_an_unknown_name_becomes_a_dataset_and_a_finding(resolved):
    """Nothing that a list states is dropped because nobody curated it."""
    collection = resolved(entry(TITLE, datasets=("CodeMathInstruct", "Code-Math-Instruct")))
    (dataset,) = collection.datasets
    assert {dataset.name, *dataset.aliases} == {"CodeMathInstruct", "Code-Math-Instruct"}
    assert collection.papers[0].datasets == (dataset.key,)
    sentences = [finding.sentence for finding in findings_of(collection, "unknown-dataset")]
    assert (
        "“CodeMathInstruct” is no dataset that fedkg knows: is “MathInstruct” meant?"
    ) in sentences


def test_a_task_is_no_dataset(resolved):
    """“Summarization” names no data; it makes no thing and no finding."""
    collection = resolved(entry(TITLE, datasets=("Summarization",)))
    assert collection.datasets == ()
    assert findings_of(collection, "unknown-dataset") == []


def test_a_dataset_that_only_another_kind_of_entry_names_is_of_no_paper(resolved):
    """What is no paper uses nothing."""
    blog = entry("Our blog", "https://example.org/blog/1", datasets=("GSM8K",))
    collection = resolved(blog)
    assert (collection.papers, collection.datasets) == ((), ())


def test_sizes_are_no_models(resolved):
    """“3B, 7B” says how large a model is, not which."""
    collection = resolved(entry(TITLE, models=("3B", "7B")))
    assert collection.models == ()
    assert findings_of(collection, "unknown-model") == []


def test_a_model_has_its_family_and_size(resolved):
    """“Llama-7B” and “LLaMA 7B” are one model of seven billion parameters, of the family LLaMA."""
    collection = resolved(entry(TITLE, models=("Llama-7B", "LLaMA 7B")))
    (model,) = collection.models
    assert model.parameters == 7_000_000_000
    assert model.family in {family.key for family in collection.families}


def test_an_unknown_model_becomes_a_model_and_a_finding(resolved):
    """It has neither family nor size, for nobody said so."""
    collection = resolved(entry(TITLE, models=("FrobnicatorNet",)))
    (model,) = collection.models
    assert (model.name, model.family, model.parameters) == ("FrobnicatorNet", None, None)
    (finding,) = findings_of(collection, "unknown-model")
    assert finding.sentence == "“FrobnicatorNet” is no model that fedkg knows: check its spelling."


def test_every_ancestor_of_a_family_is_known(five_lists):
    """A family descends from one that is described as well."""
    known = {family.key for family in five_lists.families}
    assert {family.broader for family in five_lists.families} - {None} <= known


def test_github_is_lower_cased_in_keys_alone(resolved):
    """github.com takes any case; the address stays as listed."""
    urls = (
        "https://github.com/alibaba/FederatedScope",
        "https://github.com/Alibaba/federatedscope",
    )
    (repository,) = resolved(entry(TITLE, repositories=urls)).repositories
    assert repository.key == "github-com-alibaba-federatedscope"
    assert set(repository.urls) == set(urls)


def test_branches_and_files_of_a_repository_are_one(resolved):
    """Lists link the branch with the code of the paper."""
    root = "https://github.com/alibaba/FederatedScope"
    urls = (root, f"{root}/tree/llm", f"{root}/blob/master/README.md", f"{root}.git")
    assert len(resolved(entry(TITLE, repositories=urls)).repositories) == 1


def test_other_forges_tell_case_apart(resolved):
    """Only github.com is known not to."""
    urls = ("https://gitlab.com/Some/Code", "https://gitlab.com/some/code")
    assert len(resolved(entry(TITLE, repositories=urls)).repositories) == 2


def test_code_on_a_page_of_its_own_is_a_repository_too(resolved):
    """Its key is made of host and path."""
    urls = ("https://www.example.org/lab/code/",)
    (repository,) = resolved(entry(TITLE, repositories=urls)).repositories
    assert repository.key == "www-example-org-lab-code"


def test_techniques_come_from_the_section_with_their_entries(resolved):
    """The heading stands for the technique; the assignment says which entries stand below it."""
    collection = resolved(
        entry(TITLE, None, "fm-fl:1", headings=("Prompt Tuning",)),
        entry(TITLE, None, "zoo:1", headings=("Prompt Tuning",)),
        entry(TITLE, None, "zoo:2"),
    )
    by_section = [a for a in collection.papers[0].assignments if a.basis is Basis.SECTION]
    (assignment,) = by_section
    assert assignment.technique == "prompt-tuning"
    assert [key.partition("/")[0] for key in assignment.entries] == ["fm-fl", "zoo"]


def test_techniques_come_from_the_title_with_the_entries_that_give_it(resolved):
    """A list that names a work by its short name alone does not say what the title says."""
    collection = resolved(
        entry("SLoRA: Federated Parameter Efficient Fine-Tuning", None, "fm-fl:1"),
        entry("SLoRA", None, "zoo:1"),
    )
    (paper,) = collection.papers
    (assignment,) = paper.assignments
    assert (assignment.technique, assignment.basis) == (
        "parameter-efficient-fine-tuning",
        Basis.TITLE,
    )
    assert [key.partition("/")[0] for key in assignment.entries] == ["fm-fl"]


def test_a_technique_may_rest_on_both(resolved):
    """Then there are two assignments, and a query can choose."""
    title = "Black-Box Prompt Tuning for Everybody in the Federation"
    collection = resolved(entry(title, None, "fm-fl:1", headings=("Black-box Tuning",)))
    (paper,) = collection.papers
    bases = [a.basis for a in paper.assignments if a.technique == "black-box-tuning"]
    assert bases == [Basis.SECTION, Basis.TITLE]
    assert stated_at(collection, "fm-fl:1").techniques == ("black-box-tuning",)
