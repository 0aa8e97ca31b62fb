"""What the graph says of one thing: its symmetric concise description, and where its IRI leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from fedkg.model import Store, Term
from fedkg.model.describing import LABELS, description_query
from fedkg.namespaces import DCTERMS, FKG, RDFS, SCHEMA
from fedkg.web.pages.addresses import Addresses

SHOWN = 200
"""How many of the triples that point to a thing a page shows."""

_CALLED = (
    *(f"{FKG}titleAsListed", f"{FKG}nameAsListed", f"{FKG}findingKind"),
    f"{SCHEMA}codeRepository",
)
"""What a page calls things without a label: entries, authorships, findings, repositories."""
_REPLACED = f"{DCTERMS}isReplacedBy"
_MAY_MEAN = f"{RDFS}seeAlso"
_LABEL = "|".join(f"<{label}>" for label in LABELS)
_SAID = "SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }}"
_POINTING = """\
SELECT ?s ?p (SAMPLE(?named) AS ?label) WHERE {{
  {{ SELECT ?s ?p WHERE {{ ?s ?p <{iri}> }} LIMIT {most} }}
  OPTIONAL {{ ?s {label} ?named }}
}} GROUP BY ?s ?p ORDER BY ?p ?label ?s"""
_NAMES = """\
SELECT ?o (SAMPLE(?named) AS ?label) WHERE {{ <{iri}> ?p ?o . ?o {label} ?named }} GROUP BY ?o"""
_NUMBER = """\
SELECT (COUNT(*) AS ?n) WHERE {{ SELECT ?s ?p WHERE {{ ?s ?p <{iri}> }} LIMIT {most} }}"""
_COUNTED = 10_000
"""As many of what points to a thing are counted: beyond that, it is "10,000 or more"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple of a thing: the property, the other end, and a label of that where it has one."""

    property: str
    term: Term
    label: str | None


@dataclass(frozen=True, slots=True)
class Thing:
    """What is known of a thing: what it says, and what points to it.

    `pointed_at` is how many these are in all, counted up to 10,000.
    """

    iri: str
    label: str | None
    says: Sequence[Statement]
    pointing: Sequence[Statement]
    pointed_at: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an IRI leads: it is a thing itself, or what replaced it, or what it may mean."""

    is_thing: bool = False
    now: str | None = None
    may_mean: tuple[str, ...] = ()


class Describer:
    """Looks up things of a store, which are where `addresses` say."""

    def __init__(self, store: Store, addresses: Addresses) -> None:
        self._store = store
        self.addresses = addresses

    def lead_of(self, path: str) -> Lead:
        """Return where a path (`paper/arxiv-2312.06353`) leads."""
        iri = self.addresses.iri(path)
        return Lead() if iri is None else self.lead(iri)

    def lead(self, iri: str) -> Lead:
        """Return where an IRI leads; an empty lead for one that is not known."""
        rows = self._store.select(_SAID.format(iri=iri)).rows
        said = [(p.value, o.value) for p, o in rows if p is not None and o is not None]
        if any(p not in {_REPLACED, _MAY_MEAN} for p, _ in said):
            return Lead(is_thing=True)
        now = next((o for p, o in said if p == _REPLACED), None)
        return Lead(now=now, may_mean=tuple(sorted(o for p, o in said if p == _MAY_MEAN)))

    def description(self, iri: str, media_type: str) -> bytes:
        """Return the description of a thing as RDF in a media type of the engine."""
        return self._store.answer(description_query(iri), media_type)

    def thing(self, iri: str) -> Thing:
        """Return what a page shows of a thing."""
        names = {
            o.value: name.value
            for o, name in self._store.select(_NAMES.format(iri=iri, label=_LABEL)).rows
            if o is not None and name is not None
        }
        says = [
            Statement(p.value, o, names.get(o.value) if o.kind == "iri" else None)
            for p, o in self._store.select(_SAID.format(iri=iri)).rows
            if p is not None and o is not None
        ]
        asked = _POINTING.format(iri=iri, most=SHOWN, label=_LABEL)
        pointing = [
            Statement(p.value, s, None if name is None else name.value)
            for s, p, name in self._store.select(asked).rows
            if s is not None and p is not None
        ]
        ((number,),) = self._store.select(_NUMBER.format(iri=iri, most=_COUNTED)).rows
        own = {one.property: one.term.value for one in says}
        return Thing(
            iri,
            next((own[label] for label in (*LABELS, *_CALLED) if label in own), None),
            sorted(says, key=lambda one: (one.property, one.label or one.term.value)),
            pointing,
            0 if number is None else int(number.value),
        )
