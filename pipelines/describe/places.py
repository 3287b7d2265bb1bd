"""The area that a package speaks of."""

from __future__ import annotations

from pipelines.describe.iris import Names, geonames
from pipelines.describe.model import Place, text
from pipelines.model import Package


def place_of(package: Package, names: Names) -> Place:
    """The municipality: a stated GeoNames IRI, which DCAT-AP accepts, else an IRI of ours.

    Its 全国地方公共団体コード stands beside either.
    """
    town = package.municipality
    iri = geonames(package.declaration.spatial) or names.at("place", town.code)
    return Place(iri, town.code, text(town.full_name))
