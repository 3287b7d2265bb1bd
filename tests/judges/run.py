"""Judges of others over what `tests/judges/write.py` wrote: `python tests/judges/run.py FOLDER`.

Runs in an environment of its own (`requirements-judges.txt`, `make judges`): csvw needs an older
rfc3986 than the rest, and mlcroissant brings pandas. csvw validates and reads every table, extruct
finds the data in the pages, mlcroissant loads every package and gives its records; all values are
compared with the CSVs.
"""

from __future__ import annotations

import csv
import json
import logging
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import extruct
import mlcroissant
from csvw import CSVW

# What nobody states (a way to cite; a licence of these plans) is recommended, and stays absent.
UNSTATED = ("http://mlcommons.org/croissant/citeAs", "https://schema.org/license")
Judge = Callable[[Path], str]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def judge_csvw(package: Path) -> str:
    """Valid in strict mode (types, patterns, keys, references), the cells as in the files."""
    found = CSVW(str(package / "data/csv-metadata.json"), validate=True)
    assert found.is_valid, [str(warning.message) for warning in found.warnings]
    cells = 0
    for one in found.tables:
        wanted = [list(row.values()) for row in table(package / "data" / str(one.url))]
        rows = [["" if v is None else str(v) for v in row.values()] for row in one]
        assert rows == wanted, one.url
        cells += sum(map(len, rows))
    csvs = {path.name for path in (package / "data").glob("*.csv")}
    assert {str(one.url) for one in found.tables} == csvs
    return f"{len(csvs)} tables, {cells} cells"


def judge_faults(package: Path) -> str:
    """The judge is one: a copy written anew is valid, none with a planted fault is."""
    plants: dict[str, tuple[str, str, str]] = {
        "none": ("plan", "備考", ""),
        "pattern": ("plan", "全国地方公共団体コード", "22055"),
        "type": ("plan", "開始年度", "令和4"),
        "reference": ("initiative", "計画ID", "nowhere"),
        "required": ("initiative", "名称", ""),
    }
    for fault, (slug, column, value) in plants.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(package / "data", Path(folder) / "data"))
            (path,) = copy.glob(f"*_{slug}.csv")
            rows = table(path)
            rows[-1][column] = value
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
            try:
                valid = CSVW(str(copy / "csv-metadata.json"), validate=True).is_valid
            except ValueError:
                valid = False
            assert valid == (fault == "none"), fault
    return ", ".join(plants)


def judge_page(folder: Path) -> str:
    """The embedded data are those of the file; no script but the data."""
    page = (folder / "index.html").read_text("utf-8")
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert found == json.loads((folder / "metadata/schema.jsonld").read_text("utf-8"))
    assert page.count("<script") == page.count("</script") == 1
    return f"{found['@type']} {found['name'][:20]}"


def judge_croissant(package: Path) -> str:
    """No errors, no warning but of what is unstated; the records are the rows of the CSVs."""
    document = json.loads((package / "metadata/croissant.json").read_text("utf-8"))
    for file in document["distribution"]:  # nothing is fetched
        file["contentUrl"] = str((package / "data" / file["name"]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        local = Path(folder) / "croissant.json"
        local.write_text(json.dumps(document), "utf-8")
        loaded = mlcroissant.Dataset(jsonld=local)
    issues = loaded.metadata.ctx.issues
    assert not issues.errors, issues.errors
    warnings = [text for text in issues.warnings if not any(name in text for name in UNSTATED)]
    assert not warnings, warnings
    cells = guessed = 0
    for records in document["recordSet"]:
        fields = records["field"]
        wanted = table(package / "data" / fields[0]["source"]["fileObject"]["@id"])
        found = list(loaded.records(records["@id"]))
        assert len(found) == len(wanted), records["@id"]
        for row, printed in zip(found, wanted, strict=True):
            for field in fields:
                cell = printed[field["source"]["extract"]["column"]]
                cells += 1
                guessed += _differs(row[field["@id"]], cell, field["@id"])
    return f"{len(document['recordSet'])} record sets, {cells} cells, {guessed} guessed as numbers"


def _differs(value: Any, cell: str, name: str) -> int:
    """1 where pandas took a text of digits for a number (022055 → 22055, 1 → 1.0); else 0."""
    read = "" if value is None else value.decode() if isinstance(value, bytes) else str(value)
    if read == cell:
        return 0
    assert cell and float(read) == float(cell), (name, cell, read)
    return int(isinstance(value, bytes))


def cases(folder: Path) -> Iterator[tuple[Judge, Path]]:
    for package in sorted(path.parent for path in folder.glob("*/*/datapackage.json")):
        yield judge_page, package
        yield judge_csvw, package
        if package.parent.name == "catalog":
            yield judge_faults, package
            yield judge_croissant, package
    for catalog in sorted(folder.iterdir()):
        yield judge_page, catalog


def main(folder: Path) -> int:
    logging.disable(logging.WARNING)
    passed = failed = 0
    for judge, path in cases(folder):
        name = f"{judge.__name__} {path.relative_to(folder)}"
        try:
            print(f"{name}: {judge(path)}")
            passed += 1
        except Exception as error:
            print(f"{name}: FAILED {type(error).__name__}: {error}")
            failed += 1
    print(f"judges: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
