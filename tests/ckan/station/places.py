"""Where a station lives, and what it remembers between two commands."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


class StationError(Exception):
    """The station cannot do what was asked; the message says what is missing."""


def home() -> Path:
    """The folder of everything: MACHIDATA_CKAN_HOME, or `.venv-ckan` in the repository."""
    given = os.environ.get("MACHIDATA_CKAN_HOME")
    return Path(given).expanduser().resolve() if given else REPOSITORY / ".venv-ckan"


LATEST = "2.12"
"""The series of CKAN that is taken where none is named."""


def venv(version: str = LATEST) -> Path:
    """The virtual environment of a series of CKAN."""
    return home() / ("venv" if version == LATEST else f"venv-{version}")


@dataclass
class Process:
    """A process that we started; `born` tells it from a later one with the same number."""

    pid: int
    born: str


@dataclass
class State:
    """One station: a configuration with its databases, addresses and processes."""

    name: str
    config: str
    version: str = LATEST
    url: str = ""
    token: str = ""
    secret: str = ""
    password: str = ""
    database: str = ""
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Settings, logs, uploads and the journal of the search."""
        return home() / "state" / self.name

    @property
    def file(self) -> Path:
        """What is remembered; only the owner may read it."""
        return self.folder / "station.json"

    def save(self) -> None:
        """Writes the file in one step."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_private(self.file, json.dumps(asdict(self), indent=2) + "\n")


def load(name: str) -> State | None:
    """The station of that name, if there is one."""
    file = home() / "state" / name / "station.json"
    if not file.exists():
        return None
    told = json.loads(file.read_text("utf-8"))
    told["processes"] = {key: Process(**value) for key, value in told["processes"].items()}
    return State(**told)


def stations() -> list[State]:
    """All stations that were ever started and not wiped."""
    found = [load(file.parent.name) for file in sorted(home().glob("state/*/station.json"))]
    return [state for state in found if state]


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, never half."""
    part = path.with_suffix(path.suffix + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)
