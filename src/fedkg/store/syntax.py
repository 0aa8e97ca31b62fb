"""What can be known of a SPARQL query without parsing it: its form, its dataset, why to refuse it.

One pass over the tokens of SPARQL 1.1 Query section 19.8, linear in the length of the text. The
engine's own parser has no tokens: it reads `service:x {…}` as `SERVICE :x {…}`, `ex:a~SERVICE` as
two things, and `1<2)SERVICE#>` as a comparison where the grammar sees an IRI. Where the two can
differ, this module refuses rather than guesses, so that what it passes never reaches a network.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MAX_NESTING = 200
"""Brackets and prefix operators inside each other; the engine's parser recurses on them."""

# No lookahead and nothing that gives back within a possessive group: before Python 3.11.5 that
# matches what it must not (https://github.com/python/cpython/issues/106052).
_TOKEN = re.compile(
    r"""
      (?P<space> [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<string>
          \"{3} (?: "{0,2}+ (?: [^"\\] | \\. ) )*+ \"{3}
        | '{3}  (?: '{0,2}+ (?: [^'\\] | \\. ) )*+ '{3}
        | (?!\"{3}) " (?: [^"\\\r\n] | \\. )*+ "
        | (?!'{3})  ' (?: [^'\\\r\n] | \\. )*+ ' )
    | (?P<iri> <[^<>"{}|^`\x00-\x20]*+> )
    | (?P<variable> [?$]\w++ )
    | (?P<word> (?: [^\s"'<>{}()\[\];,/|^*+?$!=&@~\#\\] | \\. )++ )
    | (?P<mark> << | >> | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_FULL_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_PLAIN_IRI = re.compile(r"<[^#'()!\\]*>")
_PREFIXED_NAME = re.compile(
    r"""
    (?P<prefix> (?: [^\W\d_] [\w.-]* )? ) :
    (?: (?: [\w:] | %[0-9A-Fa-f]{2} | \\. ) (?: [\w:.-] | %[0-9A-Fa-f]{2} | \\. )* )?
    """,
    re.VERBOSE,
)
_OPENING = frozenset({"(", "{", "[", "<<"})
_CLOSING = frozenset({")", "}", "]", ">>"})
_PREFIX_OPERATORS = frozenset("!+-^")
_NESTING = "({[<!+-^"
_PROLOGUE = frozenset({"base", "prefix", "version"})
_UPDATES = ("insert", "delete", "load", "clear", "drop", "add", "move", "copy", "create", "with")


class Form(StrEnum):
    """The four query forms, and the update operations taken together."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"
    UPDATE = "update"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is a graph, not rows or a boolean."""
        return self in {Form.CONSTRUCT, Form.DESCRIBE}


class Fault(StrEnum):
    """Why a query is refused before the engine sees it."""

    SERVICE = "service"
    UPDATE = "update"
    NESTING = "nesting"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fault and the sentence that says what the asker can do."""

    fault: Fault
    sentence: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What a query's tokens say: its form (None when it has none), whether it names a dataset."""

    form: Form | None = None
    names_dataset: bool = False
    refusal: Refusal | None = None


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def outline(query: str) -> Outline:
    """Return the outline of `query`; never raises, whatever the text."""
    if _is_plain(query) and (first := _form(_tokens(query))) is not Form.UPDATE:
        return Outline(first)
    tokens = list(_tokens(query))
    form = _form(tokens)
    refusal = _refusal(query, tokens, form)
    names_dataset = any(t.kind == "word" and t.text.lower().startswith("from") for t in tokens)
    return Outline(form, names_dataset, refusal)


def _is_plain(query: str) -> bool:
    """Whether no reading of the text, however disguised, finds a call, a dataset or deep nesting.

    So it is with nearly every look-up, and counting letters takes a tenth of the time of tokens.
    """
    if "'" in query or '"' in query or sum(map(query.count, _NESTING)) > MAX_NESTING:
        return False
    lower = query.lower()
    return "service" not in lower and "from" not in lower


def _tokens(query: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind != "space":
            yield _Token(kind, match.group(), match.start())


def _form(tokens: Iterable[_Token]) -> Form | None:
    for token in tokens:
        word = token.text.lower()
        if token.kind != "word" or ":" in word or word in _PROLOGUE:
            continue
        if word.startswith(_UPDATES):
            return Form.UPDATE
        return next((form for form in Form if word.startswith(form)), None)
    return None


def _refusal(query: str, tokens: list[_Token], form: Form | None) -> Refusal | None:
    if form is Form.UPDATE:
        sentence = "Only queries are answered here: updates, LOAD among them, are refused."
        return Refusal(Fault.UPDATE, sentence)
    token = _ambiguous(tokens)
    if token is not None:
        return _ambiguity(query, token)
    if _nests_too_deep(tokens):
        sentence = f"Brackets or operators are nested more than {MAX_NESTING} deep: simplify."
        return Refusal(Fault.NESTING, sentence)
    if _calls_service(tokens):
        sentence = (
            "SERVICE is refused: no other endpoint is asked from here; query that one itself."
        )
        return Refusal(Fault.SERVICE, sentence)
    return None


def _ambiguous(tokens: list[_Token]) -> _Token | None:
    """Return the first token that the engine may read otherwise than the grammar does."""
    brackets: list[str] = []
    previous = _Token("mark", "", 0)
    for token in tokens:
        if token.kind == "mark":
            if token.text in "\"'":
                return token
            if token.text in _OPENING:
                brackets.append(token.text)
            elif token.text in _CLOSING and brackets:
                brackets.pop()
        elif token.kind == "iri" and _may_be_comparison(token, previous, brackets):
            return token
        previous = token
    return None


def _may_be_comparison(token: _Token, previous: _Token, brackets: list[str]) -> bool:
    """Whether `<…>` may be two operators around something that hides words or brackets."""
    if _FULL_IRI.match(token.text) or _PLAIN_IRI.fullmatch(token.text):
        return False
    after_operand = previous.kind != "mark" or previous.text in {")", "<", "<<", "*", "?", "+"}
    return after_operand and (brackets[-1:] == ["("] or previous.text in {"<", "<<"})


def _ambiguity(query: str, token: _Token) -> Refusal:
    line = query.count("\n", 0, token.start) + 1
    column = token.start - query.rfind("\n", 0, token.start)
    if token.kind == "mark":
        sentence = f"The string that starts at line {line}, column {column} is not closed."
    else:
        sentence = (
            f"At line {line}, column {column}, {token.text} can be an IRI or a comparison: "
            "write the IRI in full, or put a space after <."
        )
    return Refusal(Fault.AMBIGUOUS, sentence)


def _nests_too_deep(tokens: list[_Token]) -> bool:
    depth = run = 0
    for token in tokens:
        is_operator = token.text in _PREFIX_OPERATORS
        run = run + 1 if is_operator else 0
        if token.text in _OPENING:
            depth += 1
        elif token.text in _CLOSING:
            depth -= 1
        if depth > MAX_NESTING or run > MAX_NESTING:
            return True
    return False


def _calls_service(tokens: list[_Token]) -> bool:
    """Whether any word may be the keyword; names such as `sd:Service` and `service:x` may not."""
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        if token.kind != "word" or "service" not in token.text.lower():
            continue
        name = _PREFIXED_NAME.fullmatch(token.text)
        if name is None:
            return True
        names_graph = i > 0 and tokens[i - 1].text.lower() == "graph"
        opens_group = i < last and tokens[i + 1].text == "{"
        if "service" in name["prefix"].lower() and opens_group and not names_graph:
            return True
    return False
