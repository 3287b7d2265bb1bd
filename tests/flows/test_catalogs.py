"""plan-catalog and apply-catalog on a real Prefect server; the CKAN is a pretence here, a real one
is in tests/ckan/test_flows.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import flows  # noqa: F401 - sets telemetry off before Prefect is imported

catalogs = pytest.importorskip("flows.catalogs")

from flows.hearing import IncompleteError, hearing  # noqa: E402
from pipelines.catalogs.approval import approve  # noqa: E402
from pipelines.catalogs.file import load_catalog  # noqa: E402
from pipelines.catalogs.keys import encoded  # noqa: E402
from pipelines.catalogs.plan_files import write_approval  # noqa: E402
from pipelines.catalogs.publishing import Request  # noqa: E402
from pipelines.catalogs.session import state_folder  # noqa: E402
from pipelines.job import Step  # noqa: E402
from pipelines.model import MachidataError  # noqa: E402
from pipelines.publish.applying.journal import one_at_a_time  # noqa: E402
from pipelines.publish.applying.running import Outcome  # noqa: E402
from pipelines.publish.applying.verifying import Difference  # noqa: E402
from pipelines.publish.plan.files import load_plan, plan_bytes  # noqa: E402
from pipelines.publish.plan.markdown import plan_markdown  # noqa: E402
from pipelines.publish.plan.model import Plan  # noqa: E402
from tests.flows.pretending import FULL, GONE, MAYOR, PLAN, STRANGER, TOKEN, Pretence  # noqa: E402
from tests.flows.serving import PrefectServer  # noqa: E402

pytestmark = pytest.mark.slow


def store(town: Path, approval: bytes | None, plan: Plan = PLAN) -> Path:
    file = town / "out/plans/town/plan.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(plan_bytes(plan))
    if approval is not None:
        write_approval(file, approval)
    return file


def ends(prefect: PrefectServer, call: Callable[[], object], code: str) -> MachidataError:
    """The error of a call whose flow run has failed with it."""
    with pytest.raises(MachidataError) as caught:
        call()
    run = prefect.last_run()
    assert (caught.value.code, run["state_type"]) == (code, "FAILED")
    assert code in run["state"]["message"]
    return caught.value


def test_the_plan_is_an_artifact_and_on_the_disk(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    steps: list[Step] = []
    with hearing(steps.append) as heard:
        planned = catalogs.plan_catalog("town").thing
    run = prefect.last_run()
    assert (run["state_type"], run["name"]) == ("COMPLETED", "town: 公開を計画する")
    artifact = prefect.artifacts("plan-town")[-1]
    assert (artifact["type"], artifact["flow_run_id"]) == ("markdown", run["id"])
    assert artifact["data"] == plan_markdown(PLAN, "ja")
    folder = town / "out/plans/town"
    assert sorted(one.name for one in folder.iterdir()) == ["plan.html", "plan.json", "plan.md"]
    assert (folder / "plan.md").read_text("utf-8") == artifact["data"]
    assert load_plan((folder / "plan.json").read_bytes()) == PLAN
    assert heard.result == planned
    assert [step.stage for step in steps] == ["plan"]
    assert pretence.tokens == [TOKEN]


def test_the_same_plan_comes_under_the_same_key(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    before = len(prefect.artifacts("plan-town"))
    for folder in ("a", "b"):
        catalogs.plan_catalog("ckan:https://catalog.example", (), str(town / folder))
    found = prefect.artifacts("plan-town")[before:]
    assert len(found) == 2
    assert found[0]["data"] == found[1]["data"]
    for name in ("plan.json", "plan.md", "plan.html"):
        assert (town / "a" / name).read_bytes() == (town / "b" / name).read_bytes()


def test_a_plan_that_somebody_must_decide_on_fails_and_can_be_seen(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    pretence.plan = FULL
    pretence.failed = {"999-x": MachidataError("source-missing", ja="無い", en="none", exit_code=3)}
    with hearing(lambda step: None) as heard:
        error = ends(prefect, lambda: catalogs.plan_catalog("town"), "plan-incomplete")
    assert isinstance(error, IncompleteError)
    assert (error.where, error.found) == ("022055-dx-plan, 999-x", "source-missing")
    assert error.exit_code == heard.result.prepared.exit_code == 3
    assert prefect.artifacts("plan-town")[-1]["data"] == plan_markdown(FULL, "ja")


def test_planning_is_tried_again_when_the_catalog_was_away(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    pretence.errors = [GONE, GONE]
    catalogs.plan_catalog("town")
    assert pretence.asked == ["prepare"] * 3
    assert prefect.last_run()["state_type"] == "COMPLETED"
    pretence.errors = [MachidataError("catalog-organization", ja="無い", en="none")]
    ends(prefect, lambda: catalogs.plan_catalog("town"), "catalog-organization")
    assert pretence.asked == ["prepare"] * 4


OTHER = replace(PLAN, notes=(("別", "other"),))


@pytest.mark.parametrize(
    ("approval", "code"),
    [
        (None, "approval-missing"),
        (b"{}", "approval-invalid"),
        (approve(PLAN, "mayor", STRANGER), "approval-invalid"),
        (approve(PLAN, "stranger", STRANGER), "approval-invalid"),
        (approve(OTHER, "mayor", MAYOR), "approval-invalid"),
    ],
    ids=["none", "no form", "wrong signature", "unknown approver", "another plan's"],
)
def test_without_a_good_approval_nothing_is_applied(
    town: Path, pretence: Pretence, prefect: PrefectServer, approval: bytes | None, code: str
) -> None:
    store(town, approval)
    ends(prefect, lambda: catalogs.apply_catalog("town"), code)
    assert pretence.asked == pretence.tokens == []


def test_a_plan_that_was_changed_after_the_signature(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    file = store(town, approve(PLAN, "mayor", MAYOR))
    file.write_bytes(file.read_bytes().replace(b'"create"', b'"update"', 1))
    ends(prefect, lambda: catalogs.apply_catalog("town"), "plan-changed")
    assert pretence.asked == []


def test_an_approved_plan_is_applied_read_back_and_told(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    file = store(town, approve(PLAN, "mayor", MAYOR))
    done = catalogs.apply_catalog("town", str(file)).thing
    assert pretence.asked == ["apply", "verify"]
    assert done.exit_code == 0
    run = prefect.last_run()
    assert run["state_type"] == "COMPLETED"
    artifact = prefect.artifacts("applied-town")[-1]
    assert artifact["flow_run_id"] == run["id"]
    assert "024465-dx-plan" in artifact["data"]
    assert "公開しました" in artifact["data"] and "あるべき姿のとおり" in artifact["data"]
    assert (file.parent / "plan.applied.md").read_text("utf-8") == artifact["data"]
    assert ["apply-town"] in prefect.tags(run)


def test_an_interrupted_apply_fails_at_once_and_says_how_to_go_on(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    store(town, approve(PLAN, "mayor", MAYOR))
    pretence.outcomes = (Outcome(PLAN.datasets[0].name, "create", "id-1", GONE),)
    pretence.open = True
    error = ends(prefect, lambda: catalogs.apply_catalog("town"), "apply-incomplete")
    assert pretence.asked == ["apply"]
    assert (error.found, error.exit_code) == ("catalog-unreachable", 3)
    assert "続け" in error.fix_ja
    data = prefect.artifacts("applied-town")[-1]["data"]
    assert "途中で止まりました" in data and "catalog-unreachable" in data
    # the next run goes on
    pretence.outcomes, pretence.open = Pretence().outcomes, False
    assert catalogs.apply_catalog("town").thing.exit_code == 0


def test_an_apply_that_finds_no_catalog_is_not_tried_again_by_prefect(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    store(town, approve(PLAN, "mayor", MAYOR))
    pretence.errors = [GONE]
    ends(prefect, lambda: catalogs.apply_catalog("town"), "catalog-unreachable")
    assert pretence.asked == ["apply"]


def test_a_failed_dataset_fails_the_run_and_is_told_once(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    store(town, approve(PLAN, "mayor", MAYOR))
    refused = MachidataError("catalog-refused", ja="拒否", en="refused")
    good, bad = Outcome("a-plan", "update", "1"), Outcome("b-plan", "create", "2", refused, True)
    pretence.outcomes = (good, bad)
    pretence.differences = [
        Difference("b-plan", "", "dataset", "b-plan", None, True),
        Difference("a-plan", "", "ttl", "x", "y", False),
    ]
    with hearing(lambda step: None) as heard:
        error = ends(prefect, lambda: catalogs.apply_catalog("town"), "apply-incomplete")
    assert (error.where, error.found, error.exit_code) == ("b-plan", "catalog-refused", 2)
    assert [one.dataset for one in heard.result.differences] == ["a-plan"]


def test_data_that_differ_fail_the_run_and_other_words_do_not(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    store(town, approve(PLAN, "mayor", MAYOR))
    pretence.differences = [Difference("a-plan", "", "ttl", "x", "y", False)]
    assert catalogs.apply_catalog("town").thing.exit_code == 0
    pretence.differences = [Difference("a-plan", "term", "rows", 7, 6, True)]
    error = ends(prefect, lambda: catalogs.apply_catalog("town"), "apply-incomplete")
    assert (error.where, error.exit_code) == ("a-plan", 1)
    assert "7 ≠ 6" in prefect.artifacts("applied-town")[-1]["data"]


def test_a_catalog_that_is_away_when_it_is_read_back(
    town: Path, pretence: Pretence, prefect: PrefectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogs.read_back, "retry_delay_seconds", [0, 0])
    store(town, approve(PLAN, "mayor", MAYOR))

    def away(session: object, request: Request) -> list[Difference]:
        pretence.asked.append("verify")
        raise GONE

    monkeypatch.setattr(catalogs, "verify", away)
    error = ends(prefect, lambda: catalogs.apply_catalog("town"), "apply-incomplete")
    assert pretence.asked == ["apply", "verify", "verify", "verify"]
    assert (error.found, error.exit_code) == ("catalog-unreachable", 3)
    data = prefect.artifacts("applied-town")[-1]["data"]
    assert "公開しました" in data and "catalog-unreachable" in data


def test_two_at_once_are_one_and_a_clear_error(
    town: Path, prefect: PrefectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(town, approve(PLAN, "mayor", MAYOR))
    with one_at_a_time(state_folder(town, load_catalog(town, "town"))):
        error = ends(prefect, lambda: catalogs.apply_catalog("town"), "catalog-busy")
    assert error.exit_code == 3


def test_the_token_of_a_secret_block_is_used_where_the_environment_has_none(
    town: Path, pretence: Pretence, prefect: PrefectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.blocks.system import Secret

    monkeypatch.delenv("MACHIDATA_TOKEN_TOWN")
    error = ends(prefect, lambda: catalogs.plan_catalog("town"), "token-missing")
    assert "machidata-token-town" in error.en and "MACHIDATA_TOKEN_TOWN" in error.en
    secret = "eyJhbGciOiJIUzI1NiJ9.a-token-in-a-block"  # noqa: S105
    document: Any = Secret(value=secret)
    document.save("machidata-token-town", overwrite=True)
    catalogs.plan_catalog("town")
    store_file = town / "out/plans/town/plan.json"
    write_approval(store_file, approve(PLAN, "mayor", MAYOR))
    catalogs.apply_catalog("town")
    assert pretence.tokens == [secret] * 3
    assert prefect.files_with(secret) == []
    monkeypatch.setenv("MACHIDATA_TOKEN_TOWN", TOKEN)
    catalogs.plan_catalog("town")
    assert pretence.tokens[-1] == TOKEN


def test_no_secret_is_in_the_servers_files_in_a_log_or_beside_the_plan(
    town: Path, pretence: Pretence, prefect: PrefectServer
) -> None:
    catalogs.plan_catalog("town")
    file = town / "out/plans/town/plan.json"
    write_approval(file, approve(PLAN, "mayor", MAYOR))
    catalogs.apply_catalog("town")
    pretence.errors = [MachidataError("plan-moved", ja="変わりました", en="moved")]
    ends(prefect, lambda: catalogs.apply_catalog("town"), "plan-moved")
    from prefect.logging.handlers import APILogHandler

    APILogHandler().flush()
    assert prefect.tags(prefect.last_run())
    logs = " ".join(one["message"] for one in prefect.ask("logs"))
    assert "公開先を読み、計画する" in logs and "plan-moved" in logs
    assert {"run.db", "run.db-wal"} & set(prefect.files_with("apply-town"))
    for secret in (TOKEN, TOKEN[21:], encoded(bytes([1]) * 32)):
        assert prefect.files_with(secret) == []
        assert not any(secret.encode() in one.read_bytes() for one in file.parent.iterdir())


def test_no_parameter_of_a_flow_is_a_secret() -> None:
    names = {
        name
        for flow in (catalogs.plan_catalog, catalogs.apply_catalog)
        for name in flow.parameters.properties
    }
    assert names == {"to", "names", "folder", "base", "drift", "plan"}


def test_what_reads_is_tried_again_and_what_writes_is_not() -> None:
    tried = {one.name: one.retries for one in (catalogs.make_plan, catalogs.read_back)}
    assert set(tried.values()) == {2}
    assert catalogs.carry_out.retries == 0
    assert (catalogs.plan_catalog.retries, catalogs.apply_catalog.retries) == (0, 0)
    for task in (catalogs.make_plan, catalogs.carry_out, catalogs.read_back):
        assert task.persist_result is False
