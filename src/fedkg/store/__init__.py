"""The graph on disk and the engine that answers queries over it."""

from fedkg.store.builds import Build, GraphDirectory, build_id_of
from fedkg.store.engine import Engine, load_files, open_build, open_current
from fedkg.store.indexing import LARGE, Indexer, index

__all__ = [
    "LARGE",
    "Build",
    "Engine",
    "GraphDirectory",
    "Indexer",
    "build_id_of",
    "index",
    "load_files",
    "open_build",
    "open_current",
]
