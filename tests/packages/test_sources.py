"""The committed extracts against the whole documents: same figures, names and marks, no prose."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from pipelines.declaration import find_packages, load_declaration
from pipelines.line import read_sources, tidy_sources
from pipelines.model import Row, Tables
from pipelines.read import read
from pipelines.tidy.extract import extract
from pipelines.tidy.text import OMITTED
from pipelines.vocabulary import table_schemas

ROOT = Path(__file__).parents[2] / "datapackages"
NAMES = find_packages(ROOT)
TABLES = [slug for slug in table_schemas() if slug not in {"provenance", "finding"}]
# What an extract says otherwise: which file was read, and the words around a value.
OTHER = {"出典", "出典ハッシュ", "原文"}
# Tables whose rows may be nothing but prose; such a row is not in the committed data.
PROSE_ROWS = {"activity", "goal"}


def prose_columns(slug: str) -> set[str]:
    fields = table_schemas()[slug]["fields"]
    return {field["name"] for field in fields if field.get("machidata:prose")}


def facts(tables: Tables, slug: str) -> dict[str, Row]:
    left_out = prose_columns(slug) | OTHER
    return {
        str(row["ID"]): {key: value for key, value in row.items() if key not in left_out}
        for row in tables.rows(slug)
    }


def test_the_packages_of_the_first_release_are_here() -> None:
    assert NAMES == ["022055-dx-plan", "024465-dx-plan", "082163-dx-plan", "152064-ict-plan"]


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_committed(name: str) -> None:
    # A full stop stays behind a mark (`数値なし。`) and in the short heading of a block.
    folder = ROOT / name
    for source in load_declaration(folder).sources:
        cells = re.split(r"[\t|\n]|</?li>", (folder / source.path).read_text("utf-8"))
        assert not [cell for cell in cells if "。" in cell and len(cell) > 45], source.path
        notes = [cell.partition("※")[2] for cell in cells]
        assert not [note for note in notes if re.search(r"[ぁ-ゖ]。?$", note)], source.path


@pytest.mark.parametrize("name", NAMES)
def test_what_was_left_out_shows_only_in_the_printed_text(name: str) -> None:
    tables = sorted((ROOT / name / "data").glob("*.csv"))
    assert tables
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                said = [key for key, value in row.items() if OMITTED in value]
                assert set(said) <= {"原文", "記載値", "説明", "説明_英語"}, (path.name, row["ID"])


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_name(name: str) -> None:
    declaration = load_declaration(ROOT / name)
    rows = tidy_sources(declaration, read_sources(declaration)).rows("measurement")
    assert rows
    assert not [row["ID"] for row in rows if not str(row["名称"] or "").strip()]


@pytest.mark.documents
@pytest.mark.parametrize("name", NAMES)
def test_the_extract_is_the_one_of_the_document(name: str, documents_dir: Path) -> None:
    folder = ROOT / name
    for source in load_declaration(folder).sources:
        made = extract(read(documents_dir / source.document))
        assert (folder / source.path).read_text("utf-8") == made, source.path


@pytest.mark.documents
@pytest.mark.parametrize("slug", TABLES)
@pytest.mark.parametrize("name", NAMES)
def test_the_extract_gives_the_same_facts(name: str, slug: str, documents_dir: Path) -> None:
    declaration = load_declaration(ROOT / name)
    short = facts(tidy_sources(declaration, read_sources(declaration)), slug)
    whole = facts(tidy_sources(declaration, read_sources(declaration, documents_dir)), slug)
    if slug not in PROSE_ROWS:
        assert short.keys() == whole.keys()
    assert {key: whole.get(key) for key in short} == short


@pytest.mark.documents
@pytest.mark.parametrize("name", NAMES)
def test_places_in_the_extract_are_places_in_the_document(name: str, documents_dir: Path) -> None:
    declaration = load_declaration(ROOT / name)
    places = {}
    for kind, documents in (("short", None), ("whole", documents_dir)):
        tables = tidy_sources(declaration, read_sources(declaration, documents))
        places[kind] = {str(row["ID"]): row["位置"] for row in tables.rows("provenance")}
    shared = places["short"].keys() & places["whole"].keys()
    assert len(shared) > 300
    assert {key: places["whole"][key] for key in shared} == {
        key: places["short"][key] for key in shared
    }
