"""A publisher's desk: a small repository, a catalog to publish to, and the command line."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.catalogs.file import TOKEN, CatalogFile, load_catalog
from pipelines.catalogs.session import Session, opened, state_folder
from pipelines.publish.ckan.store_model import StoreSeen
from pipelines.publish.ckan.store_reading import read_store
from tests.ckan.client import Ckan, CkanError
from tests.cli.conftest import PACKAGE, PLAN, Result, make_package

BASE = "https://data.example.jp/"
LICENSED = PACKAGE + 'licence: "CC BY 4.0"\n'
ONE, TWO = "024465-one-plan", "024465-two-plan"
OTHER_PLAN = PLAN.replace("34件", "35件")
"""One value is another."""

FEWER = """\
階上町DX試験計画

NO\t取組
1\t窓口の見本
2\t研修の見本
"""
"""Without indicators and their values."""

# What the catalog writes by itself at every change; an administrator may give the dataset's back.
STAMPS = ("metadata_modified", "last_modified")
# `organization` is a part of another thing, which the test's own portal edits may change.
PASSING = ("organization",)


@dataclass
class Desk:
    """The repository `root`, the catalog as the publisher `user` sees it and as `admin` does."""

    root: Path
    user: Ckan
    admin: Ckan
    organization: Mapping[str, Any]
    prefix: str
    call: Callable[..., Result]
    address: str = ""
    seen: set[str] = field(default_factory=set)

    def publish(self, *more: object, code: int = 0) -> Any:
        """`machidata publish --to desk`; what it says as JSON."""
        return self.run("publish", *more, code=code)

    def run(self, command: str, *more: object, code: int = 0) -> Any:
        """A command with `--to desk`; its exit code must be `code`."""
        told = self.call(command, *more, "--to", "desk", "--json")
        assert told.code == code, (told.code, told.out[-3000:], told.err[-3000:])
        assert self.user.token not in told.out + told.err
        return json.loads(told.out)

    def name(self, package: str) -> str:
        """The name of a package's dataset."""
        return f"{self.prefix}-{package}"

    def show(self, package: str = ONE, ckan: Ckan | None = None) -> dict[str, Any]:
        """The dataset's dict."""
        told: dict[str, Any] = (ckan or self.admin).call("package_show", id=self.name(package))
        self.seen.add(told["id"])
        return told

    def resource(self, slug: str, package: str = ONE) -> dict[str, Any]:
        """A resource by our key."""
        found = [one for one in self.show(package)["resources"] if one.get("identifier") == slug]
        assert len(found) == 1, [one.get("identifier") for one in self.show(package)["resources"]]
        return dict(found[0])

    def plan_text(self, package: str, text: str) -> None:
        """Another text of the plan that the package is made from."""
        (self.root / "datapackages" / package / "source" / "plan.txt").write_text(text, "utf-8")

    def declare(self, package: str, before: str, after: str) -> None:
        """A change of package.yaml."""
        file = self.root / "datapackages" / package / "package.yaml"
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(text.replace(before, after), "utf-8")

    def drop(self, package: str) -> None:
        """The package is no longer declared."""
        shutil.rmtree(self.root / "datapackages" / package)

    def add(self, package: str, plan: str = PLAN) -> None:
        """A package more."""
        make_package(self.root, package, plan, LICENSED)

    @property
    def catalog(self) -> CatalogFile:
        """The description of the catalog."""
        return load_catalog(self.root, "desk")

    @property
    def state(self) -> Path:
        """Where journals and records are."""
        return state_folder(self.root, self.catalog)

    @contextmanager
    def session(self, *, writes: bool = True) -> Iterator[Session]:
        """An open session with the publisher's token."""
        environ = {TOKEN: self.user.token}
        with opened(self.root, self.catalog, writes=writes, environ=environ) as session:
            yield session

    def store(self, id_: str) -> StoreSeen | None:
        """The table of a resource with everything that it says."""
        with self.session(writes=False) as session:
            return read_store(session.ckan, id_)

    def whole(self, package: str = ONE) -> dict[str, Any]:
        """Everything there is of a dataset: dict, the bytes of files, tables, views."""
        shown = self.show(package)
        found: dict[str, Any] = {"package": without(shown, PASSING)}
        for one in shown["resources"]:
            id_ = one["id"]
            found[f"file {id_}"] = self.file(one)
            seen = self.store(id_)
            found[f"table {id_}"] = seen.digest() if seen else None
            found[f"views {id_}"] = self.admin.call("resource_view_list", id=id_)
        return found

    def file(self, resource: Mapping[str, Any]) -> str | None:
        """The SHA-256 of an upload's bytes; None for a link."""
        if resource.get("url_type") != "upload":
            return None
        with self.session(writes=False) as session:
            url = str(resource["url"])
            data = session.ckan.fetch(url[url.index("/dataset/") :]).data
        return hashlib.sha256(data).hexdigest()

    def record(self, package: str = ONE) -> bytes | None:
        """What we remember of a dataset."""
        file = self.state / "records" / f"{package}.json"
        return file.read_bytes() if file.is_file() else None

    def datasets(self) -> list[dict[str, Any]]:
        """All datasets of the organization, private ones too."""
        told = self.admin.call(
            "package_search",
            fq=f'owner_org:"{self.organization["id"]}"',
            include_private=True,
            include_drafts=True,
            rows=1000,
        )
        found: list[dict[str, Any]] = told["results"]
        return found

    def forget(self) -> None:
        """Purges what a search does not tell of: deleted datasets."""
        packages = {path.stem for path in (self.state / "records").glob("*.json")}
        names = {self.name(one) for one in packages | {ONE, TWO}} | self.seen
        for name in names:
            try:
                self.admin.call("dataset_purge", id=name)
            except CkanError as error:
                if error.status != 404:
                    raise


def without(value: Any, names: tuple[str, ...]) -> Any:
    """A JSON value without the keys `names`, at any depth."""
    if isinstance(value, dict):
        return {k: without(v, names) for k, v in value.items() if k not in names}
    if isinstance(value, list):
        return [without(one, names) for one in value]
    return value


def unstamped(whole: Mapping[str, Any]) -> Any:
    """What `Desk.whole` told, without the catalog's time stamps; extras have no order."""
    said = without(dict(whole), STAMPS)
    said["package"]["extras"].sort(key=lambda one: one["key"])
    return said
