"""Tests for what is known of a query before the engine sees it."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedkg.store.syntax import MAX_NESTING, Fault, Form, outline

PREFIXES = (
    "PREFIX ex: <urn:x:> PREFIX : <urn:x:> PREFIX http: <urn:x:> "
    "PREFIX service: <urn:x:> PREFIX serviceex: <urn:x:> "
)
PIECES = (
    *(
        "SERVICE",
        "service",
        "SILENT",
        "FILTER(",
        "BIND(1<",
        "BIND(?o<",
        "AS ?v)",
        "GRAPH",
        "VALUES",
    ),
    *("{", "}", "(", ")", "[", "]", "<", ">", "<<", ">>", "#", "\n", " ", ".", ";", ",", "~", "!"),
    *("'", '"', "'''", '"""', "\\", "\\'", "\\u0053", "ex:", "ex:a", ":x", "service:x", "http:b"),
    *("?s", "?p", "?o", "?a ?b ?c", "{?x ?y ?z}", "<urn:x:y>", "<urn:x#y>", "<#x>"),
    *("1", "=1", "true", "a", "@en", "^^", "|", "/", "*", "OPTIONAL", "UNION", "MINUS", "_:b"),
)

CALLS = [
    "SERVICE ex:x {?a ?b ?c}",
    "service silent ex:x {?a ?b ?c}",
    "{ SELECT * { SeRvIcE ?x {?a ?b ?c} } }",
    "?s ?p ?o.SERVICE<urn:x:y>{?a ?b ?c}",
    "?s ?p trueSERVICE ex:x {?a ?b ?c}",
    "?s ?p ''SERVICE ex:x {?a ?b ?c}",
    "?s ?p 1SERVICE ex:x {?a ?b ?c}",
    "?s ?p ex:.SERVICE ex:x {?a ?b ?c}",
    "?s ?p ex:a~SERVICE ex:x {?a ?b ?c}",
    "SERVICEex:x {?a ?b ?c}",
    "serviceex:x {?a ?b ?c}",
    "service:x {?a ?b ?c}",
    "service:x # not yet\n {?a ?b ?c}",
    "SERVICE#{\n ex:x {?a ?b ?c}",
]
DISGUISED = [
    "?s ?p ?o FILTER(1<2)SERVICE#>\nex:x {?a ?b ?c}",
    "?s ?p ?o FILTER(1<'x>' )SERVICE ex:x {?a ?b ?c} #'\n",
    "?s ?p ?o FILTER(1<http:b)SERVICE#>\nex:x {?a ?b ?c}",
    '?s ?p """a" SERVICE ex:x {?a ?b ?c}',
]


def asks_another_endpoint(query: str) -> bool:
    """Let the engine itself say so: it tries, and has no way to ask a `urn:`."""
    store = ox.Store()
    node = ox.NamedNode("http://a/s")
    store.add(ox.Quad(node, node, node))
    try:
        result = store.query(query)
        if not isinstance(result, ox.QueryBoolean):
            list(result)
    except OSError:
        return True
    except (SyntaxError, ValueError, RuntimeError):
        pass
    return False


@pytest.mark.parametrize("pattern", CALLS)
def test_service_is_refused_however_it_is_written(pattern: str) -> None:
    """The engine would read each of these as a call of another endpoint."""
    refusal = outline(f"{PREFIXES} SELECT * {{ {pattern} }}").refusal
    assert refusal is not None
    assert refusal.fault is Fault.SERVICE


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p 'SERVICE <x> {}'",
        '?s ?p """a "" SERVICE""b"""',
        "?s ?p 'it\\'s SERVICE'",
        "?s ?p <http://example.org/SERVICE>",
        "?s a sd:Service, ex:service.x",
        "?service ?p $SERVICE",
        "# SERVICE ex:x {?a ?b ?c}\n?s ?p ?o",
        "service:x ?p ?o",
        "GRAPH service:x { ?s ?p ?o }",
        "?s ?p <http://example.org/it's#service> . ?s ?p 'x'",
    ],
)
def test_the_word_service_elsewhere_is_no_call(pattern: str) -> None:
    """Literals, comments, IRIs, variables and prefixed names may hold the word."""
    assert outline(f"{PREFIXES} SELECT * {{ {pattern} }}").refusal is None


@pytest.mark.parametrize("pattern", DISGUISED)
def test_what_can_be_read_in_two_ways_is_refused(pattern: str) -> None:
    """A comparison that looks like an IRI could hide a call from us but not from the engine."""
    refusal = outline(f"{PREFIXES} SELECT * {{ {pattern} }}").refusal
    assert refusal is not None
    assert refusal.fault is Fault.AMBIGUOUS


def test_an_unclosed_string_is_named_with_its_place() -> None:
    """The sentence says line and column, from 1."""
    refusal = outline("SELECT *\n{ ?s ?p 'open }").refusal
    assert refusal is not None
    assert refusal.sentence == "The string that starts at line 2, column 9 is not closed."


@given(
    st.sampled_from([*CALLS, *DISGUISED]),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2), st.sampled_from(PIECES)), max_size=4),
)
def test_no_query_that_passes_makes_the_engine_ask_elsewhere(
    pattern: str, edits: list[tuple[int, int, str]]
) -> None:
    """However a call is disguised: what the engine would send is refused here."""
    for place, removed, piece in edits:
        pattern = pattern[:place] + piece + pattern[place + removed :]
    query = f"{PREFIXES} SELECT * {{ {pattern} }}"
    if outline(query).refusal is None:
        assert not asks_another_endpoint(query)


def test_the_engine_would_ask_elsewhere() -> None:
    """Without our refusal it does: so the law above can fail."""
    sent = [asks_another_endpoint(f"{PREFIXES} SELECT * {{ {call} }}") for call in CALLS]
    assert sent.count(True) >= 6


@given(st.text())
def test_no_text_makes_the_outline_raise(text: str) -> None:
    """Anything at all has an outline."""
    outline(text)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", Form.SELECT),
        ("select?x{}", Form.SELECT),
        ("# CONSTRUCT\nBASE <http://x/select> PREFIX ask: <ask#> ASK {}", Form.ASK),
        ("PREFIX:<http://x/>DESCRIBE<http://x>", Form.DESCRIBE),
        ("CONSTRUCT WHERE {}", Form.CONSTRUCT),
        ("LOAD <urn:x:y>", Form.UPDATE),
        ("WITH <http://x> DELETE {} WHERE {}", Form.UPDATE),
        ("PREFIX ex: <http://x/> INSERT DATA { ex:a ex:b 'SELECT' }", Form.UPDATE),
        ("Which papers use LoRA?", None),
        ("", None),
    ],
)
def test_the_form_is_the_first_keyword_after_the_prologue(query: str, form: Form | None) -> None:
    """Prefixes, comments and IRIs before it do not count."""
    assert outline(query).form is form


def test_updates_are_refused() -> None:
    """LOAD would fetch, so it is refused with the rest."""
    refusal = outline("LOAD <urn:x:y>").refusal
    assert refusal is not None
    assert refusal.fault is Fault.UPDATE


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("{", "}"), ("[", "]"), ("!", "")])
def test_nesting_is_bounded(opening: str, closing: str) -> None:
    """The engine's parser recurses: deep brackets would end the process."""
    deep = f"ASK {{ FILTER({opening * 5000}1{closing * 5000}) }}"
    refusal = outline(deep).refusal
    assert refusal is not None
    assert refusal.fault is Fault.NESTING
    most = MAX_NESTING - 2
    assert outline(f"ASK {{ FILTER({opening * most}1{closing * most}) }}").refusal is None


def test_brackets_in_strings_and_comments_do_not_nest() -> None:
    """Only brackets of the query itself count."""
    assert outline(f"ASK {{ ?s ?p '{'(' * 500}' }} #{'(' * 500}").refusal is None


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * FROM <http://x> {}", True),
        ("SELECT * from named <http://x> {}", True),
        ("SELECT ?from { ?from ?p 'FROM' }", False),
    ],
)
def test_a_dataset_clause_is_seen(query: str, names: bool) -> None:
    """FROM and FROM NAMED, not a variable or a literal."""
    assert outline(query).names_dataset is names
