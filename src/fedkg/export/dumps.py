"""The files of a build that hold its whole graph, for who wants all of it at once.

`graph.nq` is in every build. The others are written to a folder beside it, with `dumps.json`, which
says of each what a download page has to: its media type, its size, its SHA-256.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fedkg.export.files import write_file
from fedkg.export.statements import Serialise, whole

_MANIFEST = "dumps.json"
_N_QUADS = "application/n-quads"
_TURTLE = "text/turtle"
_GZIP = "application/gzip"
_COLUMNS = ("media_type", "compression", "size", "sha256")


@dataclass(frozen=True, slots=True)
class Dump:
    """A file: what is in it, how it is compressed ("" where it is not), its size in bytes."""

    path: Path
    media_type: str
    compression: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.name


def write_dumps(quads: Path, folder: Path, serialise: Serialise) -> None:
    """Write the files of a graph (sorted N-Quads) to a new folder. Raises ExportError."""
    folder.mkdir()
    write_file(whole(quads), folder / "graph.nq.gz")
    write_file(serialise(whole(quads), _TURTLE), folder / "graph.ttl.gz")
    kinds = {"graph.nq.gz": _N_QUADS, "graph.ttl.gz": _TURTLE}
    manifest = [_described(folder / name, media_type) for name, media_type in kinds.items()]
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (folder / _MANIFEST).write_text(text, encoding="utf-8")


def dumps_in(quads: Path, sha256: str, folder: Path) -> tuple[Dump, ...]:
    """Return the files that there are of a graph with this digest, its N-Quads first.

    One that is not as the manifest says is left out.
    """
    first = Dump(quads, _N_QUADS, "", _size(quads), sha256)
    try:
        rows = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        others = [
            Dump(folder / Path(row["name"]).name, *(row[name] for name in _COLUMNS)) for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError):
        others = []
    return tuple(one for one in (first, *others) if one.size and one.size == _size(one.path))


def _described(file: Path, media_type: str) -> Mapping[str, str | int]:
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    found = (media_type, _GZIP, _size(file), digest)
    return {"name": file.name, **dict(zip(_COLUMNS, found, strict=True))}


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
