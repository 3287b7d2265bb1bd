"""Writes what `tests/judges/run.py` judges: `python -m tests.judges.write FOLDER`.

The committed packages, each with its CSVs and descriptions; a page of each, the list, and a page of
a package whose words try to leave their place.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from pipelines.describe.build import build_catalog
from pipelines.describe.forms.croissant import croissant
from pipelines.describe.forms.csvw import FILE, csvw
from pipelines.describe.forms.schema_org import data_catalog, schema_org
from pipelines.describe.forms.sitemap import robots, sitemap
from pipelines.describe.iris import Names
from pipelines.describe.model import CatalogInfo
from pipelines.line import build_package
from pipelines.model import Metadata, Package
from pipelines.publish import publish
from tests.factory import make_package

ROOT = Path(__file__).parents[2]
BASE = "https://data.example.jp/machi/"
HOSTILE = "あ\"<b>&amp;'</script><!-- \\ {x} </title>\u2028 <script>alert(1)</script>"


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    declared = sorted((ROOT / "datapackages").glob("*/package.yaml"))
    write([build_package(path.parent) for path in declared], folder / "catalog")
    write([make_package(title=HOSTILE, description=HOSTILE)], folder / "hostile")


def write(packages: list[Package], folder: Path) -> None:
    model = build_catalog(packages, Names(BASE), CatalogInfo())
    described = [
        replace(
            package,
            files={
                **package.files,
                FILE: csvw(dataset),
                "metadata/schema.jsonld": schema_org(dataset, model),
                "metadata/croissant.json": croissant(dataset),
            },
        )
        for package, dataset in zip(packages, model.datasets, strict=True)
    ]
    root = {"sitemap.xml": sitemap(model), "robots.txt": robots(model)}
    publish(described, Metadata({"schema.jsonld": data_catalog(model)}, root=root), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
