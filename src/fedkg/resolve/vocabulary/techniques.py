"""The technique scheme: its slugs, and the phrases by which titles name its concepts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rdflib import Graph

from fedkg.errors import InputError
from fedkg.ids import fold
from fedkg.namespaces import FKG, RDF, SKOS

_ALPHANUMERIC = re.compile(r"[^\W_]+")
_LABELS = {f"{SKOS}prefLabel", f"{SKOS}altLabel"}
_PHRASE_WORDS_AT_MOST = 6
_ACRONYM_LETTERS_AT_MOST = 3

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Techniques:
    """The concepts of the scheme (slugs), and the concept that a phrase of folded words names."""

    slugs: frozenset[str]
    phrases: Mapping[Phrase, str]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read the Turtle of the scheme; raises InputError."""
        graph = _read(file)
        slugs = frozenset(
            _slug(subject)
            for subject, predicate, value in graph
            if str(predicate) == f"{RDF}type" and str(value) == f"{FKG}Technique"
        )
        phrases: dict[Phrase, str] = {}
        for subject, predicate, value in sorted(graph):
            phrase = _words(str(value))
            if str(predicate) in _LABELS and _slug(subject) in slugs and _is_plain(str(value)):
                phrases.setdefault(phrase, _slug(subject))
        return cls(slugs, phrases)

    def named_in(self, title: str) -> tuple[str, ...]:
        """Return the techniques that a title names plainly, sorted: "LoRA", "prompt tuning".

        The longest phrase at a place counts: "split federated learning" before "learning". An
        acronym counts where it is written as one: "HE" is not "He".
        """
        written = _written(title)
        words = tuple(map(fold, written))
        found: set[str] = set()
        at = 0
        while at < len(words):
            lengths = range(min(_PHRASE_WORDS_AT_MOST, len(words) - at), 0, -1)
            known = (n for n in lengths if words[at : at + n] in self.phrases)
            length = next((n for n in known if n > 1 or _is_telling(written[at])), 0)
            if length:
                found.add(self.phrases[words[at : at + length]])
            at += max(length, 1)
        return tuple(sorted(found))


def _read(file: Path) -> Graph:
    try:
        turtle = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}): restore the file.") from error
    try:
        return Graph().parse(data=turtle, format="turtle")
    except SyntaxError as error:  # rdflib's BadSyntax
        place = str(error).partition("\n")[0].partition(" of ")[0]
        raise InputError(f"{file}: is not valid Turtle {place}: mend that line.") from error
    except IndexError as error:  # rdflib's parser reads past the end of a statement cut short
        raise InputError(f"{file}: its last Turtle statement is cut short: end it.") from error


def _slug(subject: object) -> str:
    return str(subject).rsplit("/", 1)[-1]


def _words(text: str) -> Phrase:
    return tuple(map(fold, _written(text)))


def _written(text: str) -> tuple[str, ...]:
    return tuple(word for word in _ALPHANUMERIC.findall(text) if fold(word))


def _is_telling(word: str) -> bool:
    """Whether a word alone may name a technique: long enough, or written as an acronym."""
    return len(word) > _ACRONYM_LETTERS_AT_MOST or any(char.isupper() for char in word[1:])


def _is_plain(label: str) -> bool:
    """Whether a label says so plainly: two words, or a coined one; "Robustness" alone does not."""
    coined = any(char.isupper() for char in label[1:]) or any(char.isdigit() for char in label)
    return coined or len(_words(label)) > 1
