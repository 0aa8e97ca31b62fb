"""The datasets of the field: `datasets.toml` as a table of names."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fedkg.resolve.vocabulary.tables import Row, dataset_key, index, read_file, rows


@dataclass(frozen=True, slots=True)
class KnownDataset:
    """A dataset of the vocabulary: its official spelling, and other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Read a `[[dataset]]`."""
        row.only("name", "aliases")
        return cls(row.text("name"), row.texts("aliases"))


@dataclass(frozen=True, slots=True)
class Datasets:
    """All known datasets, and the words that lists put where a dataset should stand."""

    entries: tuple[KnownDataset, ...]
    by_key: dict[str, KnownDataset]
    not_names: frozenset[str]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read `datasets.toml`. Raises InputError that says what to mend."""
        whole = read_file(file)
        whole.only("not_names", "dataset")
        pairs = [(row, KnownDataset.from_row(row)) for row in rows(whole, "dataset")]
        by_key = index(((row, one, (one.name, *one.aliases)) for row, one in pairs), dataset_key)
        not_names = frozenset(map(dataset_key, whole.texts("not_names")))
        return cls(tuple(one for _, one in pairs), by_key, not_names)

    def find(self, words: str) -> KnownDataset | None:
        """Return the dataset that the words name, or None."""
        return self.by_key.get(dataset_key(words))

    def is_no_name(self, words: str) -> bool:
        """Tell whether the words name a task or a topic ("Summarization"), or nothing at all."""
        key = dataset_key(words)
        return not key or key in self.not_names
