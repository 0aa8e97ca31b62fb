"""The properties of a paper that sources state, and the names by which a person may call them."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from fedkg.errors import UnknownNameError
from fedkg.namespaces import compact

IDENTIFIERS = {
    "fabio:hasArXivId": "arxiv",
    "prism:doi": "doi",
    "fkg:aclAnthologyId": "acl",
    "fkg:openReviewId": "openreview",
    "fkg:ieeeDocumentId": "ieee",
}
"""The scheme of each property that holds an identifier."""

CITES = "cito:cites"

LINKS = ("linkAsListed", "otherLink")


@dataclass(frozen=True, slots=True)
class Explained:
    """A property of papers, and where what lists say of it stands.

    `noun` is what a sentence calls it, `states` the property of an entry that holds the normalised
    value, `words` are those that may hold the words of it, `called` more plain names. A paper has
    one value of a `single` property, so entries that state another are worth showing. A `placed`
    one may follow from the link of an entry alone.
    """

    name: str
    noun: str
    states: str
    words: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    single: bool = False
    placed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called."""
        return (self.name, self.name.split(":", 1)[1], self.noun, *self.called)


_CALLED = {
    "arxiv": "arXiv number",
    "doi": "DOI",
    "acl": "ACL Anthology number",
    "openreview": "OpenReview number",
    "ieee": "IEEE document number",
}
_DATE = ("dateAsListed", "venueAsListed", *LINKS)

EXPLAINED = (
    Explained("dcterms:title", "title", "statesTitle", ("titleAsListed",)),
    Explained(
        *("dcterms:alternative", "other title", "statesTitle", ("titleAsListed",)),
        called=("alias", "aliases"),
    ),
    Explained("dcterms:creator", "author", "statesAuthor", ("authorsAsListed",), ("authors",)),
    Explained("fkg:usesDataset", "dataset", "statesDataset", ("datasetsAsListed",), ("datasets",)),
    Explained("fkg:usesModel", "model", "statesModel", ("modelsAsListed",), ("models",)),
    Explained("fkg:technique", "technique", "statesTechnique", ("titleAsListed",), ("techniques",)),
    Explained("fkg:repository", "code", "statesRepository", ("codeAsListed", "otherLink")),
    Explained(
        *("fkg:venue", "venue", "statesVenue", ("venueAsListed", *LINKS), ("venues",)),
        single=True,
        placed=True,
    ),
    Explained(
        *("fkg:publishedIn", "edition", "statesEdition", _DATE, ("editions",)),
        single=True,
        placed=True,
    ),
    Explained("fkg:year", "year", "statesYear", _DATE, ("years",), single=True, placed=True),
    Explained("dcterms:issued", "date", "statesDate", _DATE, single=True, placed=True),
    Explained("fkg:firstIssued", "first date", "statesDate", _DATE, ("first",), placed=True),
    Explained(CITES, "cited paper", "", called=("citation", "citations")),
    *(
        Explained(name, _CALLED[scheme], "statesIdentifier", LINKS, (scheme,))
        for name, scheme in IDENTIFIERS.items()
    ),
)
"""What `fedkg why` can answer."""

NOUNS = {one.name: one.noun for one in EXPLAINED}
"""What a sentence calls each of them."""


def property_named(name: str, stated: Collection[str]) -> Explained:
    """Return the property that a name calls, out of those (prefixed names) that a paper has.

    Raises UnknownNameError with the nearest name, or with what the paper has instead.
    """
    wanted = compact(name.strip()).casefold()
    by_name = {called.casefold(): one for one in EXPLAINED for called in one.names}
    found = by_name.get(wanted)
    if found and found.name in stated:
        return found
    there_is = f"stated are {', '.join(one.name for one in EXPLAINED if one.name in stated)}"
    if found:
        raise UnknownNameError(f"Nothing states {found.name} of that paper: {there_is}.")
    for other in stated:
        if wanted in {other.casefold(), other.split(":", 1)[-1].casefold()}:
            raise UnknownNameError(
                f"{other} is not stated anywhere but follows from other statements: {there_is}."
            )
    near = get_close_matches(wanted, by_name, n=1, cutoff=0.7)
    hint = f"do you mean {by_name[near[0]].name}?" if near else f"{there_is}."
    raise UnknownNameError(f"There is no property {name!r}: {hint}")
