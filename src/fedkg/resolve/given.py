"""What resolving is given beside lists: facts from elsewhere, and what curators decided."""

from dataclasses import dataclass, field

from fedkg.model import Failure, Record, Reference, ReferenceList
from fedkg.resolve.curation import CuratedDecision
from fedkg.resolve.services import Served


@dataclass(frozen=True, slots=True)
class Facts:
    """What sources other than lists say, and what curators decided.

    `served` is what services say: it is matched by identifiers alone.
    """

    records: tuple[Record, ...] = ()
    references: tuple[Reference, ...] = ()
    reference_lists: tuple[ReferenceList, ...] = ()
    curation: tuple[CuratedDecision, ...] = ()
    failures: tuple[Failure, ...] = ()
    served: Served = field(default_factory=Served)

    @property
    def sources(self) -> frozenset[str]:
        """The slugs of the sources."""
        references = {reference.source for reference in self.references}
        records = frozenset(record.source for record in self.records)
        return records | references | self.served.sources


NO_FACTS = Facts()
