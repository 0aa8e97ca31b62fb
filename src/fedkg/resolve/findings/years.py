"""Years that an arXiv id contradicts: it holds the month in which a preprint was submitted.

Source: info.arxiv.org/help/arxiv_identifier (ids of the form YYMM.number since April 2007).
"""

from collections.abc import Iterator
from datetime import date

from fedkg.ids import arxiv_month
from fedkg.model import Finding, Stated
from fedkg.resolve.findings.context import Context, finding
from fedkg.resolve.places import ARXIV_PLACE

_LATE_MONTHS = 6
"""How long after the year of a publication its preprint may be posted without being suspicious."""


def year_findings(context: Context) -> Iterator[Finding]:
    """Yield preprints of another year than their id's, and publications long before their id."""
    for stated in context.described:
        numbers = [i.value for i in context.accepted(stated) if i.scheme == "arxiv"]
        month = arxiv_month(numbers[0]) if len(numbers) == 1 else None
        if month is not None:
            yield from _against_id(stated, context, numbers[0], date(*month, 1))


def _against_id(
    stated: Stated, context: Context, number: str, submitted: date
) -> Iterator[Finding]:
    entry = stated.entry
    published = context.stating(stated).published
    when = f"arXiv:{number} is of {submitted:%B %Y}"
    if published is None:
        if entry.date and entry.date.year != submitted.year and _says_arxiv(stated, context):
            sentence = (
                f"“{entry.title}” is listed as a preprint of {entry.date.year}, but {when}: "
                f"write {submitted.year}."
            )
            yield finding("year-contradicts-id", sentence, stated)
    elif published.year and not published.year_is_proven and _is_late(published.year, submitted):
        sentence = (
            f"“{entry.title}” is listed under {published.venue} {published.year}, but {when}: "
            "correct the year or the link."
        )
        yield finding("year-contradicts-id", sentence, stated)


def _says_arxiv(stated: Stated, context: Context) -> bool:
    """Whether the words of an entry call it a preprint, so that its year must be the preprint's."""
    words = context.stating(stated).words
    return words is not None and words.venue == ARXIV_PLACE.venue


def _is_late(year: int, submitted: date) -> bool:
    return (submitted.year - year - 1) * 12 + submitted.month > _LATE_MONTHS
