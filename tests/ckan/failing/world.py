"""One publisher: a repository of its own, the command line in this process, a clock that never
waits; and what readers and the catalog itself see of the dataset.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from machidata.cli import run
from pipelines.catalogs import publishing, session
from pipelines.catalogs.wanting import Built
from pipelines.job import Step
from pipelines.model import Package
from pipelines.publish.ckan.limits import Limits
from pipelines.publish.planning.present import digest_of
from tests.ckan.client import Ckan, CkanError
from tests.ckan.failing.editions import BASE, NAME
from tests.ckan.proxy import Proxy

CATALOG = "town"
DECLARED = """\
municipality: "022055"
title: 試験計画
licence: CC-BY-4.0
contact: {name: 総務課, url: "https://example.jp/"}
issued: "2024-04-01"
sources:
  - {key: plan, path: source/plan.txt, document: plan.txt, title: 試験計画}
"""
STAMPS = ("metadata_created", "metadata_modified", "last_modified", "created")


class Clock:
    """Seconds that pass only while somebody sleeps; `slept` are all of them."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Moves the clock on."""
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds


@dataclass
class Told:
    """What a command line did: its exit code, its words, and its JSON."""

    code: int
    out: str
    err: str

    @functools.cached_property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def outcome(self) -> Any:
        """What became of the one dataset."""
        return self.json["datasets"][0]

    @property
    def error(self) -> Any:
        """The error of the dataset, or of the whole command."""
        if "datasets" in self.json:
            return self.json["datasets"][0]["error"]
        return self.json["error"]


@dataclass
class Publisher:
    """Somebody who publishes to an organization through a proxy, from a machine of their own."""

    root: Path
    proxy: Proxy
    organization: str
    token: str
    patch: pytest.MonkeyPatch
    clock: Clock = field(default_factory=Clock)
    edition: Callable[[], Package] | None = None
    limits: dict[str, Any] = field(default_factory=dict)
    on_undo: Callable[[], object] = lambda: None
    rate: float = 0.0
    all: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.root / "datapackages" / NAME).mkdir(parents=True)
        (self.root / "datapackages" / NAME / "package.yaml").write_text(DECLARED, encoding="utf-8")
        (self.root / "catalogs").mkdir()
        self.write()

    @property
    def dataset(self) -> str:
        """The name of the dataset in the catalog."""
        return f"{self.organization}-{NAME}"

    @property
    def state(self) -> Path:
        """Where journal and records are."""
        return self.root / session.STATE

    def write(self) -> None:
        """Writes `catalogs/town.yaml`."""
        told = {
            "url": self.proxy.url,
            "organization": self.organization,
            "dataset": f"{self.organization}-{{name}}",
            "rate": f"{self.rate}",
        }
        text = "".join(f'{key}: "{value}"\n' for key, value in told.items())
        (self.root / "catalogs" / f"{CATALOG}.yaml").write_text(text, encoding="utf-8")

    def publish(self, edition: Callable[[], Package], *more: str) -> Told:
        """`machidata publish NAME --to town --json`, with what is wrong told."""
        self.edition = edition
        return self.command("publish", NAME, "--base", BASE, *more)

    def command(self, name: str, *more: str) -> Told:
        """A command line with `--to town --json`."""
        out, err = io.StringIO(), io.StringIO()
        with self._here(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([name, *more, "--to", CATALOG, "--json", "--lang", "en"])
        told = Told(code, out.getvalue(), err.getvalue())
        self.all.append(told)
        return told

    @contextlib.contextmanager
    def _here(self) -> Iterator[None]:
        """This publisher's machine: root, token, limits, and packages that are built already."""
        limits = Limits(**{"sleep": self.clock.sleep, "clock": self.clock} | self.limits)

        def build(*_: object) -> Built:
            assert self.edition
            return Built((self.edition(),), {}, ())

        def work(
            one: session.Session, journal: Any, progress: Callable[[Step], None]
        ) -> publishing.Work:
            def heard(step: Step) -> None:
                if step.stage == "undo":
                    self.on_undo()
                progress(step)

            return made(one, journal, heard)

        made = publishing._work
        with self.patch.context() as patch:
            patch.setenv("MACHIDATA_ROOT", str(self.root))
            patch.delenv("MACHIDATA_STATE", raising=False)
            patch.setenv("MACHIDATA_CKAN_TOKEN", self.token)
            patch.setattr(session, "opened", functools.partial(session.opened, limits=limits))
            patch.setattr(publishing, "build_for", build)
            patch.setattr(publishing, "_work", work)
            yield

    def leaks(self) -> list[str]:
        """Where the token or a part of it stands: in what was said, or in what was kept."""
        parts = {self.token[at : at + 12] for at in range(len(self.token) - 11)}
        texts = {f"run {n}": one.out + one.err for n, one in enumerate(self.all)}
        for path in self.root.rglob("*"):
            if path.is_file():
                texts[str(path)] = path.read_bytes().decode("utf-8", "replace")
        return [where for where, text in texts.items() if any(part in text for part in parts)]


def seen(ckan: Ckan, organization: str) -> dict[str, Any]:
    """Everything that the catalog has of the dataset, time stamps apart; {} where nothing can be
    seen by anybody. Ids and names that differ from organization to organization are masked.
    """
    name = f"{organization}-{NAME}"
    try:
        package = ckan.call("package_show", id=name)
    except CkanError as error:
        assert error.status == 404, error
        return {}
    found: dict[str, Any] = {"public": _public(ckan, package["id"]), "files": {}, "tables": {}}
    masks = {organization: "ORG", package["id"]: "DATASET", package["owner_org"]: "OWNER"}
    for one in package["resources"]:
        masks[one["id"]] = f"FILE {one.get('identifier')}"
        if one["url_type"] == "upload":
            answer = ckan.get_as(one["url"][one["url"].index("/dataset/") :])
            found["files"][one["id"]] = hashlib.sha256(answer).hexdigest()
        found["tables"][one["id"]] = _table(ckan, one["id"])
    if package["state"] == "deleted":
        # nothing may be left of it for readers
        assert not found["public"]
        assert not any(_readable(ckan, id_) for id_ in found["tables"])
        return {}
    for gone in ("organization", "creator_user_id", "owner_org", "tracking_summary"):
        package.pop(gone, None)
    for one in (package, *package["resources"]):
        for stamp in STAMPS:
            one.pop(stamp, None)
    text = json.dumps({**found, "package": package}, ensure_ascii=False, sort_keys=True)
    for id_, mask in masks.items():
        text = text.replace(id_, mask)
    return dict(json.loads(text))


def _public(ckan: Ckan, id_: str) -> bool:
    try:
        ckan.as_user("", "").call("package_show", id=id_)
    except CkanError:
        return False
    return True


def _readable(ckan: Ckan, resource_id: str) -> bool:
    try:
        ckan.as_user("", "").call("datastore_search", resource_id=resource_id)
    except CkanError:
        return False
    return True


def _table(ckan: Ckan, id_: str) -> Any:
    """Columns, types, dictionary, and the rows as a set."""
    try:
        info = ckan.call("datastore_info", id=id_)
    except CkanError:
        return None
    told = ckan.call("datastore_search", resource_id=id_, limit=32000)
    rows = sorted(
        json.dumps({k: v for k, v in one.items() if k != "_id"}, ensure_ascii=False)
        for one in told["records"]
    )
    fields = [[one["id"], one["type"], one.get("info")] for one in info["fields"]]
    return {"fields": fields, "rows": rows, "count": info["meta"]["count"]}


def difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    """What differs, for a message."""
    if digest_of(one) == digest_of(other):
        return ""
    said = []
    for key in sorted({*one, *other}):
        if one.get(key) != other.get(key):
            said.append(f"{key}: {str(one.get(key))[:1500]} ≠ {str(other.get(key))[:1500]}")
    return "\n".join(said)
