"""Packages → metadata: DCAT-AP 3.0.1 and every other form in which catalogs take them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from pipelines.model import Metadata, Package

if TYPE_CHECKING:
    from pipelines.describe.model import CatalogInfo

__all__ = ["describe"]


def describe(
    packages: Sequence[Package],
    base: str,
    catalog: CatalogInfo | None = None,
    *,
    previous: Mapping[str, bytes] | None = None,
    keep: Collection[str] = (),
    forget: Collection[str] = (),
) -> Metadata:
    """The catalog's metadata (`docs/metadata.md` lists the files), and each package's own.

    `opendata-list.csv` of the catalog has the packages with a licence only: others' catalogs read
    it, and without a licence nothing is published there. Those catalogs delete what is missing
    from it, so no row of the list in place (`previous`: `metadata/opendata-list.csv`) is dropped:
    what is withdrawn stays, as 配信停止中, until it is named in `forget` (`NAME` or `NAME/TABLE`).

    `base` is the absolute address at which the folder catalog stands; all IRIs and links are below
    it. `catalog` says what the operator says of the catalog. A package with an error is left out;
    if `previous` (path → bytes of the catalog in place: `{name}/metadata/description.json`, and
    `cube.ttl` beside it) describes it, or a package named in `keep`, that description stays, as its
    files do by `pipelines.publish`.

    A package whose own metadata break a rule is left out in the same way: `Metadata.packages` has
    its findings.

    The result depends on nothing but these arguments. Raises MachidataError: `base-invalid`,
    `frequency-unknown`, `theme-unknown`, `licence-unknown`, `edition-repeated`,
    `series-of-another`, `previous-metadata-invalid`, `previous-list-invalid`, `base-changed`.
    """
    from pipelines.describe.iris import Names
    from pipelines.describe.model import CatalogInfo as Info
    from pipelines.describe.whole import whole_catalog

    return whole_catalog(packages, Names(base), catalog or Info(), previous or {}, keep, forget)
