"""A package in which something belongs to a person goes to no catalog, and nothing says what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import line
from pipelines.catalogs.file import load_catalog
from pipelines.catalogs.publishing import Request, apply, prepare
from pipelines.catalogs.session import Session, opened
from pipelines.catalogs.shirasagi import Shirasagi, publish_shirasagi
from pipelines.job import plan_job
from pipelines.model import MachidataError, Package
from tests.catalogs.conftest import NAMES
from tests.publish.pretend_ckan import PretendCkan

BAD, GOOD = NAMES
STOPPING = {
    "1234-5678-9018": "privacy-my-number",
    "１２３４５６７８９０１８": "privacy-my-number",
    "090-1234-5678": "privacy-phone",
    "taro@example.com": "privacy-email",
    "氏名：山田太郎": "privacy-name-field",
}
every_kind = pytest.mark.parametrize("secret", STOPPING)


@pytest.fixture
def session(root: Path, pretend: PretendCkan) -> Iterator[Session]:
    with opened(root, load_catalog(root, "town"), writes=True) as found:
        yield found


def plant(root: Path, secret: str, name: str = BAD) -> None:
    path = root / "datapackages" / name / "source" / "plan.txt"
    text = path.read_text("utf-8").replace("見本の件数", f"見本の件数 {secret}")
    path.write_text(text, encoding="utf-8")


def built(root: Path) -> Package:
    return line.build_package(root / "datapackages" / BAD)


def holding(folder: Path, secret: str) -> list[str]:
    """The files below a folder, the sources aside, in which the secret stands."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "source")
    return [path.name for path in files if secret.encode() in path.read_bytes()]


@every_kind
def test_the_package_has_an_error_and_its_findings_do_not_say_it(root: Path, secret: str) -> None:
    plant(root, secret)
    package = built(root)
    assert package.has_errors
    codes = {one.code for one in package.findings if one.severity == "誤り"}
    assert codes == {STOPPING[secret]}
    assert secret.removeprefix("氏名：") not in repr(package.findings)
    rows = next(one for one in package.resources if one.slug == "finding").data.decode("utf-8-sig")
    assert secret.removeprefix("氏名：") not in rows
    printed = [row["原文"] for row in package.tables.rows("provenance")]
    assert any(secret in str(text) for text in printed), "the secret was read, so it could leave"


def test_the_reading_does_not_say_it_either(root: Path) -> None:
    path = root / "datapackages" / BAD / "source" / "plan.txt"
    path.write_text(path.read_text("utf-8").replace("12件", "090-1234-5678"), encoding="utf-8")
    package = built(root)
    assert any("090-1234-5678" in one.found for one in package.tables.findings)
    assert "090-****-****" in repr(package.findings)
    assert "1234-5678" not in repr(package.findings)


@every_kind
def test_ckan_is_sent_nothing_of_it(
    session: Session, root: Path, pretend: PretendCkan, secret: str
) -> None:
    plant(root, secret)
    prepared = prepare(session, Request(root))
    assert prepared.failed[BAD].code == "package-stopped"
    assert secret.removeprefix("氏名：") not in prepared.failed[BAD].found
    assert [one.name for one in prepared.plan.datasets] == [GOOD]
    assert apply(session, prepared).exit_code == 0
    assert pretend.writes
    assert secret not in repr(pretend.writes)
    assert holding(root, secret) == []


def test_ckan_is_sent_nothing_at_all_when_no_package_is_left(
    session: Session, root: Path, pretend: PretendCkan
) -> None:
    for name in NAMES:
        plant(root, "1234-5678-9018", name)
    with pytest.raises(MachidataError) as error:
        prepare(session, Request(root))
    assert error.value.code == "package-stopped"
    assert not pretend.writes


@every_kind
def test_the_folder_keeps_what_it_had(root: Path, secret: str) -> None:
    first = line.build(plan_job(root))
    assert (first.exit_code, first.publication.published) == (0, NAMES)
    plant(root, secret)
    second = line.build(plan_job(root))
    assert second.exit_code == 1
    assert second.publication.published == (GOOD,)
    assert second.publication.kept == (BAD,)
    assert holding(root, secret) == []


@every_kind
def test_shirasagi_is_shown_nothing_of_it(root: Path, secret: str) -> None:
    plant(root, secret)
    result = publish_shirasagi(Shirasagi(root, base="https://town.example/opendata/"))
    assert result.stopped == (BAD,)
    assert result.exit_code == 1
    assert holding(root, secret) == []
    assert secret not in repr(result.data())


@pytest.mark.parametrize("harmless", ["総務課 0173-35-2111", "講師の山田太郎さん"])
def test_what_is_an_offices_or_may_be_a_name_stops_nothing(root: Path, harmless: str) -> None:
    plant(root, harmless)
    package = built(root)
    assert {one.severity for one in package.findings if one.code.startswith("privacy")} == {"警告"}
    assert not package.has_errors
