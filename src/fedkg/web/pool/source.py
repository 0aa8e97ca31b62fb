"""Where a child finds its graph: named by the server, opened by the child."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from fedkg.config import DEFAULT_BASE

if TYPE_CHECKING:
    from fedkg.store.builds import Build
    from fedkg.store.engine import Engine


@dataclass(frozen=True, slots=True)
class Source:
    """A build (its folder and base IRI), or files of RDF, as text that a command line can carry."""

    build: str | None = None
    files: tuple[str, ...] = ()
    base: str = DEFAULT_BASE

    @classmethod
    def of_build(cls, build: "Build") -> Self:
        """Return the source that a published build is."""
        return cls(str(build.path.absolute()), base=build.meta.get("base", DEFAULT_BASE))

    @classmethod
    def of_files(cls, files: Sequence[Path]) -> Self:
        """Return the source that files of RDF are together."""
        return cls(files=tuple(str(file.absolute()) for file in files))

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Return the source that `to_dict` wrote."""
        return cls(given["build"], tuple(given["files"]), given["base"])

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {"build": self.build, "files": list(self.files), "base": self.base}

    def open(self) -> "Engine":
        """Open the graph. Raises GraphDirectoryError, InputError."""
        from fedkg.store.builds import Build  # the engine, only where queries run
        from fedkg.store.engine import load_files, open_build

        if self.build is None:
            return load_files(map(Path, self.files))
        return open_build(Build("", Path(self.build), {"base": self.base}))
