"""Names of language models: a family, perhaps a version, a size and a variant.

"LLaMA 7B" and "Llama-7B" are one model, "Llama2-7B" another; "LLaMA-3B" is a LLaMA of three billion
parameters, for a number with a unit is a size and a bare one a version. Families and exceptions are
in `models.toml`; the grammar is here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Self

from anyascii import anyascii

from fedkg.resolve.vocabulary.tables import Row, index, name_key, read_file, rows

_UNITS = {"b": 10**9, "bn": 10**9, "billion": 10**9, "m": 10**6, "million": 10**6, "t": 10**12}
_LONGEST_FAMILY = 6  # tokens
_TOKEN = re.compile(
    r"(?P<size>(?:(?P<experts>\d{1,3})x)?(?P<number>\d{1,4}(?:\.\d{1,3})?)"
    r"(?:(?P<unit>bn?|m|t)|\s?(?P<word>[bm]illion))(?![a-z0-9]))"
    r"|(?P<active>(?<![a-z0-9])a\d{1,3}(?:\.\d)?b(?![a-z0-9]))"
    r"|v?(?P<version>\d+(?:\.\d+)*)"
    r"|(?P<letters>[a-z]+?(?=v\d)|[a-z]+)"
)


@dataclass(frozen=True, slots=True)
class Size:
    """Words that state only how large a model is: "3B, 7B models". Counts of parameters."""

    parameters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """A family of models; `broader` is the family it descends from."""

    name: str
    aliases: tuple[str, ...] = ()
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model: canonical name, family, number of parameters where known, other spellings."""

    name: str
    family: str
    parameters: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    parameters: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """The parts of a model's name; two spellings with the same parts are one model."""

    family: str
    versions: tuple[str, ...]
    size: str
    variants: tuple[str, ...]
    parameters: int | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a model's name is made of: family, versions, size, variants; other words are silent."""

    by_spelling: Mapping[str, KnownFamily]
    variants: Mapping[str, str]
    silent: frozenset[str]

    def identity(self, words: str) -> Identity | None:
        """Return what all spellings of one model share, or None when a word fits no place."""
        family, rest = self._family_and_rest(_tokens(words))
        rest = [token for token in rest if token.text not in self.silent]
        sizes = [token for token in rest if token.kind == "size"]
        variants = [token.text for token in rest if token.kind in {"letters", "active"}]
        strange = any(t.kind == "letters" and t.text not in self.variants for t in rest)
        if family is None or strange or len(sizes) > 1:
            return None
        return Identity(
            family.name,
            tuple(token.text for token in rest if token.kind == "version"),
            sizes[0].text if sizes else "",
            tuple(sorted(variants, key=self._place)),
            sizes[0].parameters if sizes else None,
        )

    def name(self, identity: Identity) -> str:
        """Compose the canonical name: "Llama-2-7B", "RoBERTa-large", "LLaMA"."""
        sizes = [identity.size] if identity.size else []
        variants = [self.variants.get(word, word) for word in identity.variants]
        tail = [*identity.versions, *sizes, *variants]
        return "-".join([identity.family.replace(" ", "-"), *tail]) if tail else identity.family

    def only_size(self, words: str) -> Size | None:
        """Return the sizes of words that state nothing else, or None."""
        tokens = [token for token in _tokens(words) if token.text not in self.silent]
        counts = tuple(token.parameters for token in tokens if token.parameters)
        return Size(counts) if counts and len(counts) == len(tokens) else None

    def _place(self, variant: str) -> tuple[int, str]:
        return (list(self.variants).index(variant) if variant in self.variants else -1, variant)

    def _family_and_rest(self, tokens: list[_Token]) -> tuple[KnownFamily | None, list[_Token]]:
        """Split off the longest run of tokens at the front that spells a family."""
        for end in range(min(len(tokens), _LONGEST_FAMILY), 0, -1):
            spelling = "".join(token.text for token in tokens[:end])
            if spelling in self.by_spelling:
                return self.by_spelling[spelling], tokens[end:]
        return None, tokens


@dataclass(frozen=True, slots=True)
class Models:
    """The families and models of the vocabulary, and the words that are no model's name."""

    families: tuple[KnownFamily, ...]
    entries: tuple[KnownModel, ...]
    grammar: Grammar
    by_key: Mapping[str, KnownModel]
    by_identity: Mapping[Identity, KnownModel]
    not_names: frozenset[str]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read `models.toml`. Raises InputError that says what to mend."""
        whole = read_file(file)
        whole.only("variants", "silent", "not_names", "family", "model")
        families = [(row, _family(row)) for row in rows(whole, "family")]
        models = [(row, _model(row)) for row in rows(whole, "model")]
        _check_references(families, models)
        grammar = Grammar(
            index(((row, one, (one.name, *one.aliases)) for row, one in families), _spelling),
            {word.lower(): word for word in whole.texts("variants")},
            frozenset(whole.texts("silent")),
        )
        return cls(
            tuple(one for _, one in families),
            tuple(one for _, one in models),
            grammar,
            index(((row, one, (one.name, *one.aliases)) for row, one in models), name_key),
            _by_identity(models, grammar),
            frozenset(map(name_key, whole.texts("not_names"))),
        )

    def find(self, words: str) -> KnownModel | Size | None:
        """Return the model that the words name, a Size when they state only that, or None."""
        known = self.by_key.get(name_key(words))
        if known:
            return known
        identity = self.grammar.identity(words)
        if identity is None:
            return self.grammar.only_size(words)
        composed = KnownModel(self.grammar.name(identity), identity.family, identity.parameters)
        return self.by_identity.get(identity, composed)

    def is_no_name(self, words: str) -> bool:
        """Tell whether the words name no single model ("GPTs", "LLMs"), or nothing at all."""
        key = name_key(words)
        return not key or key in self.not_names


def _by_identity(
    models: Iterable[tuple[Row, KnownModel]], grammar: Grammar
) -> dict[Identity, KnownModel]:
    found: dict[Identity, KnownModel] = {}
    for row, model in models:
        for spelling in (model.name, *model.aliases):
            identity = grammar.identity(spelling)
            other = found.setdefault(identity, model) if identity else model
            if other is not model:
                raise row.error(f"reads {spelling!r} like the model {other.name!r}: merge the two")
    return found


def _family(row: Row) -> KnownFamily:
    row.only("name", "aliases", "broader")
    return KnownFamily(row.text("name"), row.texts("aliases"), row.optional_text("broader"))


def _model(row: Row) -> KnownModel:
    row.only("name", "aliases", "family", "parameters")
    return KnownModel(row.text("name"), row.text("family"), _parameters(row), row.texts("aliases"))


def _parameters(row: Row) -> int | None:
    """Return the count that the row states, else the one that its name states."""
    stated = row.count("parameters")
    if stated:
        return stated
    counts = [token.parameters for token in _tokens(row.text("name")) if token.parameters]
    return counts[0] if len(counts) == 1 else None


def _check_references(
    families: Iterable[tuple[Row, KnownFamily]], models: Iterable[tuple[Row, KnownModel]]
) -> None:
    names = {family.name for _, family in families}
    wanted = [(row, family.broader) for row, family in families if family.broader]
    wanted += [(row, model.family) for row, model in models]
    for row, name in wanted:
        if name not in names:
            raise row.error(f"names the family {name!r}, which is not there: add or correct it")


def _spelling(words: str) -> str:
    return "".join(token.text for token in _tokens(words))


def _tokens(words: str) -> list[_Token]:
    return [_token(match) for match in _TOKEN.finditer(anyascii(words).lower())]


def _token(match: re.Match[str]) -> _Token:
    kind = match.lastgroup or ""
    if match["size"]:
        return _size(match)
    if match["active"]:
        return _Token("active", match["active"].upper())
    return _Token(kind, match[kind])


def _size(match: re.Match[str]) -> _Token:
    """A mixture "8x7B" keeps its spelling: its experts share layers, so no product is its count."""
    number, unit = match["number"], match["unit"] or match["word"]
    if match["experts"]:
        return _Token("size", f"{match['experts']}x{number}{unit[0].upper()}")
    count = int(Decimal(number) * _UNITS[unit])
    return _Token("size", _readable(count), count) if count else _Token("version", number)


def _readable(count: int) -> str:
    for unit, sign in ((10**9, "B"), (10**6, "M")):
        if count >= unit:
            return f"{(Decimal(count) / unit).normalize():f}{sign}"
    return f"{count}"
