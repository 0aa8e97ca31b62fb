"""The official schemas of the reconciliation API, to validate what goes over the wire."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

_SECURITY = "http://swagger.io/v2/schema.json"
"""What the manifest's schema refers to for authentication, of which we have none."""


class Schemas:
    """The official schemas, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        read = [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]
        known = [(one["$id"], one) for one in read if "$id" in one] + [(_SECURITY, {})]
        self._registry = Registry().with_resources(
            (name, Resource(one, DRAFT7)) for name, one in known
        )

    def check(self, name: str, instance: Any) -> None:
        schema = json.loads((self._folder / f"{name}.json").read_text())
        Draft7Validator(schema, registry=self._registry).validate(instance)
