"""Commands of QuickStatements, version 1: lines of fields between tabs.

(https://www.wikidata.org/wiki/Help:QuickStatements, "Command sequence syntax".) A string stands in
quotation marks and is read up to the last one of its field: those within it stand as they are, and
there is no way to escape a tab or the end of a line, so values must have neither (`model`).
"""

from collections.abc import Iterator

from fedkg.export.wikidata.model import Entity, Item, Monolingual, Statement, String, Time, Value

CREATE = "CREATE"
LAST = "LAST"


def commands(entity: Entity) -> Iterator[str]:
    """Yield the lines that add to an item, or create it first, without their ends."""
    item = entity.qid or LAST
    if entity.is_new:
        yield CREATE
    if entity.label:
        yield "\t".join((item, "Len", field(String(entity.label))))
    if entity.description:
        yield "\t".join((item, "Den", field(String(entity.description))))
    for statement in entity.statements:
        yield "\t".join((item, *_fields(statement)))


def field(value: Value) -> str:
    """Return a value as a field."""
    match value:
        case Item(qid):
            return qid
        case String(text):
            return f'"{text}"'
        case Monolingual(language, text):
            return f'{language}:"{text}"'
        case Time():
            return f"{value.instant}/{value.precision}"


def _fields(statement: Statement) -> Iterator[str]:
    # Without the mark, the same value again would only give its first statement one more qualifier.
    yield f"!{statement.property}" if statement.is_distinct else statement.property
    yield field(statement.value)
    for pair in statement.qualifiers:
        yield from (pair.property, field(pair.value))
    for pair in statement.reference:
        yield from (f"S{pair.property[1:]}", field(pair.value))
