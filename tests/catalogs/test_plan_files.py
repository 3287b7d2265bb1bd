"""Plans on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.catalogs.plan_files import read_plan, write_plan
from pipelines.model import MachidataError
from tests.publish.plan.sample import sample


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_plan_and_its_pages(tmp_path: Path, language: str) -> None:
    file = tmp_path / "new" / "plan.json"
    written = write_plan(sample(), file, language)
    assert [path.name for path in written] == ["plan.json", "plan.md", "plan.html"]
    assert read_plan(file) == sample()
    before = [path.read_bytes() for path in written]
    write_plan(sample(), file, language)
    assert [path.read_bytes() for path in written] == before


@pytest.mark.parametrize("name", ["plan.md", "plan.html"])
def test_no_name_that_a_page_needs(tmp_path: Path, name: str) -> None:
    with pytest.raises(MachidataError) as error:
        write_plan(sample(), tmp_path / name, "en")
    assert error.value.code == "plan-unwritable"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["plan.json", "plan.md", "plan.html"])
def test_nothing_that_is_no_plan_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("大事な文章", "utf-8")
    with pytest.raises(MachidataError) as error:
        write_plan(sample(), tmp_path / "plan.json", "ja")
    assert error.value.code == "plan-unwritable"
    assert [path.read_text("utf-8") for path in tmp_path.iterdir()] == ["大事な文章"]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MachidataError) as error:
        write_plan(sample(), tmp_path / "file" / "plan.json", "en")
    assert (error.value.code, error.value.exit_code) == ("plan-unwritable", 3)


def test_plans_that_cannot_be_read(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none", "plan-missing"), (tmp_path, "plan-missing")):
        with pytest.raises(MachidataError) as error:
            read_plan(path)
        assert (error.value.code, error.value.exit_code) == (code, 3)
