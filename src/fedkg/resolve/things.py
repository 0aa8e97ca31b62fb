"""Datasets, models and repositories: the names and links that entries state → things."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from fedkg.ids import fold, repository_of
from fedkg.model import Entry, Model, ModelFamily, Named, Repository
from fedkg.resolve.keys import Leads, canonical, grouped, keyed, merged
from fedkg.resolve.permanence import former_names, spellings_of
from fedkg.resolve.vocabulary import KnownModel, Size, Vocabulary

_Thing = TypeVar("_Thing", bound=Named)


@dataclass(frozen=True, slots=True)
class Things:
    """What entries use, and how to find the key of a name or link as an entry states it."""

    datasets: tuple[Named, ...]
    models: tuple[Model, ...]
    families: tuple[ModelFamily, ...]
    repositories: tuple[Repository, ...]
    dataset_keys: Mapping[str, str]
    model_keys: Mapping[str, str]
    repository_keys: Mapping[str, str]
    unknown_datasets: frozenset[str]
    unknown_models: frozenset[str]

    @property
    def former(self) -> Leads:
        """The paths that things would have by another spelling or without others beside them."""
        places = ((one.key, map(_repository_place, one.urls)) for one in self.repositories)
        named = (("dataset", self.datasets), ("model", self.models), ("family", self.families))
        return merged(
            former_names("repository", places),
            *(former_names(kind, spellings_of(things)) for kind, things in named),
        )


def things_of(entries: Sequence[Entry], vocabulary: Vocabulary) -> Things:
    """Return the things that entries state. An unknown name becomes a thing of its own."""
    datasets, dataset_keys, unknown_datasets = _datasets(entries, vocabulary)
    models, families, model_keys, unknown_models = _models(entries, vocabulary)
    repositories, repository_keys = _repositories(entries)
    return Things(
        datasets,
        models,
        families,
        repositories,
        dataset_keys,
        model_keys,
        repository_keys,
        unknown_datasets,
        unknown_models,
    )


def _datasets(
    entries: Sequence[Entry], vocabulary: Vocabulary
) -> tuple[tuple[Named, ...], dict[str, str], frozenset[str]]:
    stated = _stated(entry.datasets for entry in entries)
    known = {words: vocabulary.dataset(words) for words in stated}
    strangers = [
        words for words in stated if known[words] is None and not vocabulary.names_no_dataset(words)
    ]
    names = {words: found.name for words, found in known.items() if found}
    own, others = _own_names(strangers)
    names |= own
    aliases = {found.name: found.aliases for found in known.values() if found} | others
    keys = keyed(names.values())
    datasets = tuple(Named(keys[name], name, aliases.get(name, ())) for name in set(names.values()))
    by_words = {words: keys[name] for words, name in names.items()}
    return _by_key(datasets), by_words, frozenset(strangers)


def _models(
    entries: Sequence[Entry], vocabulary: Vocabulary
) -> tuple[tuple[Model, ...], tuple[ModelFamily, ...], dict[str, str], frozenset[str]]:
    stated = _stated(entry.models for entry in entries)
    found = {words: vocabulary.model(words) for words in stated}
    known = {words: model for words, model in found.items() if isinstance(model, KnownModel)}
    strangers = [
        words
        for words, model in found.items()
        if model is None and not isinstance(model, Size) and not vocabulary.names_no_model(words)
    ]
    names = {words: model.name for words, model in known.items()}
    own, others = _own_names(strangers)
    names |= own
    keys = keyed(names.values())
    families = _families({model.family for model in known.values()}, vocabulary)
    family_keys = {family.name: family.key for family in families}
    facts = {model.name: model for model in known.values()}
    models = tuple(_model(name, keys, facts, family_keys, others) for name in set(names.values()))
    by_words = {words: keys[name] for words, name in names.items()}
    return _by_key(models), families, by_words, frozenset(strangers)


def _model(
    name: str,
    keys: Mapping[str, str],
    facts: Mapping[str, KnownModel],
    families: Mapping[str, str],
    others: Mapping[str, tuple[str, ...]],
) -> Model:
    known = facts.get(name)
    if known is None:
        return Model(keys[name], name, others.get(name, ()))
    return Model(keys[name], name, known.aliases, families.get(known.family), known.parameters)


def _families(names: set[str], vocabulary: Vocabulary) -> tuple[ModelFamily, ...]:
    """Return the families of these names, and those they descend from."""
    wanted = set(names)
    waiting = list(names)
    while waiting:
        family = vocabulary.family(waiting.pop())
        if family and family.broader and family.broader not in wanted:
            wanted.add(family.broader)
            waiting.append(family.broader)
    keys = keyed(wanted)
    found = []
    for name in wanted:
        family = vocabulary.family(name)
        broader = keys[family.broader] if family and family.broader else None
        found.append(ModelFamily(keys[name], name, family.aliases if family else (), broader))
    return _by_key(tuple(found))


def _repositories(entries: Sequence[Entry]) -> tuple[tuple[Repository, ...], dict[str, str]]:
    by_place = grouped(
        (_repository_place(url), url) for entry in entries for url in entry.repositories
    )
    keys = keyed(by_place)
    repositories = tuple(
        Repository(keys[place], tuple(sorted(set(urls)))) for place, urls in by_place.items()
    )
    by_url = {url: keys[place] for place, urls in by_place.items() for url in urls}
    return tuple(sorted(repositories, key=lambda repository: repository.key)), by_url


def _repository_place(url: str) -> str:
    """Return host, owner and name of a repository; host and path of any other code link."""
    found = repository_of(url)
    if found:
        return " ".join(found)
    parts = urlsplit(url)
    return f"{parts.hostname} {parts.path.strip('/')}"


def _own_names(
    strangers: Iterable[str],
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return a name for each unknown spelling, and the other spellings of each name."""
    spellings = grouped((fold(words) or words, words) for words in strangers)
    chosen = canonical(spellings)
    names = {words: chosen[fold(words) or words][0] for words in strangers}
    return names, dict(chosen.values())


def _stated(fields: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the names stated, each once, sorted."""
    return sorted({words for field in fields for words in field})


def _by_key(things: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
    return tuple(sorted(things, key=lambda thing: thing.key))
