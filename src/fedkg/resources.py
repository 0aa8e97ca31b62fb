"""Where the files that ship with fedkg are: in the wheel, or at the top of a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the folder that holds `ontology/`, `shapes/` and `data/`.

    A wheel carries them inside the package; an editable install finds them in the checkout.
    """
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parents[1]


def ontology_dir() -> Path:
    """Return the folder of `fedkg.ttl`, `techniques.ttl` and `context.jsonld`."""
    return root() / "ontology"


def shapes_file() -> Path:
    """Return the SHACL shapes."""
    return root() / "shapes" / "fedkg.ttl"


def data_dir() -> Path:
    """Return the folder of the lists, their catalogue, vocabularies and facts."""
    return root() / "data"


def lists_dir() -> Path:
    """Return the folder of the lists that ship with fedkg."""
    return data_dir() / "lists"


def vocabulary_dir() -> Path:
    """Return the folder of the curated names of datasets, models, venues and sections."""
    return data_dir() / "vocabulary"


def queries_dir() -> Path:
    """Return the folder of the example queries (`*.rq`)."""
    return _PACKAGE / "queries"
