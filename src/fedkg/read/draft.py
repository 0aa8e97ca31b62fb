"""A work and the fields beside it, as a form found them → an entry."""

from dataclasses import dataclass, replace

from fedkg.ids import Identifier, identifiers_of, repository_of, url_within, web_url
from fedkg.model import Entry, Failure, Heading, Link, PartialDate, TemplateRow, Words
from fedkg.read.dates import parse_date, take_apart
from fedkg.read.line import Work, clean_title
from fedkg.read.mend import is_damaged, mend
from fedkg.read.names import split_authors, split_datasets, split_models
from fedkg.read.places import venue_in_title, words_in_tail
from fedkg.read.roles import Role, role_of

Outcome = Entry | Failure | TemplateRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A work with the fields that a form read around it, all as they stand."""

    work: Work
    venue: str | None = None
    date: str | None = None
    authors: str | None = None
    datasets: str | None = None
    models: str | None = None
    code: str | None = None
    others: tuple[Link, ...] = ()
    claims_paper: bool = False


def draft_of(work: Work) -> Draft:
    """Return a draft with the venue, date, authors and code that stand in the work's own line."""
    dated = work.dated
    return Draft(
        work,
        venue=dated.rest if dated else None,
        date=dated.date_words if dated else None,
        authors=work.authors,
        code=work.code,
        claims_paper=work.has_paper_link or work.is_reference,
    )


def finish(list_slug: str, headings: tuple[Heading, ...], draft: Draft) -> Outcome:
    """Return the entry of a draft; a template row or a failure where it says nothing readable."""
    work = draft.work
    if not any(char.isalnum() for char in work.title):
        if not work.link:
            return TemplateRow(list_slug, work.line, f"[{work.title}]({work.link or ''})")
        reason = "a link without a title; write the title between the square brackets"
        return Failure(list_slug, work.line, f"[{work.title}]({work.link})", reason)
    listed = _words(draft)
    title, in_title = venue_in_title(clean_title(mend(work.title)))
    if in_title and not listed.venue:
        listed = replace(listed, venue=words_in_tail(work.title) or in_title.rest)
    return Entry(
        list=list_slug,
        line=work.line,
        headings=headings,
        listed=listed,
        title=title,
        link=_web(listed.link),
        identifiers=_identifiers(listed),
        venue=_venue(listed),
        date=_date(listed),
        authors=split_authors(listed.authors or ""),
        datasets=split_datasets(listed.datasets or ""),
        models=split_models(listed.models or ""),
        repositories=_repositories(listed),
        claims_paper=draft.claims_paper or bool(listed.authors or listed.datasets or listed.venue),
        repaired=any(is_damaged(text) for text in _texts(listed)),
    )


def _words(draft: Draft) -> Words:
    work = draft.work
    code = draft.code or work.code
    others = tuple(
        dict.fromkeys(
            link
            for link in work.others + draft.others
            if link.url and link.url not in {work.link, code}
        )
    )
    return Words(
        title=work.title,
        link=work.link,
        other_links=others,
        venue=draft.venue or None,
        date=draft.date or None,
        authors=draft.authors or None,
        datasets=draft.datasets or None,
        models=draft.models or None,
        code=code or None,
    )


def _texts(listed: Words) -> list[str]:
    fields = (listed.title, listed.venue, listed.date, listed.authors, listed.datasets)
    links = [link.text for link in listed.other_links]
    return [text for text in (*fields, listed.models, *links) if text]


def _web(link: str | None) -> str | None:
    return (web_url(link) or url_within(link)) if link else None


def _identifiers(listed: Words) -> tuple[Identifier, ...]:
    links = [listed.link, *(o.url for o in listed.other_links if role_of(o.text) is not Role.CODE)]
    found = (identifiers_of(url) for url in map(_web, links) if url)
    return tuple(dict.fromkeys(identifier for group in found for identifier in group))


def _venue(listed: Words) -> str | None:
    return take_apart(mend(listed.venue)).bare if listed.venue else None


def _date(listed: Words) -> PartialDate | None:
    stated = parse_date(mend(listed.date)) if listed.date else None
    return stated or (parse_date(mend(listed.venue)) if listed.venue else None)


def _repositories(listed: Words) -> tuple[str, ...]:
    links = [listed.code] if listed.code else []
    links += [other.url for other in listed.other_links if repository_of(other.url)]
    urls = (_web(link) for link in links)
    return tuple(dict.fromkeys(url for url in urls if url))
