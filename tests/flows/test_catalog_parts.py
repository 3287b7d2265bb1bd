"""The parts of the flows for a CKAN that need no Prefect server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import flows  # noqa: F401 - sets telemetry off before Prefect is imported
from pipelines.catalogs.file import CatalogFile, load_catalog
from pipelines.catalogs.keys import new_key
from pipelines.model import MachidataError
from pipelines.publish.applying.running import Applied, Outcome
from pipelines.publish.applying.verifying import Difference
from tests.publish.plan.sample import HOSTILE, sample

pytest.importorskip("prefect")

from flows import artifacts, hearing, plan_place, secrets
from flows.catalog_results import Carried, apply_incomplete
from pipelines.catalogs.publishing import Prepared
from pipelines.job import Step

DOCS = Path(__file__).parents[2] / "docs" / "catalogs.md"
TOWN = CatalogFile(name="town", url="https://catalog.example")
PREPARED = Prepared(sample(), {}, {}, {})


@pytest.mark.parametrize(
    ("name", "url", "key"),
    [
        ("town", "https://catalog.example", "plan-town"),
        ("town_2", "https://catalog.example", "plan-catalog-example-"),
        ("https://catalog.example/a", "https://catalog.example/a", "plan-catalog-example-a-"),
        ("https://例え.jp", "https://例え.jp", "plan-jp-"),
    ],
)
def test_keys_are_what_prefect_takes_and_stay_the_same(name: str, url: str, key: str) -> None:
    catalog = CatalogFile(name=name, url=url)
    made = plan_place.artifact_key("plan", catalog)
    assert made == plan_place.artifact_key("plan", catalog)
    assert made == key or (made.startswith(key) and len(made) == len(key) + 8)
    assert re.fullmatch(r"[a-z0-9-]+", made)


def test_two_catalogs_have_two_keys() -> None:
    names = ("town_2", "town-2", "https://a.example", "https://b.example")
    made = [
        plan_place.artifact_key("plan", CatalogFile(name=name, url=f"https://{n}.example"))
        for n, name in enumerate(names)
    ]
    assert len(set(made)) == len(names)


def test_plans_stand_in_out_and_never_among_the_packages(tmp_path: Path) -> None:
    (tmp_path / "datapackages").mkdir()
    assert plan_place.plan_file(tmp_path, TOWN) == tmp_path / "out/plans/town/plan.json"
    named = plan_place.plan_file(tmp_path, TOWN, str(tmp_path / "x"))
    assert named == tmp_path / "x/plan.json"
    with pytest.raises(MachidataError, match="out-in-packages"):
        plan_place.plan_file(tmp_path, TOWN, str(tmp_path / "datapackages/x"))


def test_the_environment_goes_before_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def block(name: str) -> str:
        asked.append(name)
        return "of-the-block"

    monkeypatch.setattr(secrets, "_secret", block)
    assert secrets.token_of("MACHIDATA_X", {"MACHIDATA_X": " here\n"}).reveal() == "here"
    assert asked == []
    assert secrets.token_of("MACHIDATA_X", {"MACHIDATA_X": " "}).reveal() == "of-the-block"
    assert asked == ["machidata-x"]


@pytest.mark.parametrize("value", ["with blank", "秘密の値", "a\nb"])
def test_a_bad_token_is_said_and_not_repeated(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(secrets, "_secret", lambda name: value)
    for environ in ({"MACHIDATA_X": value}, {}):
        with pytest.raises(MachidataError, match="token-invalid") as caught:
            secrets.token_of("MACHIDATA_X", environ)
        assert "x" in caught.value.where.lower()
        assert value not in f"{caught.value} {caught.value.where} {caught.value.found}"


@pytest.mark.parametrize("value", [{"a": 1}, ["x"], 3, None, ""])
def test_a_block_that_holds_no_text_is_none(monkeypatch: pytest.MonkeyPatch, value: Any) -> None:
    from prefect.blocks.system import Secret

    class Block:
        def get(self) -> Any:
            return value

    monkeypatch.setattr(Secret, "load", lambda name, _sync: Block())
    with pytest.raises(MachidataError, match="token-missing"):
        secrets.token_of("MACHIDATA_X", {})


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_catalog_says_is_no_markdown(text: str) -> None:
    refused = MachidataError("catalog-refused", ja=text, en=text, where=text, found=text)
    outcomes = (Outcome(text, "create", "1", refused, True), Outcome("b", "update", "2"))
    found = (Difference(text, text, text, text, {text: text}, True),)
    catalog = CatalogFile(name=text, url="https://catalog.example")
    made = artifacts.applied_markdown(catalog, Carried(PREPARED, Applied("1", outcomes), found))
    for line in made.splitlines():
        assert re.match(r"#{2,3} |\s*- |$", line)
    assert not re.search(r"<|\]\(|`|\x1b|\u202e|@\w|://", made)
    assert "|" not in made


def test_an_artifact_has_an_end() -> None:
    found = tuple(Difference(f"p{n}", "", "ttl", "x" * 70, "y", False) for n in range(2_000))
    made = artifacts.applied_markdown(TOWN, Carried(PREPARED, Applied("1"), found))
    assert len(made) <= artifacts.LONGEST
    assert made.endswith("\n- …\n")
    assert all(line.count("≠") == 1 for line in made.splitlines() if "xxx" in line)


def test_what_an_interrupted_apply_says() -> None:
    gone = MachidataError("catalog-unreachable", ja="", en="", exit_code=3)
    done = Carried(PREPARED, Applied("1", (Outcome("a", "update", "1", gone),), open=True))
    assert artifacts.verified_lines(done) == ["–"]
    error = apply_incomplete(done)
    assert (error.where, error.found, error.exit_code) == ("a", "catalog-unreachable", 3)
    undone = Carried(PREPARED, Applied("1", (Outcome("a", "update", "1", gone, True),)))
    assert apply_incomplete(undone).fix_en != error.fix_en


def test_only_who_listens_hears() -> None:
    hearing.tell_result("nobody")
    told: list[Step] = []
    with hearing.hearing(told.append) as outer:
        with hearing.hearing(told.append) as inner:
            hearing.tell_result("inner")
        hearing.tell_result("outer")
    hearing.tell_result("nobody")
    assert (inner.result, outer.result) == ("inner", "outer")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


def test_the_documented_schedule_can_be_deployed() -> None:
    """The example's flows are served with its own words, but nothing waits for a schedule."""
    from prefect.deployments.runner import RunnerDeployment

    (example,) = blocks("python")
    served: list[RunnerDeployment] = []

    def keep(*deployments: RunnerDeployment) -> None:
        served.extend(deployments)

    code = compile(example.replace("from prefect import serve\n", ""), DOCS.name, "exec")
    exec(code, {"__name__": "__main__", "serve": keep})  # noqa: S102 - our own page
    assert [one.flow_name for one in served] == ["plan-catalog", "apply-catalog"]
    plan, apply = served
    assert plan.parameters == apply.parameters == {"to": "aoimori"}
    assert [(one.schedule.cron, one.schedule.timezone) for one in plan.schedules or []] == [
        ("0 6 * * 1-5", "Asia/Tokyo")
    ]
    assert not apply.schedules
    assert apply.concurrency_limit == 1


def test_the_documented_catalog_file_asks_for_approval(tmp_path: Path) -> None:
    """As it stands it is refused: an example's key would be one that others can sign for."""
    (example,) = [one for one in blocks("yaml") if "approvers" in one]
    file = tmp_path / "catalogs" / "aoimori.yaml"
    file.parent.mkdir()
    file.write_text(example, encoding="utf-8")
    with pytest.raises(MachidataError, match="catalog-invalid"):
        load_catalog(tmp_path, "aoimori")
    public, _ = new_key()
    file.write_text(re.sub('課長: ".*"', f'課長: "{public}"', example), encoding="utf-8")
    catalog = load_catalog(tmp_path, "aoimori")
    assert (catalog.approval, catalog.approvers) == (True, {"課長": public})
    assert secrets.block_name(catalog.token) in DOCS.read_text("utf-8")
