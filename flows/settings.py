"""How Prefect is set here: nothing is sent to anyone, and nothing is started that a run does not
need. Only what the user has not set; import this before Prefect.

What each switch is worth is printed by `benchmarks/flow_start.py`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

PRIVATE: Mapping[str, str] = {
    # usage statistics of the server (sent even under DO_NOT_TRACK) and of the client
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
}

_SERVICES = (
    "CANCELLATION_CLEANUP",
    "EVENT_LOGGER",
    "EVENT_PERSISTER",
    "FOREMAN",
    "LATE_RUNS",
    "PAUSE_EXPIRATIONS",
    "REPOSSESSOR",
    "SCHEDULER",
    "TASK_RUN_RECORDER",
    "TRIGGERS",
)

TEMPORARY: Mapping[str, str] = {
    # a server that lives for one run: no pages, blocks, schedules, triggers or kept events
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
    # nobody can read its log after the run; our own progress says what happens
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _SERVICES},
}


def user_has_server() -> bool:
    """True when the user may have configured a Prefect server; then Prefect decides."""
    if os.environ.get("PREFECT_API_URL") or os.environ.get("PREFECT_PROFILE"):
        return True
    home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
    return (home / "profiles.toml").is_file() or Path("prefect.toml").is_file()


def apply(settings: Mapping[str, str]) -> None:
    """Sets environment variables that are not set yet."""
    for name, value in settings.items():
        os.environ.setdefault(name, value)


def bypass_proxy(host: str) -> None:
    """Requests to `host` go straight there, whatever proxy the user has."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [one for one in os.environ.get(name, "").split(",") if one]
        if host not in hosts:
            os.environ[name] = ",".join([*hosts, host])
