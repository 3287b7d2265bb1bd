"""A run: each dataset by itself, failures undone, interruptions gone on with."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from pipelines.model import MachidataError
from tests.publish.applying.test_any_sequence import nth, picture
from tests.publish.house import House, changed, csv, ids, wanted, wanted_file
from tests.publish.pretend_ckan import Killed

PLAN, KPI = wanted_file("plan", csv({"a": 1})), wanted_file("kpi", csv({"a": 1}))
NEW = wanted_file("plan", csv({"a": 2, "b": 3}))
ONE = wanted("one", PLAN, KPI)
TWO = wanted("two", wanted_file("plan", csv({"z": 9}), "two"))
CHANGED = changed(ONE, wanted_file("goal", csv({})), NEW, notes="新")
BOTH = ("one", "two")


@pytest.fixture
def published(house: House) -> House:
    house.want(ONE)
    house.apply()
    house.ckan.writes.clear()
    return house


def actions(house: House) -> list[str]:
    return [action for action, _ in house.ckan.writes]


def test_a_dataset_becomes_public_when_all_of_it_is_in(house: House) -> None:
    seen = []

    def look(action: str) -> str:
        seen.append((action, house.ckan.shown("one").get("private")))
        return ""

    house.ckan.fault = look
    house.want(ONE)
    house.apply()
    assert seen == [
        ("package_create", None),
        ("package_revise", True),
        ("datastore_create", True),
        ("datastore_create", True),
        ("package_create_default_resource_views", True),
        ("package_revise", True),
    ]
    assert house.ckan.shown("one")["private"] is False


def test_a_catalog_without_views_gets_the_dataset_all_the_same(house: House) -> None:
    house.ckan.fault = lambda action: "refused" if "views" in action else ""
    house.want(ONE)
    assert house.apply().exit_code == 0
    assert house.ckan.shown("one")["private"] is False


def test_a_dataset_that_shall_be_private_stays_so(house: House) -> None:
    house.want(changed(ONE, private=True))
    house.apply()
    assert house.ckan.shown("one")["private"] is True
    assert not house.plan()[0].changes


def test_the_second_publication_writes_nothing(published: House) -> None:
    applied = published.apply()
    assert (applied.run, applied.outcomes, applied.exit_code) == ("", (), 0)
    assert actions(published) == []
    assert len(list((published.state / "runs").iterdir())) == 1


def test_one_value_is_one_revise_and_one_row(published: House) -> None:
    published.want(changed(ONE, wanted_file("plan", csv({"a": 2})), KPI))
    published.apply()
    assert actions(published) == ["package_revise", "datastore_upsert"]
    assert len(published.ckan.writes[1][1]["records"]) == 1


def test_unchanged_files_keep_their_date(published: House) -> None:
    before = published.ckan.shown("one")["resources"][1]
    published.want(changed(ONE, NEW, KPI))
    published.apply()
    after = published.ckan.shown("one")["resources"][1]
    assert before == after


@pytest.mark.parametrize("kind", ["before", "after"])
@pytest.mark.parametrize("number", range(6))
def test_an_answer_that_got_lost_changes_nothing(house: House, number: int, kind: str) -> None:
    house.want(ONE)
    house.ckan.fault = nth(number, kind)
    applied = house.apply()
    assert applied.exit_code == 0
    assert not house.plan()[0].changes
    assert len(house.ckan.datasets) == 1


@pytest.mark.parametrize("want", [(ONE, TWO), (CHANGED, TWO), (CHANGED,), (), (TWO,)])
@pytest.mark.parametrize("number", range(6))
def test_a_refusal_undoes_its_dataset_and_stops_no_other(
    published: House, want: tuple[Any, ...], number: int
) -> None:
    published.want(*want)
    before = {name: picture(published.ckan, name) for name in BOTH}
    published.ckan.fault = nth(number, "refused")
    applied = published.apply()
    failed = [one for one in applied.outcomes if one.error]
    assert not applied.open
    for one in failed:
        assert one.undone
        assert one.error
        assert one.error.code == "catalog-refused"
        assert picture(published.ckan, one.package) == before[one.package]
    left = {one.name for one in published.plan()[0].datasets if one.changes}
    assert left == {one.package for one in failed}
    published.ckan.fault = nth(0)
    assert published.apply().exit_code == 0
    assert not published.plan()[0].changes


@pytest.mark.parametrize("want", [(CHANGED, TWO), (TWO,)])
@pytest.mark.parametrize("kind", ["kill-before", "kill-after", "down-before", "down-after"])
@pytest.mark.parametrize("number", range(9))
def test_an_interrupted_run_is_gone_on_with(
    published: House, want: tuple[Any, ...], kind: str, number: int
) -> None:
    one_id = ids(published.ckan.shown("one"))
    published.want(*want)
    before = {name: picture(published.ckan, name) for name in BOTH}
    published.ckan.fault = nth(number, kind)
    with contextlib.suppress(Killed):
        published.apply()
    published.ckan.fault, published.ckan.down = nth(0), False
    published.resume()
    assert published.open_run() is None
    for one in published.plan()[0].datasets:
        if one.changes:
            assert picture(published.ckan, one.name) == before[one.name]
    assert published.apply().exit_code == 0
    assert not published.plan()[0].changes
    shown = published.ckan.shown("one")
    assert shown["id"] == one_id[0]
    assert set(one_id[1:]) <= set(ids(shown)[1:])


def test_somebody_edits_between_plan_and_apply(published: House) -> None:
    published.want(changed(ONE, NEW, KPI))
    plan, planned = published.plan()
    published.ckan.edit("one", notes="手で直した")
    applied = published.carry_out(plan, planned)
    assert [one.error and one.error.code for one in applied.outcomes] == ["catalog-moved"]
    assert applied.outcomes[0].undone
    assert published.ckan.shown("one")["notes"] == "手で直した"
    assert actions(published) == []


def test_somebody_uploads_between_plan_and_apply(published: House) -> None:
    published.want(changed(ONE, NEW, KPI))
    plan, planned = published.plan()
    id_ = published.ckan.shown("one")["resources"][0]["id"]
    published.ckan.edit_resource(id_, data=b"theirs")
    applied = published.carry_out(plan, planned)
    assert [one.error and one.error.code for one in applied.outcomes] == ["catalog-moved"]
    assert published.ckan.files[id_] == b"theirs"
    assert actions(published) == []
    assert published.open_run() is None


def test_somebody_takes_the_name_between_plan_and_apply(house: House) -> None:
    house.want(ONE)
    plan, planned = house.plan()
    house.ckan._package_create(files={}, name="one", title="別", owner_org="organization-1")
    applied = house.carry_out(plan, planned)
    assert [one.error and one.error.code for one in applied.outcomes] == ["catalog-moved"]
    shown = house.ckan.shown("one")
    assert (shown["title"], shown["state"]) == ("別", "active"), "it is somebody's work"


def test_somebody_edits_while_the_run_is_interrupted(published: House) -> None:
    published.want(changed(ONE, NEW, KPI))
    published.ckan.fault = nth(0, "kill-before")
    with pytest.raises(Killed):
        published.apply()
    published.ckan.fault = nth(0)
    published.ckan.edit("one", notes="手で直した")
    applied = published.resume()
    assert applied
    assert [one.error and one.error.code for one in applied.outcomes] == ["catalog-moved"]
    assert published.open_run() is None
    assert published.ckan.shown("one")["notes"] == "手で直した"


def test_a_full_disk_writes_nothing_there(
    published: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.publish.applying import journal

    published.want(CHANGED)
    plan, planned = published.plan()
    before = picture(published.ckan, "one")

    def full(path: Any, data: bytes) -> None:
        with journal.writing(path):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal, "write_for_good", full)
    with pytest.raises(MachidataError) as error:
        published.carry_out(plan, planned)
    assert error.value.code == "journal-unwritable"
    assert picture(published.ckan, "one") == before
    assert actions(published) == []


def test_what_is_read_back_wrong_is_undone(published: House) -> None:
    published.want(CHANGED)
    before = picture(published.ckan, "one")
    fetch = published.ckan.fetch

    def lies(path: str) -> Any:
        found = fetch(path)
        return found if path.endswith(".ttl") else type(found)(200, b"other", found.media, path)

    plan, planned = published.plan()
    kept = published.ckan.files.copy()
    published.ckan.fault = lambda action: (setattr(published.ckan, "fetch", lies), "")[1]
    applied = published.carry_out(plan, planned)
    published.ckan.fetch = fetch  # type: ignore[method-assign]
    published.ckan.fault = nth(0)
    assert [one.error and one.error.code for one in applied.outcomes] == ["verify-failed"]
    assert applied.outcomes[0].undone
    assert picture(published.ckan, "one") == before
    assert {key: published.ckan.files[key] for key in kept} == kept
    assert applied.exit_code == 3


def test_several_workers_come_to_the_same(house: House) -> None:
    names = [f"d{number}" for number in range(6)]
    house.want(*(wanted(n, wanted_file("plan", csv({"a": 1}), n)) for n in names))
    plan, planned = house.plan()
    from dataclasses import replace

    from pipelines.publish.applying.journal import new_run
    from pipelines.publish.applying.running import start
    from pipelines.publish.plan.files import digest, plan_bytes

    work = replace(house.work(new_run(house.state, plan_bytes(plan), digest(plan))), workers=4)
    applied = start(work, list(planned.values()), {}, house.blobs())
    assert [one.package for one in applied.outcomes] == names
    assert applied.exit_code == 0
    assert not house.plan()[0].changes


def test_the_journal_holds_no_token_and_says_what_was_done(published: House) -> None:
    published.want(CHANGED)
    published.apply()
    run = sorted((published.state / "runs").iterdir())[-1]
    lines = (run / "events.jsonl").read_text("utf-8")
    for step in ("started", "begun", "revised", "stored", "done", "finished"):
        assert f'"step": "{step}"' in lines
    assert (run / "plan.json").is_file()
