"""kill -9 anywhere: the next run ends where an undisturbed one would have."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs.publishing import apply, resume
from pipelines.publish.ckan.client import Ckan as Client
from pipelines.publish.planning.wanted import Wanted
from tests.ckan.choice import ALL
from tests.ckan.client import CkanError
from tests.ckan.publishing import bulk
from tests.ckan.publishing.desk import ONE, OTHER_PLAN, TWO, Desk, unstamped
from tests.ckan.publishing.killing import At, count, in_child

ROOT = Path(__file__).parents[3]


def said(desk: Desk) -> Any:
    """All there is of the dataset, with names in place of ids that differ from run to run."""
    whole = desk.whole()
    text = json.dumps(unstamped(whole), ensure_ascii=False, sort_keys=True)
    text = text.replace(whole["package"]["id"], "DATASET")
    for one in whole["package"]["resources"]:
        text = text.replace(one["id"], one["identifier"])
    told = json.loads(text)
    for name in ("metadata_created", "creator_user_id"):
        told["package"].pop(name)
    for one in told["package"]["resources"]:
        one.pop("created")
    for view in (one for name in told if name.startswith("views ") for one in told[name]):
        view.pop("id")
    return told


def whole_or_hidden(desk: Desk, tables: int) -> None:
    """What nobody in particular sees of the dataset is all of it, or nothing."""
    try:
        shown = desk.show(ckan=desk.admin.as_user("nobody", ""))
    except CkanError as error:
        assert error.status in (403, 404)
        return
    if shown["state"] == "active":
        assert len(shown["resources"]) == tables
        assert all(one["datastore_active"] for one in shown["resources"])
        assert all(one["hash"] == desk.file(one) for one in shown["resources"])


def publish_anew(desk: Desk, wanted: Wanted) -> None:
    """As `machidata publish`: what was interrupted is gone on with, then plan and apply."""
    with desk.session() as session:
        resume(session)
        prepared = bulk.planned(session, [wanted])
        applied = apply(session, prepared)
        assert [one.error for one in applied.outcomes if one.error] == []


def points(writes: int, notes: int, seed: int, few: int) -> list[tuple[str, int, bool]]:
    """Where to die: before and after every request, and before some of the notes."""
    found = [("requests", n + 1, after) for n in range(writes) for after in (False, True)]
    some = random.Random(seed).sample(range(notes), min(few, notes))  # noqa: S311
    found += [("notes", n + 1, False) for n in sorted(some)]
    return found if ALL else found[seed::4]


def killed(desk: Desk, wanted: Wanted, where: tuple[str, int, bool]) -> None:
    """One run that is killed there, and one that goes on."""
    kind, number, after = where
    at = At(number, after=after)
    prepare = at.requests if kind == "requests" else at.notes
    assert in_child(lambda: publish_anew(desk, wanted), prepare), where
    whole_or_hidden(desk, len(wanted.files))
    publish_anew(desk, wanted)
    with desk.session() as session:
        assert bulk.differences(session, wanted) == [], where
    assert [one["name"] for one in desk.datasets()] == [desk.name(ONE)], where


def test_a_first_publication_killed_anywhere_converges(desk: Desk) -> None:
    with desk.session() as session:
        wanted = bulk.first(desk, session)
    writes, notes = count(lambda: publish_anew(desk, wanted))
    assert writes == 6  # create, revise, two tables, their views, public
    expected = said(desk)
    for where in points(writes, notes, 1, 8):
        afresh(desk)
        killed(desk, wanted, where)
        assert said(desk) == expected, where


def afresh(desk: Desk) -> None:
    """The catalog and we know nothing of each other."""
    desk.forget()
    shutil.rmtree(desk.state)


def test_an_update_killed_anywhere_converges(desk: Desk) -> None:
    with desk.session() as session:
        wanted = bulk.first(desk, session)
        bulk.publish(session, wanted)
    ids = [one["id"] for one in desk.show()["resources"]]

    def changed(value: str) -> Wanted:
        other = bulk.with_value(wanted, "initiative", f"名 {value}")
        return bulk.with_value(other, "observation", value, column="値")

    writes, notes = count(lambda: publish_anew(desk, changed("0.5")))
    assert writes == 3  # revise, two tables
    expected = said(desk)
    for number, where in enumerate(points(writes, notes, 2, 5), 1):
        killed(desk, changed(f"{number}.5"), where)
        assert [one["id"] for one in desk.show()["resources"]] == ids
    publish_anew(desk, changed("0.5"))
    assert said(desk) == expected


def test_nobody_sees_a_part_of_a_new_dataset(each: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = each
    seen = []

    def watched(way: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            whole_or_hidden(desk, 2)
            seen.append(given[1])
            told = way(*given, **more)
            whole_or_hidden(desk, 2)
            return told

        return call

    with desk.session() as session:
        wanted = bulk.first(desk, session)
        monkeypatch.setattr(Client, "write", watched(Client.write))
        monkeypatch.setattr(Client, "send", watched(Client.send))
        bulk.publish(session, wanted)
        # and a deleted one that comes back with other data
        desk.admin.call("package_delete", id=desk.show()["id"])
        bulk.publish(session, bulk.with_value(wanted, "initiative", "別の名"))
    assert len(seen) >= 8
    assert desk.show()["private"] is False


def run_and_kill(desk: Desk, seconds: float) -> int:
    """`machidata publish` as a process of its own, killed after so many seconds."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "machidata", "publish", "--to", "desk"]
    process = subprocess.Popen(
        command,
        cwd=desk.root,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return process.wait()


def test_the_command_killed_at_random_moments_converges(desk: Desk, tmp_path: Path) -> None:
    desk.add(TWO)
    chance = random.Random(9)  # noqa: S311 - a repeatable test, no secret
    began = time.monotonic()
    killed_ = 0
    longest = 1.0
    for _ in range(40):
        code = run_and_kill(desk, chance.uniform(0.4, longest))
        longest = min(longest + 0.4, 6.0)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed_ += 1
        for package in (ONE, TWO):
            whole_or_hidden_of(desk, package)
    assert killed_ >= 2
    assert time.monotonic() - began < 300
    desk.publish()
    assert desk.run("verify")["differences"] == []
    assert sorted(one["name"] for one in desk.datasets()) == [desk.name(ONE), desk.name(TWO)]
    mark = desk.admin.mark()
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish()
    assert len(desk.admin.log(mark).of("package_revise")) == 1


def whole_or_hidden_of(desk: Desk, package: str) -> None:
    """As `whole_or_hidden`, of a package with all its five tables."""
    try:
        shown = desk.show(package, desk.admin.as_user("nobody", ""))
    except CkanError as error:
        assert error.status in (403, 404)
        return
    assert len(shown["resources"]) == 5
    assert all(one["datastore_active"] for one in shown["resources"])
