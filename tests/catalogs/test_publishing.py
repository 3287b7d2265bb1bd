"""plan → apply → verify → rollback with real packages, on the pretend CKAN."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.catalogs.file import load_catalog
from pipelines.catalogs.publishing import (
    Request,
    apply,
    apply_plan,
    prepare,
    resume,
    rollback,
    verify,
)
from pipelines.catalogs.session import Session, opened
from pipelines.model import MachidataError
from pipelines.publish.plan.files import plan_bytes
from tests.catalogs.conftest import NAMES, SECRET
from tests.cli.conftest import PACKAGE, make_package
from tests.publish.applying.test_any_sequence import nth
from tests.publish.pretend_ckan import Killed, PretendCkan


@pytest.fixture
def session(root: Path, pretend: PretendCkan) -> Iterator[Session]:
    with opened(root, load_catalog(root, "town"), writes=True) as found:
        yield found


def change(root: Path, text: str = "13件") -> None:
    path = root / "datapackages" / NAMES[0] / "source" / "plan.txt"
    path.write_text(path.read_text("utf-8").replace("12件", text), encoding="utf-8")


def test_the_whole_way(session: Session, root: Path, pretend: PretendCkan) -> None:
    asked = Request(root)
    prepared = prepare(session, asked)
    assert [one.action for one in prepared.plan.datasets] == ["create", "create"]
    assert plan_bytes(prepare(session, asked).plan) == plan_bytes(prepared.plan)
    applied = apply(session, prepared)
    assert (applied.exit_code, applied.open) == (0, False)
    assert not prepare(session, asked).plan.changes
    assert verify(session, asked) == []
    writes = len(pretend.writes)
    assert apply(session, prepare(session, asked)).outcomes == ()
    assert len(pretend.writes) == writes
    change(root)
    prepared = prepare(session, asked)
    assert [one.action for one in prepared.plan.datasets] == ["update", "keep"]
    assert apply(session, prepared).exit_code == 0
    assert verify(session, asked) == []
    restored = rollback(session, "ask")
    assert restored.datasets == (NAMES[0],)
    found = {one.dataset for one in verify(session, asked)}
    assert found == {NAMES[0]}
    for path in (root / ".machidata").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_exactly_the_plan_or_nothing(session: Session, root: Path, pretend: PretendCkan) -> None:
    plan = prepare(session, Request(root)).plan
    _, applied = apply_plan(session, root, plan)
    assert applied.exit_code == 0
    with pytest.raises(MachidataError) as error:
        apply_plan(session, root, plan)
    assert error.value.code == "plan-moved"
    change(root)
    plan = prepare(session, Request(root)).plan
    pretend.edit(NAMES[0].lower(), author="課")
    with pytest.raises(MachidataError) as error:
        apply_plan(session, root, plan)
    assert (error.value.code, error.value.where) == ("plan-moved", NAMES[0])
    plan = prepare(session, Request(root)).plan
    change(root)
    path = root / "datapackages" / NAMES[1] / "source" / "plan.txt"
    path.write_text(path.read_text("utf-8").replace("34件", "35件"), encoding="utf-8")
    with pytest.raises(MachidataError) as error:
        apply_plan(session, root, plan)
    assert error.value.code == "plan-stale"


def test_a_plan_of_another_catalog(session: Session, root: Path) -> None:
    from dataclasses import replace

    plan = replace(prepare(session, Request(root)).plan, url="https://other.example")
    with pytest.raises(MachidataError) as error:
        apply_plan(session, root, plan)
    assert error.value.code == "plan-other-catalog"


def test_an_interrupted_apply_is_gone_on_with_first(
    session: Session, root: Path, pretend: PretendCkan
) -> None:
    pretend.fault = nth(3, "kill-after")
    with pytest.raises(Killed):
        apply(session, prepare(session, Request(root)))
    pretend.fault = nth(0)
    with pytest.raises(MachidataError) as error:
        prepare(session, Request(root))
    assert error.value.code == "apply-unfinished"
    assert "rollback" in error.value.fix_en
    gone_on = resume(session)
    assert gone_on
    assert (gone_on.open, gone_on.exit_code) == (False, 0)
    assert resume(session) is None
    apply(session, prepare(session, Request(root)))
    assert verify(session, Request(root)) == []


def test_an_edit_on_both_sides_stops_everything(
    session: Session, root: Path, pretend: PretendCkan
) -> None:
    apply(session, prepare(session, Request(root)))
    pretend.edit(NAMES[0], title="手で直した")
    yaml = root / "datapackages" / NAMES[0] / "package.yaml"
    yaml.write_text(
        yaml.read_text("utf-8").replace("試験計画\ncontact", "新計画\ncontact"), "utf-8"
    )
    prepared = prepare(session, Request(root))
    assert prepared.exit_code == 1
    writes = len(pretend.writes)
    with pytest.raises(MachidataError) as error:
        apply(session, prepared)
    assert (error.value.code, error.value.exit_code) == ("plan-conflicts", 1)
    assert len(pretend.writes) == writes
    apply(session, prepare(session, Request(root, policy="keep")))
    assert pretend.shown(NAMES[0])["title"] == "手で直した"
    apply(session, prepare(session, Request(root, policy="overwrite")))
    assert pretend.shown(NAMES[0])["title"] == "新計画"


def test_a_package_that_is_gone_is_withdrawn_only_when_all_are_meant(
    session: Session, root: Path
) -> None:
    apply(session, prepare(session, Request(root)))
    shutil.rmtree(root / "datapackages" / NAMES[1])
    named = prepare(session, Request(root, (NAMES[0],))).plan
    assert [one.name for one in named.datasets] == [NAMES[0]]
    plan = prepare(session, Request(root)).plan
    assert [one.action for one in plan.datasets] == ["keep", "withdraw"]


def test_a_package_that_cannot_be_built_stops_no_other(session: Session, root: Path) -> None:
    apply(session, prepare(session, Request(root)))
    (root / "datapackages" / NAMES[1] / "package.yaml").write_text("title: [", encoding="utf-8")
    change(root)
    prepared = prepare(session, Request(root))
    assert list(prepared.failed) == [NAMES[1]]
    assert prepared.exit_code > 0
    assert [one.action for one in prepared.plan.datasets] == ["update"], "the other stays"
    assert apply(session, prepared).exit_code == 0
    assert NAMES[1] in {one.dataset for one in verify(session, Request(root))}, "not looked at"


def test_nothing_unlicensed_leaves_the_house(session: Session, root: Path) -> None:
    """By whatever door: the flows plan without the command line."""
    make_package(root, "024465-new-plan", declaration=PACKAGE)
    prepared = prepare(session, Request(root))
    assert prepared.failed["024465-new-plan"].code == "licence-missing"
    assert [one.name for one in prepared.plan.datasets] == list(NAMES)
    with pytest.raises(MachidataError) as error:
        prepare(session, Request(root, ("024465-new-plan",)))
    assert error.value.code == "licence-missing"


def test_an_unknown_organization(session: Session, root: Path, pretend: PretendCkan) -> None:
    pretend.organizations = {"other": "o"}
    with pytest.raises(MachidataError) as error:
        prepare(session, Request(root))
    assert (error.value.code, error.value.found) == ("catalog-organization", "024465")
