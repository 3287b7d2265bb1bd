"""One Prefect server for all tests of the flows, and this process as its client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import flows  # noqa: F401 - sets telemetry off before Prefect is imported
from tests.cli.conftest import make_package
from tests.flows.pretending import CATALOG, TOKEN, Pretence
from tests.flows.serving import PrefectServer, prefect_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A server of this test run."""
    pytest.importorskip("prefect")
    with prefect_server(tmp_path_factory.mktemp("prefect")) as made:
        yield made


@pytest.fixture
def prefect(server: PrefectServer) -> Iterator[PrefectServer]:
    """The flows of this process run with the server, and keep what they keep in its folders."""
    from prefect.events.worker import EventsWorker
    from prefect.settings import (
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_HOME,
        PREFECT_LOCAL_STORAGE_PATH,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )

    with temporary_settings(
        {
            PREFECT_API_URL: server.url,
            PREFECT_HOME: server.clients,
            PREFECT_LOCAL_STORAGE_PATH: server.clients / "storage",
            PREFECT_LOGGING_TO_API_ENABLED: True,
            PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        }
    ):
        yield server
        EventsWorker.drain_all(timeout=10)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefect: PrefectServer) -> Path:
    make_package(tmp_path, "024465-one-plan")
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "catalogs" / "town.yaml").write_text(CATALOG, encoding="utf-8")
    monkeypatch.setenv("MACHIDATA_ROOT", str(tmp_path))
    monkeypatch.setenv("MACHIDATA_TOKEN_TOWN", TOKEN)
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    monkeypatch.delenv("MACHIDATA_STATE", raising=False)
    return tmp_path


@pytest.fixture
def pretence(town: Path, monkeypatch: pytest.MonkeyPatch) -> Pretence:
    from flows import catalogs

    made = Pretence()
    for name in ("opened", "prepare", "apply_plan", "verify"):
        monkeypatch.setattr(catalogs, name, getattr(made, name))
    monkeypatch.setattr(catalogs.make_plan, "retry_delay_seconds", [0, 0])
    return made
