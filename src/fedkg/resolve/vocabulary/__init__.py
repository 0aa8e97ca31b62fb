"""The curated vocabularies: what the words of a list name.

`Vocabulary.load` reads the files in `data/vocabulary/` and the slugs of `ontology/techniques.ttl`
once; everything after that is a pure look-up in time linear in the words. Words that nothing here
knows give None: the resolver makes an entity of its own of them, and a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fedkg.resolve.vocabulary.datasets import Datasets, KnownDataset
from fedkg.resolve.vocabulary.models import KnownFamily, KnownModel, Models, Size
from fedkg.resolve.vocabulary.sections import KnownSection, Sections
from fedkg.resolve.vocabulary.techniques import Techniques
from fedkg.resolve.vocabulary.venues import KnownVenue, VenueMatch, Venues

__all__ = [
    "KnownDataset",
    "KnownFamily",
    "KnownModel",
    "KnownSection",
    "KnownVenue",
    "Size",
    "VenueMatch",
    "Vocabulary",
]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Datasets, models, venues, sections and techniques, as curated."""

    datasets: Datasets
    models: Models
    venues: Venues
    sections: Sections
    techniques: Techniques

    @classmethod
    def load(cls, folder: Path, techniques: Path) -> Self:
        """Read the four TOML files of `folder` and the technique scheme.

        Raises InputError with one sentence: file, entry, and what to do.
        """
        scheme = Techniques.load(techniques)
        return cls(
            Datasets.load(folder / "datasets.toml"),
            Models.load(folder / "models.toml"),
            Venues.load(folder / "venues.toml"),
            Sections.load(folder / "sections.toml", scheme.slugs),
            scheme,
        )

    def dataset(self, words: str) -> KnownDataset | None:
        """Return the dataset that the words name: "GSM-8K" gives GSM8K."""
        return self.datasets.find(words)

    def names_no_dataset(self, words: str) -> bool:
        """Tell whether the words are a task or topic ("Summarization") and make no entity."""
        return self.datasets.is_no_name(words)

    def model(self, words: str) -> KnownModel | Size | None:
        """Return the model that the words name, or the size when they state nothing else."""
        return self.models.find(words)

    def names_no_model(self, words: str) -> bool:
        """Tell whether the words name no single model ("GPTs") and make no entity."""
        return self.models.is_no_name(words)

    def family(self, name: str) -> KnownFamily | None:
        """Return the family that has this canonical name."""
        return next((one for one in self.models.families if one.name == name), None)

    def venue(self, words: str) -> VenueMatch | None:
        """Return the venue and year in the words: "EMNLP 2024 findings", "ICML23", "TKDE"."""
        return self.venues.find(words)

    def names_no_venue(self, words: str) -> bool:
        """Tell whether the words are no place of publication ("preprint") and make no entity."""
        return self.venues.is_no_name(words)

    def venue_of_link(self, url: str) -> VenueMatch | None:
        """Return the venue, and the year where it is stated, that a link proves."""
        return self.venues.of_link(url)

    def techniques_of(self, headings: Sequence[str]) -> tuple[str, ...]:
        """Return the slugs of the techniques that a heading path, outermost first, stands for."""
        return self.sections.techniques_of(headings)

    def techniques_in(self, title: str) -> tuple[str, ...]:
        """Return the slugs of the techniques that a title names plainly."""
        return self.techniques.named_in(title)

    def holds_no_papers(self, headings: Sequence[str]) -> bool:
        """Tell whether a heading path announces tools, posts or people rather than papers."""
        return self.sections.holds_no_papers(headings)
