"""What a person rejected: words of an entry that its work does not get."""

from collections.abc import Iterator

from fedkg.model import Finding
from fedkg.resolve.findings.context import Context, finding

_LINK = "link"


def curated_findings(context: Context) -> Iterator[Finding]:
    """Yield every rejection of curation, with its reason."""
    by_key = {stated.key: stated for stated in (*context.described, *context.silent)}
    for one in context.rejected:
        stated = by_key.get(one.entry)
        if stated is None:
            continue
        kind = "link-title-mismatch" if one.field == _LINK else "wrong-fields"
        what = "the link leads to" if one.field == _LINK else f"“{one.words}” ({one.field}) is of"
        sentence = f"“{stated.entry.title}”: {what} another work. {one.reason}"
        yield finding(kind, sentence if sentence.endswith(".") else f"{sentence}.", stated)
