"""A dataset's description as data, so that a later run can describe it again without its package.

An error stops a package's new edition, and a run may be asked for some packages only: what stays in
the catalog is read back from `metadata/description.json` and goes through the same renderers.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from pipelines.describe.iris import Names
from pipelines.describe.model import Dataset, TableShape
from pipelines.model import MachidataError

FILE = "metadata/description.json"


def description_file(dataset: Dataset) -> bytes:
    """The description as JSON. The columns stay away: no form of a whole catalog tells them."""
    files = tuple(dataclasses.replace(file, shape=TableShape()) for file in dataset.distributions)
    content = dataclasses.asdict(dataclasses.replace(dataset, distributions=files))
    text = json.dumps(_stated(content), ensure_ascii=False, indent=1, default=date.isoformat)
    return (text + "\n").encode("utf-8", "replace")


def kept_datasets(
    previous: Mapping[str, bytes], keep: Collection[str], names: Names
) -> tuple[Dataset, ...]:
    """The datasets of the catalog in place that stay, by name; one that is not there is none.

    `previous` maps paths below the catalog (`{name}/metadata/description.json`) to bytes. Raises
    MachidataError: `previous-metadata-invalid`, `base-changed`.
    """
    found = []
    for name in sorted(keep):
        data = previous.get(f"{name}/{FILE}")
        if data is not None:
            found.append(_read(name, data, names))
    return tuple(found)


def _read(name: str, data: bytes, names: Names) -> Dataset:
    try:
        dataset: Dataset = _made(Dataset, json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MachidataError(
            "previous-metadata-invalid",
            ja="公開中のカタログの記述を読めません。",
            en="A description in the catalog in place cannot be read.",
            where=f"{name}/{FILE}",
            found=f"{type(error).__name__}: {error}"[:200],
            fix_ja="すべてのパッケージを作り直して、カタログ全体を公開し直してください。",
            fix_en="Build all packages again and publish the whole catalog anew.",
            exit_code=3,
        ) from error
    if dataset.identifier != name or dataset.iri != names.at("dataset", name):
        raise MachidataError(
            "base-changed",
            ja="公開中のカタログは、別のアドレス（--base）で作られています。",
            en="The catalog in place was built for another address (--base).",
            where=f"{name}/{FILE}",
            found=dataset.iri,
            expected=names.at("dataset", name),
            fix_ja="同じ --base を指定するか、すべてのパッケージを作り直してください。",
            fix_en="Give the same --base, or build all packages again.",
        )
    return dataset


def _stated(value: Any) -> Any:
    """Without what is empty: absent and empty mean the same in the model."""
    if isinstance(value, dict):
        inner = {key: _stated(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, "", {}, [], False)}
    return [_stated(one) for one in value] if isinstance(value, (list, tuple)) else value


def _made(kind: Any, value: Any) -> Any:
    """A value of a type of the model out of JSON; a field that is absent is empty."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (some,) = (one for one in inner if one is not type(None))
        return None if value is None else _made(some, value)
    if origin is tuple:
        return _tuple(inner, value or ())
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        make: Callable[..., Any] = kind
        return make(**{name: _made(hint, value.get(name)) for name, hint in hints.items()})
    if kind is date:
        return date.fromisoformat(value)
    if origin is None:
        return kind(value) if value is not None else kind()
    return {str(key): str(one) for key, one in (value or {}).items()}  # a mapping of texts


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_made(inner[0], one) for one in value)
    return tuple(_made(kind, one) for kind, one in zip(inner, value, strict=True))
