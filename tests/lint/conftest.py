"""What the tests of the linter share: the vocabulary, and a list to lint."""

import pytest

from fedkg import resources
from fedkg.lint import lint, repair
from fedkg.model import PaperList
from fedkg.resolve import Vocabulary

MINE = PaperList("mine", "Mine")


@pytest.fixture(scope="session")
def vocabulary():
    """The vocabulary that ships with fedkg."""
    techniques = resources.ontology_dir() / "techniques.ttl"
    return Vocabulary.load(resources.vocabulary_dir(), techniques)


@pytest.fixture(scope="session")
def linted(vocabulary):
    """Return `linted(text)`: what the linter says of a list."""

    def lint_text(text, others=(), file="mine.md"):
        content = text if isinstance(text, bytes) else text.encode()
        return lint(content, MINE, vocabulary, others, file=file)

    return lint_text


@pytest.fixture(scope="session")
def repaired(vocabulary):
    """Return `repaired(bytes)`: the list after repairs, and the changes."""
    return lambda content: repair(content, MINE, vocabulary)
