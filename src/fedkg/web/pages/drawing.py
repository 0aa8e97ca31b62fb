"""A person among co-authors as a drawing: where the points, lines and labels are.

Values go in and numbers come out; what they look like is for the template and the stylesheet. The
co-authors stand on a ring, which is the narrower the longer their names are: the drawing is to be
read on a narrow screen too.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_DRAWN = 12
"""Co-authors that a drawing has room for."""
WIDTH = 380
LINE = 14
"""Height of a line of a label."""

_FONT = 12
_NARROWEST, _WIDEST = 78, 130
_LOWEST, _HIGHEST, _HIGHER = 70, 150, 8
_ABOVE = 24
_BESIDE = 11
_BELOW = 12
_MARGIN = 2
_CENTRE_ROOM = 132
_THIN, _THICK = 1.2, 6.0
_MOST_READ = 100
"""Characters of a name that are looked at: no label has room for more."""
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows them, the end of a label too."""

_NARROW = frozenset("fijlrtI.,:;'’|!-()[] ")
_BROAD = frozenset("mwMW@%&—…")


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text in a box. They begin, end or are centred at `x`, as `anchor` says."""

    x: float
    anchor: str
    lines: tuple[tuple[float, str], ...]
    """Each with the height of its base line."""
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Point:
    """A person in the drawing."""

    x: float
    y: float
    label: Label


@dataclass(frozen=True, slots=True)
class Line:
    """Papers together, from one point to another; the more they are, the thicker it is."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The person in the centre, the co-authors around it, and who wrote papers with whom."""

    centre: Point
    points: tuple[Point, ...]
    spokes: tuple[Line, ...]
    ties: tuple[Line, ...]
    width: int
    height: int


def draw(
    name: str, partners: Sequence[tuple[str, int]], ties: Mapping[tuple[int, int], int]
) -> Drawing:
    """Return the drawing of a person of that name among co-authors, the first at the top.

    `partners` are at most MOST_DRAWN names, each with the papers together with the person; `ties`
    are the papers together of two of them, by their places in `partners`.
    """
    most = max([*(papers for _, papers in partners), *ties.values()], default=1)
    high = min(_LOWEST + _HIGHER * len(partners), _HIGHEST)
    x, y = WIDTH / 2, high + _ABOVE
    wide = _half_width([partner for partner, _ in partners])
    places = [
        (round(x + wide * math.sin(angle), 1), round(y - high * math.cos(angle), 1))
        for angle in _angles(len(partners))
    ]
    with_places = list(zip(partners, places, strict=True))
    return Drawing(
        Point(x, y, _below(name, x, y)),
        tuple(Point(*place, _beside(partner, *place)) for (partner, _), place in with_places),
        tuple(Line(x, y, *place, _thickness(papers, most)) for (_, papers), place in with_places),
        tuple(
            Line(*places[one], *places[other], _thickness(papers, most))
            for (one, other), papers in sorted(ties.items())
        ),
        WIDTH,
        2 * y,
    )


def width_of(text: str) -> float:
    """Return how wide a text is at most in a usual font without serifs."""
    return _FONT * sum(map(_em, text))


def lines_of(name: str, room: float) -> tuple[str, ...]:
    """Return a name in one or two lines that are no wider than `room`, cut where they must be."""
    words = name[:_MOST_READ].translate(_TURNING).split() or [""]
    first = 1
    while first < len(words) and width_of(" ".join(words[: first + 1])) <= room:
        first += 1
    lines = (" ".join(words[:first]), " ".join(words[first:]))
    return tuple(_cut(line, room) for line in lines if line)


def _half_width(names: Iterable[str]) -> float:
    """Return half the width of the ring that leaves room for names in one line, within limits."""
    longest = max((width_of(name[:_MOST_READ]) for name in names), default=0.0)
    return min(max(WIDTH / 2 - _BESIDE - _MARGIN - longest, _NARROWEST), _WIDEST)


def _angles(number: int) -> list[float]:
    """Return the angles of points around the centre, clockwise from the top.

    None is above or below it, where a label would be in the way of the next one: an even number
    stands alike on both sides, an odd one has a point of its own to the right.
    """
    if not number:
        return []
    step = 2 * math.pi / number
    first = math.pi / 2 % step if number % 2 else step / 2
    return [first + at * step for at in range(number)]


def _beside(name: str, x: float, y: float) -> Label:
    """Return the label of a point on the ring, on its outer side."""
    is_right = x >= WIDTH / 2
    at = x + _BESIDE if is_right else x - _BESIDE
    lines = lines_of(name, (WIDTH - at if is_right else at) - _MARGIN)
    return _label(at, "start" if is_right else "end", y - len(lines) * LINE / 2, lines)


def _below(name: str, x: float, y: float) -> Label:
    return _label(x, "middle", y + _BELOW, lines_of(name, _CENTRE_ROOM))


def _label(x: float, anchor: str, top: float, lines: Sequence[str]) -> Label:
    width = max(map(width_of, lines), default=0.0)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    height = LINE * len(lines)
    based = tuple((round(top + LINE * at + _FONT - 1, 1), text) for at, text in enumerate(lines))
    return Label(round(x, 1), anchor, based, left, top, width, height)


def _thickness(papers: int, most: int) -> float:
    share = (papers - 1) / (most - 1) if most > 1 else 0.0
    return round(_THIN + (_THICK - _THIN) * share, 1)


def _cut(text: str, room: float) -> str:
    return text if width_of(text) <= room else f"{_fitting(text, room - width_of('…'))}…"


def _fitting(characters: Iterable[str], room: float) -> str:
    """Return the first characters that there is room for."""
    kept = []
    for character in characters:
        room -= width_of(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip()


def _em(character: str) -> float:
    """Return how wide a character is, as a part of the font's size."""
    category = unicodedata.category(character)
    if category in {"Mn", "Me"} or category[0] == "C":
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROW:
        return 0.42
    if character in _BROAD:
        return 1.0
    return 0.76 if category in {"Lu", "Lt", "Lo"} else 0.63
