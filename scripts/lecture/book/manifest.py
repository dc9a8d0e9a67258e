"""What has been drawn, and from what: the memory of docs/generated/."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args

from lecture.base.files import write_if_changed
from lecture.base.products import Product
from lecture.base.project import Project

_TYPES: dict[str, type[Product]] = {kind.__name__: kind for kind in get_args(Product)}


@dataclass(frozen=True)
class Drawn:
    """One drawn figure, table or claim, and the key of what it was drawn from."""

    key: str
    product: Product
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Files below the project that were read: path from the root → digest."""


Manifest = Mapping[str, Drawn]  # artefact id → what was drawn


def load_manifest(project: Project) -> dict[str, Drawn]:
    """Return what has been drawn; nothing where the memory is lost or unreadable."""
    try:
        data = json.loads(_path(project).read_text(encoding="utf-8"))
        return {name: _drawn(item) for name, item in data.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def save_manifest(project: Project, manifest: Manifest) -> None:
    """Write the memory, atomically and only when it differs."""
    data = {
        name: {
            "key": drawn.key,
            "type": type(drawn.product).__name__,
            "product": asdict(drawn.product),
            "inputs": drawn.inputs,
        }
        for name, drawn in manifest.items()
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    write_if_changed(_path(project), text)


def _drawn(item: dict[str, Any]) -> Drawn:
    product: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value  # JSON has no tuples
        for name, value in item["product"].items()
    }
    return Drawn(item["key"], _TYPES[item["type"]](**product), dict(item["inputs"]))


def _path(project: Project) -> Path:
    return project.generated / "manifest.json"
