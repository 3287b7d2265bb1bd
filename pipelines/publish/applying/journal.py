"""What an apply was going to do and how far it came: on disk before anything is written there.

    runs/{number}-{plan}/plan.json            the plan
                         before/{package}.json   the dataset, its tables, the record: to undo
                         target/{package}.json   what it shall be: to go on
                         blobs/{sha256}          bytes that go there, and bytes that they replace
                         events.jsonl            one line for each step that was done
    records/{package}.json                    what the last apply left (planning/record.py)

Every file is complete before its name is there, and on the disk before the step that needs it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish import swap
from pipelines.publish.paths import check_package_name

RUNS, RECORDS, EVENTS = "runs", "records", "events.jsonl"


class Journal:
    """The journal of one run, in its folder. Its methods may be called by several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._events: list[dict[str, Any]] = []
        self._offset = 0

    def put(self, path: str, data: bytes) -> None:
        """Writes a file for good. Raises MachidataError `journal-unwritable`."""
        write_for_good(self.folder / path, data)

    def put_json(self, path: str, value: Any) -> None:
        """As `put`, of a JSON value."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self.put(path, text.encode("utf-8", "surrogatepass"))

    def get_json(self, path: str) -> Any:
        """The JSON value of a file. Raises MachidataError `journal-damaged`."""
        try:
            return json.loads((self.folder / path).read_bytes())
        except (OSError, ValueError) as error:
            raise _damaged(self.folder.name, path) from error

    def put_blob(self, data: bytes) -> str:
        """Keeps bytes; gives their SHA-256."""
        name = hashlib.sha256(data).hexdigest()
        path = self.folder / "blobs" / name
        if not path.is_file() or path.stat().st_size != len(data):
            write_for_good(path, data)
        return name

    def blob(self, sha256: str) -> bytes:
        """Bytes that were kept, checked. Raises MachidataError `journal-damaged`."""
        path = self.folder / "blobs" / sha256
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise _damaged(self.folder.name, f"blobs/{sha256}")
        return data

    def event(self, package: str, step: str, **more: Any) -> None:
        """Adds a line, on the disk at return. Raises MachidataError `journal-unwritable`."""
        line = json.dumps({"package": package, "step": step, **more}, ensure_ascii=False)
        with self._lock, writing(self.folder), (self.folder / EVENTS).open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                # half a line, of a disk that was full, must not take this one with it
                file.write(b"" if file.read(1) == b"\n" else b"\n")
            file.write(line.encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def events(self) -> list[dict[str, Any]]:
        """All whole lines; a half one at the end was never done. Each line is read once."""
        path = self.folder / EVENTS
        with self._lock:
            if path.is_file():
                with path.open("rb") as file:
                    file.seek(self._offset)
                    whole = file.read().rpartition(b"\n")[0]
                self._offset += len(whole) + 1 if whole else 0
                self._events += filter(None, map(_event, whole.splitlines()))
            return list(self._events)

    def steps(self, package: str) -> set[str]:
        """The steps that were done for a package ('' for the run itself)."""
        return {one["step"] for one in self.events() if one["package"] == package}

    @property
    def number(self) -> int:
        """Its place among the runs of a catalog."""
        return int(self.folder.name.partition("-")[0])

    @property
    def finished(self) -> bool:
        """Whether the run came to its end, or was undone as a whole."""
        return bool(self.steps("") & {"finished", "rolled-back"})

    @property
    def going_back(self) -> bool:
        """Whether a rollback of the run began and did not come to its end."""
        steps = self.steps("")
        return "rollback" in steps and "rolled-back" not in steps

    @property
    def packages(self) -> list[str]:
        """The packages whose datasets this run writes, in their order."""
        return sorted(path.stem for path in (self.folder / "target").glob("*.json"))


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and {"package", "step"} <= {*found} else None


def new_run(state: Path, plan: bytes, digest: str) -> Journal:
    """A fresh journal; its number is behind all others'."""
    numbers = [run.number for run in runs(state)]
    name = f"{max(numbers, default=0) + 1:06d}-{digest[:12]}"
    journal = Journal(state / RUNS / name)
    journal.put("plan.json", plan)
    return journal


def runs(state: Path) -> list[Journal]:
    """The journals of a catalog, the oldest first."""
    return [Journal(path) for path in _folders(state)]


def unfinished(state: Path) -> Journal | None:
    """The run that was interrupted, if the last one was."""
    begun = (run for run in reversed(runs(state)) if run.events())
    last = next(begun, None)
    return None if last is None or last.finished else last


def half_rolled_back(state: Path) -> Journal | None:
    """The run whose rollback was interrupted, if there is one."""
    return next((one for one in reversed(runs(state)) if one.going_back), None)


def _folders(state: Path) -> list[Path]:
    folder = state / RUNS
    found = folder.iterdir() if folder.is_dir() else ()
    numbered = [path for path in found if path.name.split("-")[0].isdecimal()]
    return sorted(numbered, key=lambda path: (int(path.name.split("-")[0]), path.name))


def write_record(state: Path, package: str, data: bytes | None) -> None:
    """Puts a record in its place; None takes it away."""
    path = state / RECORDS / f"{check_package_name(package)}.json"
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_for_good(path, data)


def write_for_good(path: Path, data: bytes) -> None:
    """A whole file or none, on the disk. Raises MachidataError `journal-unwritable`."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{threading.get_ident()}.part")
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns an OSError into a MachidataError with exit code 3."""
    try:
        yield
    except OSError as error:
        raise MachidataError(
            "journal-unwritable",
            ja="公開の記録を書けないため、先へ進みません。",
            en="The journal of the publication cannot be written, so nothing more is done.",
            where=path.name,
            found=error.strerror or type(error).__name__,
            fix_ja="ディスクの空きと権限を確かめて、もう一度実行してください。続きから始まります。",
            fix_en="Check room and rights on the disk and run again; it goes on where it stopped.",
            exit_code=3,
        ) from error


def _damaged(run: str, path: str) -> MachidataError:
    return MachidataError(
        "journal-damaged",
        ja="公開の記録が壊れています。",
        en="The journal of the publication is damaged.",
        where=f"{run}/{path}",
        fix_ja="公開先の状態を machidata verify で確かめ、あらためて計画してください。",
        fix_en="Look at the catalog with machidata verify, and plan anew.",
    )


@contextlib.contextmanager
def one_at_a_time(state: Path) -> Iterator[None]:
    """Keeps two publishers of one catalog apart on this machine; see `swap.locked`."""
    with writing(state):
        state.mkdir(parents=True, exist_ok=True)
    with swap.locked(state, wait=1.0):
        yield
