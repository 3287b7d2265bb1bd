"""The journal: whole files or none, half lines, damage, numbers, and folders that refuse."""

from __future__ import annotations

import errno
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import (
    Journal,
    new_run,
    one_at_a_time,
    runs,
    unfinished,
    write_for_good,
    write_record,
)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_run(tmp_path, b"{}\n", "abcdef0123456789")


def test_runs_are_numbered_behind_all_others(tmp_path: Path, journal: Journal) -> None:
    assert journal.folder.name == "000001-abcdef012345"
    (tmp_path / "runs" / "000041-x").mkdir()
    (tmp_path / "runs" / "notes").mkdir()
    (tmp_path / "runs" / ".000099-x").mkdir()
    assert new_run(tmp_path, b"", "ff").folder.name == "000042-ff"
    assert [one.folder.name[:6] for one in runs(tmp_path)] == ["000001", "000041", "000042"]
    assert runs(tmp_path / "none") == []


def test_more_than_a_million_runs_stay_in_order(tmp_path: Path) -> None:
    for name in ("999999-a", "1000000-b"):
        (tmp_path / "runs" / name).mkdir(parents=True)
    assert [one.folder.name for one in runs(tmp_path)] == ["999999-a", "1000000-b"]
    assert new_run(tmp_path, b"", "c").folder.name == "1000001-c"


def test_events_are_lines_and_a_half_one_was_never_done(journal: Journal) -> None:
    journal.event("", "started")
    journal.event("024465-計画", "begun", id="x")
    path = journal.folder / "events.jsonl"
    whole = path.read_bytes()
    assert [json.loads(line)["step"] for line in whole.splitlines()] == ["started", "begun"]
    for cut in range(whole.index(b"\n") + 1, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert journal.steps("024465-計画") == set()
        assert journal.steps("") == {"started"}


def test_a_line_after_a_half_one_is_not_lost(journal: Journal) -> None:
    """The run was killed in the middle of a line, and the next one goes on in the same file."""
    journal.event("", "started")
    path = journal.folder / "events.jsonl"
    path.write_bytes(path.read_bytes() + b'{"package": "one", "st')
    journal.event("one", "begun")
    assert journal.steps("one") == {"begun"}


@pytest.mark.parametrize(
    "line", [b"3\n", b"null\n", b"[]\n", b"{}\n", b'{"step": "x"}\n', b"\xff\n"]
)
def test_lines_that_are_no_events_are_passed_over(journal: Journal, line: bytes) -> None:
    (journal.folder / "events.jsonl").write_bytes(line)
    journal.event("one", "begun")
    assert journal.steps("one") == {"begun"}
    assert journal.steps("") == set()


def test_which_run_is_unfinished(tmp_path: Path, journal: Journal) -> None:
    assert unfinished(tmp_path) is None, "nothing was begun"
    journal.event("", "started")
    assert unfinished(tmp_path)
    journal.event("one", "finished")
    assert unfinished(tmp_path), "a dataset is not the run"
    journal.event("", "finished")
    assert unfinished(tmp_path) is None
    new_run(tmp_path, b"", "b").event("", "started")
    found = unfinished(tmp_path)
    assert found
    assert found.folder.name == "000002-b"
    new_run(tmp_path, b"", "c")
    assert unfinished(tmp_path), "a run that did not begin hides none that did"


def test_blobs_are_kept_once_and_checked(journal: Journal) -> None:
    name = journal.put_blob(b"data")
    assert journal.put_blob(b"data") == name
    assert journal.blob(name) == b"data"
    path = journal.folder / "blobs" / name
    path.write_bytes(b"dat")
    for damage in (None, path.unlink):
        if damage:
            damage()
        with pytest.raises(MachidataError) as error:
            journal.blob(name)
        assert error.value.code == "journal-damaged"
        assert error.value.where == f"{journal.folder.name}/blobs/{name}"


def test_a_damaged_blob_is_written_again(journal: Journal) -> None:
    name = journal.put_blob(b"data")
    (journal.folder / "blobs" / name).write_bytes(b"da")
    assert journal.put_blob(b"data") == name
    assert journal.blob(name) == b"data"


@pytest.mark.parametrize("data", [None, b"", b"{", b"\xff"])
def test_json_that_cannot_be_read(journal: Journal, data: bytes | None) -> None:
    if data is not None:
        journal.put("target/one.json", data)
    with pytest.raises(MachidataError) as error:
        journal.get_json("target/one.json")
    assert error.value.code == "journal-damaged"


def test_json_goes_through_any_text(journal: Journal) -> None:
    value = {"b": ["\ud800", "計画", None], "a": {"x": True}}
    journal.put_json("target/one.json", value)
    assert (journal.folder / "target/one.json").read_bytes().startswith(b'{"a"')
    assert journal.packages == ["one"]
    journal.put_json("target/two.json", {"計": 1})
    assert journal.get_json("target/two.json") == {"計": 1}


def test_a_file_is_whole_or_as_before_wherever_it_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "folder" / "x.json"
    write_for_good(path, b"old")
    for name in ("fsync", "replace"):
        with monkeypatch.context() as patch:

            def kill(*_: Any) -> None:
                raise KeyboardInterrupt

            patch.setattr(*((os, name) if name == "fsync" else (Path, name)), kill)
            with pytest.raises(KeyboardInterrupt):
                write_for_good(path, b"new and longer")
        assert path.read_bytes() == b"old"
    write_for_good(path, b"new")
    assert path.read_bytes() == b"new"


def test_bytes_are_on_the_disk_before_the_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(os, "fsync", lambda number: seen.append("fsync"))
    monkeypatch.setattr(Path, "replace", lambda one, to: (seen.append("name"), replace(one, to))[1])
    write_for_good(tmp_path / "x", b"data")
    assert seen[:2] == ["fsync", "name"]
    Journal(tmp_path).event("", "started")
    assert seen.count("fsync") >= 2


def test_what_was_half_written_is_no_target(journal: Journal) -> None:
    journal.put_json("target/one.json", {})
    (journal.folder / "target" / ".two.json.1.part").write_bytes(b"{")
    assert journal.packages == ["one"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_folder_that_cannot_be_written(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", full)
    for act in (lambda: journal.put("x", b""), lambda: journal.event("", "started")):
        with pytest.raises(MachidataError) as error:
            act()
        assert (error.value.code, error.value.exit_code) == ("journal-unwritable", 3)
        assert error.value.found == os.strerror(number)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "runs").write_bytes(b"")
    with pytest.raises(MachidataError) as error:
        new_run(tmp_path, b"", "a")
    assert error.value.code == "journal-unwritable"


def test_records_come_and_go(tmp_path: Path) -> None:
    write_record(tmp_path, "024465-one-plan", b"x")
    assert (tmp_path / "records" / "024465-one-plan.json").read_bytes() == b"x"
    write_record(tmp_path, "024465-one-plan", None)
    write_record(tmp_path, "024465-one-plan", None)
    assert list((tmp_path / "records").iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a/b", "..", "", "a\x00b"])
def test_a_record_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(MachidataError):
        write_record(tmp_path / "state", name, b"x")
    assert list(tmp_path.iterdir()) == []


def test_one_publisher_at_a_time(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with one_at_a_time(state), pytest.raises(MachidataError) as error, one_at_a_time(state):
        pass
    assert error.value.code == "catalog-busy"
    with one_at_a_time(state):
        assert state.is_dir()


def test_threads_do_not_mix_their_lines(journal: Journal) -> None:
    def write(name: str) -> None:
        for _ in range(10):
            journal.event(name, "begun", text="長" * 200)

    threads = [threading.Thread(target=write, args=(f"p{n}",)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(journal.events()) == 40
