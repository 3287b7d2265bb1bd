"""Every form of a package's metadata says the same, and what is true.

The truth is `package.yaml` and the bytes of the CSV files (`tests.describe.truth`); each form is
read back by a reader of its own (`tests.describe.said`) and must state every fact that it can hold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.describe.agreeing import (
    BASE,
    DECLARED,
    REAL_BASE,
    factory_folders,
    kept_folders,
    real_folders,
)
from tests.describe.plants import CHANGED_TRUTHS, ONE_PLACE, STATED, changed_truth, planted
from tests.describe.said import CATALOG, FACTS, FILE_FACTS, OWN, READERS, Said
from tests.describe.said.nouns import NOTHING, ROOT
from tests.describe.truth import (
    AS_HELD,
    CANNOT,
    Disagreement,
    compare,
    disagreements,
    expected_forms,
    truth,
)

REAL = sorted(path.parent.name for path in (ROOT / "datapackages").glob("*/package.yaml"))
FOLDERS = [("made", name) for name in DECLARED] + [("real", name) for name in REAL]
EVERY = pytest.mark.parametrize(("kind", "name"), FOLDERS, ids=lambda part: part)


def folder_of(kind: str, name: str) -> tuple[Mapping[str, bytes], str]:
    """The files of a package, and where its catalog stands."""
    return (real_folders()[name], REAL_BASE) if kind == "real" else (factory_folders()[name], BASE)


def all_disagreements(
    folder: Mapping[str, bytes], name: str, base: str, forms: set[str]
) -> list[Disagreement]:
    true = truth(folder, name, base)
    return [one for form in sorted(forms) for one in disagreements(form, folder[form], true, base)]


@pytest.fixture(scope="module")
def licensed() -> Mapping[str, bytes]:
    return factory_folders()["licensed"]


@EVERY
def test_every_form_says_what_is_true(kind: str, name: str) -> None:
    folder, base = folder_of(kind, name)
    expected = expected_forms(truth(folder, name, base))
    assert expected <= set(folder)
    assert all_disagreements(folder, name, base, expected) == []


@pytest.mark.parametrize("kind", ["made", "real"])
def test_what_cannot_be_said_is_not_said(kind: str) -> None:
    """Without a licence a package is not in the list; without observations it has no cube."""
    listed, cubes = set(), set()
    names = [name for one, name in FOLDERS if one == kind]
    trues = {}
    for name in names:
        folder, base = folder_of(kind, name)
        trues[name] = truth(folder, name, base)
        data = folder["../metadata/opendata-list.csv"]
        if READERS["metadata/opendata-list.csv"](data, name, base) is not None:
            listed.add(name)
        if "metadata/cube.ttl" in folder:
            cubes.add(name)
    assert listed == {name for name, true in trues.items() if true.licence}
    assert cubes == {
        name for name, true in trues.items() if {"observation", "status"} & set(true.files)
    }


@EVERY
def test_the_files_are_what_their_schemas_say(kind: str, name: str) -> None:
    folder, base = folder_of(kind, name)
    for slug, file in truth(folder, name, base).files.items():
        data = folder[file.address.removeprefix(f"{base}{name}/")]
        assert data.startswith(b"\xef\xbb\xbf"), slug
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        keys = {tuple(row[column] for column in file.primary_key) for row in rows}
        assert len(keys) == len(rows) == file.rows, slug


@pytest.mark.parametrize("name", sorted(set(DECLARED) - {"unlicensed"}))
def test_what_stays_in_a_catalog_says_what_is_true(name: str) -> None:
    folder = kept_folders()[name]
    forms = expected_forms(truth(folder, name, BASE)) & set(CATALOG)
    assert all_disagreements(folder, name, BASE, forms) == []


def test_the_made_package_has_every_fact(licensed: Mapping[str, bytes]) -> None:
    true = truth(licensed, "licensed", BASE)
    assert [fact for fact in FACTS if getattr(true, fact) in NOTHING] == []
    for file in true.files.values():
        assert [f for f in FILE_FACTS if getattr(file, f.partition(".")[2]) in NOTHING] == []


def test_every_form_of_a_package_is_read(licensed: Mapping[str, bytes]) -> None:
    not_metadata = re.compile(
        r"package\.yaml|.*/(score|description)\.json|data/.*\.csv|source/.*|\.\./robots\.txt"
    )
    forms = {path for path in licensed if not not_metadata.fullmatch(path)}
    assert forms == set(READERS) == {*OWN, *CATALOG}


def test_the_table_excuses_only_facts_that_are_known() -> None:
    assert set(CANNOT) == set(READERS)
    for form, excused in CANNOT.items():
        assert set(excused) <= {*FACTS, *FILE_FACTS, "files"}, form
        assert all(reason.strip() for reason in excused.values()), form
        assert "identifier" not in excused, form
    held = {fact for form, fact in AS_HELD}
    assert held <= {*FACTS, *FILE_FACTS}
    for fact in (*FACTS, *FILE_FACTS):
        assert sum(fact not in excused for excused in CANNOT.values()) >= 2, fact


@pytest.mark.parametrize(("form", "fact"), STATED)
def test_a_planted_disagreement_is_found(
    licensed: Mapping[str, bytes], form: str, fact: str
) -> None:
    true = truth(licensed, "licensed", BASE)
    data = planted(form, fact, licensed[form], true)
    assert fact in {one.fact for one in disagreements(form, data, true, BASE)}


@pytest.mark.parametrize(("form", "old", "new", "fact"), ONE_PLACE)
def test_a_change_at_one_place_is_found(
    licensed: Mapping[str, bytes], form: str, old: str, new: str, fact: str
) -> None:
    text = licensed[form].decode("utf-8")
    changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
    assert changed != text
    true = truth(licensed, "licensed", BASE)
    found = disagreements(form, changed.encode("utf-8"), true, BASE)
    assert fact in {one.fact for one in found}


@pytest.mark.parametrize(("form", "fact"), STATED)
def test_a_fact_that_is_left_out_is_found(
    licensed: Mapping[str, bytes], form: str, fact: str
) -> None:
    true = truth(licensed, "licensed", BASE)
    said = READERS[form](licensed[form], "licensed", f"{BASE}licensed/{form}")
    assert said is not None
    without = _without(said, fact)
    assert {one.fact for one in compare(form, without, true)} >= {fact}


def _without(said: Said, fact: str) -> Said:
    """What is said, less one fact: of a file's fact, less that of every file."""
    field = fact.partition(".")[2]
    if not field:
        return replace(said, **{fact: type(getattr(said, fact))()})
    empty: dict[str, object] = {field: () if field in {"columns", "primary_key"} else None}
    return replace(said, files={slug: replace(f, **empty) for slug, f in said.files.items()})


@pytest.mark.parametrize("form", sorted(form for form in READERS if "files" not in CANNOT[form]))
def test_a_file_that_is_left_out_or_added_is_found(
    licensed: Mapping[str, bytes], form: str
) -> None:
    true = truth(licensed, "licensed", BASE)
    said = READERS[form](licensed[form], "licensed", f"{BASE}licensed/{form}")
    assert said is not None
    for slug in ("observation", "status"):
        fewer = {key: file for key, file in said.files.items() if key != slug}
        assert "files" in {one.fact for one in compare(form, replace(said, files=fewer), true)}
    more = {**said.files, "else": said.files["observation"]}
    assert "files" in {one.fact for one in compare(form, replace(said, files=more), true)}


@pytest.mark.parametrize("fact", CHANGED_TRUTHS)
def test_what_a_form_no_longer_agrees_with_is_found(
    licensed: Mapping[str, bytes], fact: str
) -> None:
    folder = changed_truth(fact, licensed)
    found = {
        one.form
        for one in all_disagreements(folder, "licensed", BASE, set(READERS))
        if one.fact == fact
    }
    assert found == {form for form, stated in STATED if stated == fact}


def test_a_file_that_is_gone_is_found(licensed: Mapping[str, bytes]) -> None:
    folder = {path: data for path, data in licensed.items() if not path.endswith("_goal.csv")}
    found = all_disagreements(folder, "licensed", BASE, set(READERS))
    naming = {form for form in READERS if "files" not in CANNOT[form]} - {"metadata/cube.ttl"}
    assert {one.form for one in found if one.fact == "files"} == naming
