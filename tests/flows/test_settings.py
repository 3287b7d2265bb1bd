"""Settings, the temporary server's parts and outcomes: nothing here starts Prefect."""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from flows import configured, server, settings
from flows.outcome import Held, Outcome, is_unreachable, split
from pipelines.model import MachidataError

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("PREFECT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def test_telemetry_is_off_before_prefect_can_be_imported() -> None:
    code = "import flows, os, sys; print(os.environ['PREFECT_SERVER_ANALYTICS_ENABLED'],"
    code += "os.environ['DO_NOT_TRACK'], 'prefect' in sys.modules)"
    plain = {key: value for key, value in os.environ.items() if key != "DO_NOT_TRACK"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**plain, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["false", "1", "False"]


def test_what_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    monkeypatch.delenv("PREFECT_UI_ENABLED", raising=False)
    settings.apply({"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_UI_ENABLED": "false"})
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"
    assert os.environ["PREFECT_UI_ENABLED"] == "false"
    monkeypatch.delenv("PREFECT_UI_ENABLED")


def test_every_switch_is_one_that_prefect_knows() -> None:
    code = "from prefect.settings import Settings\n"
    code += "from prefect.settings.legacy import _get_settings_fields\n"
    code += "import sys\nknown = _get_settings_fields(Settings)\n"
    code += "print([name for name in sys.argv[1:] if name not in known])"
    names = [name for name in {**settings.PRIVATE, **settings.TEMPORARY} if name != "DO_NOT_TRACK"]
    done = subprocess.run(
        [sys.executable, "-c", code, *names], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_no_server_is_configured_in_a_new_home() -> None:
    assert not settings.user_has_server()


def test_a_configured_server_is_respected(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect" / "profiles.toml").write_text("")
    assert settings.user_has_server()
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "other"))
    assert not settings.user_has_server()
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    assert settings.user_has_server()


def test_a_proxy_is_not_asked_for_the_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "example.jp")
    monkeypatch.setenv("no_proxy", "")
    settings.bypass_proxy("127.0.0.1")
    settings.bypass_proxy("127.0.0.1")
    assert os.environ["NO_PROXY"] == "example.jp,127.0.0.1"
    assert os.environ["no_proxy"] == "127.0.0.1"


def test_the_template_is_of_this_version() -> None:
    assert server.template().name.startswith("prefect-3.")
    assert server.template().is_relative_to(sys.prefix)


def test_a_server_that_dies_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "server.log").write_text("first\nno such port\n")
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], stdin=-1)
    starting = server.Server(process, "http://127.0.0.1:9/api", tmp_path)
    with pytest.raises(MachidataError) as caught:
        starting.wait()
    assert (caught.value.code, caught.value.exit_code) == ("engine-failed", 3)
    assert caught.value.found == "no such port"
    process.wait()


def test_outcomes_are_split_in_the_order_of_names() -> None:
    first, second = (MachidataError(code, ja="", en="") for code in ("x", "y"))
    packages, failed = split([Outcome("b", error=second), Outcome("a", error=first)])
    assert packages == []
    assert list(failed.items()) == [("a", first), ("b", second)]


def test_only_what_may_come_back_is_tried_again() -> None:
    assert is_unreachable(MachidataError("catalog-busy", ja="", en="", exit_code=3))
    assert is_unreachable(ConnectionError())
    assert not is_unreachable(MachidataError("target-not-catalog", ja="", en=""))
    assert not is_unreachable(ValueError())


def test_what_is_held_is_the_same_thing() -> None:
    thing = object()
    assert Held(thing).thing is thing


def test_a_server_of_the_user_that_is_gone_is_said() -> None:
    settings.bypass_proxy(server.HOST)
    with pytest.raises(MachidataError) as caught:
        configured.reach(f"http://{server.HOST}:{server._free_port()}/api")
    assert (caught.value.code, caught.value.exit_code) == ("engine-unreachable", 3)
    with pytest.raises(MachidataError, match="engine-unreachable"):
        configured.reach("no address")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:abc/api", "ftp://x/api", "http://", "http://[::1", "file:///etc/hosts"],
)
def test_an_address_that_is_none_is_said(url: str) -> None:
    with pytest.raises(MachidataError) as caught:
        configured.reach(url)
    assert (caught.value.code, caught.value.exit_code) == ("engine-unreachable", 3)
    assert caught.value.where == f"PREFECT_API_URL={url}"
    assert caught.value.found


def test_a_password_is_not_repeated() -> None:
    error = configured.unreachable("https://town:secret@prefect.example.jp/api", OSError("gone"))
    assert error.where == "PREFECT_API_URL=https://prefect.example.jp/api"


def test_without_a_network_of_its_own_a_machine_has_no_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(*_: object, **__: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("socket.create_connection", absent)
    with pytest.raises(MachidataError) as caught, server.temporary_server():
        pass
    assert (caught.value.code, caught.value.exit_code) == ("engine-failed", 3)
    assert caught.value.found == "127.0.0.1: Network is unreachable"
    assert "machidata build" in caught.value.fix_en


def test_a_run_that_waits_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(server, "TELL", 0.1)
    monkeypatch.setattr(server, "PATIENCE", 0.6)
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=-1)
    told: list[int] = []
    port = server._free_port()
    with pytest.raises(MachidataError, match="engine-failed"):
        server.Server(process, f"http://127.0.0.1:{port}/api", tmp_path).wait(
            lambda: told.append(1)
        )
    process.kill()
    process.communicate()
    assert 3 <= len(told) <= 6


def test_any_answer_shows_that_the_server_is_there() -> None:
    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(401)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    settings.bypass_proxy(server.HOST)
    with HTTPServer((server.HOST, 0), Refusing) as there:
        Thread(target=there.handle_request, daemon=True).start()
        configured.reach(f"http://{server.HOST}:{there.server_port}/api/")
