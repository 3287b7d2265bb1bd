"""docs/metadata.md lists what is written, no less and no more."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.describe import describe
from tests.factory import make_package

ROOT = Path(__file__).parents[2]


def listed(heading: str) -> set[str]:
    """The paths in the first column of a table; after `a/b.ttl`, `.rdf` stands for `a/b.rdf`."""
    text = (ROOT / "docs" / "metadata.md").read_text("utf-8")
    table = text.split(f"| {heading} |")[1].split("\n\n")[0]
    found: set[str] = set()
    for line in table.splitlines()[2:]:
        last = ""
        for name in re.findall(r"`([^`]+)`", line.split("|")[1]):
            last = last.rsplit(".", 1)[0] + name if name.startswith(".") else name
            found.add(last)
    return found


def test_every_file_of_a_package_is_listed() -> None:
    own = describe([make_package()], "https://x.example/").packages["022055-dx-plan"]
    assert {"datapackage.json", *own.files} == listed("File of a package")


def test_every_file_of_the_catalog_is_listed() -> None:
    metadata = describe([make_package()], "https://x.example/")
    written = {*(f"metadata/{name}" for name in metadata.files), *metadata.root, "vocab/"}
    assert written == listed("File of the catalog")
