"""CKAN in an environment of its own, and the Debian packages that it needs."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .places import LATEST, StationError, home, venv

# The last release of each series that its makers look after.
RELEASES = {"2.12": "2.12.0", "2.11": "2.11.6", "2.10": "2.10.11"}
# What must be there → the Debian package that brings it. psycopg2 is compiled, hence the last two.
PROGRAMS = {"redis-server": "redis-server", "gcc": "gcc", "pg_config": "libpq-dev"}
LIBRARIES = {"libmagic.so.1": "libmagic1", "libpq.so": "libpq-dev"}


def requirements(version: str) -> tuple[str, ...]:
    """What is installed for a series of CKAN."""
    return (
        # without [requirements] CKAN brings almost nothing of what it imports
        f"ckan[requirements]=={RELEASES[version]}",
        "ckanext-dcat==2.4.4",
        "ckanext-scheming==3.1.0",
        "gunicorn==27.0.1",
    )


def postgres_programs() -> Path | None:
    """The folder of PostgreSQL's programs: Debian's newest, or where `postgres` is found."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[-3])
    )
    found = str(debian[-1]) if debian else shutil.which("postgres")
    return Path(found).resolve().parent if found else None


def missing_packages() -> list[str]:
    """The Debian packages that are not there yet."""
    missing = {package for program, package in PROGRAMS.items() if not shutil.which(program)}
    libraries = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False
    ).stdout
    missing |= {package for name, package in LIBRARIES.items() if name not in libraries}
    if not postgres_programs():
        missing.add("postgresql")
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        missing.add(f"python3.{sys.version_info.minor}-dev")
    return sorted(missing)


def installed(version: str = LATEST) -> bool:
    """Whether everything is there in these very versions."""
    return (
        venv_ready(version)
        and postgres_programs() is not None
        and bool(shutil.which("redis-server"))
    )


def venv_ready(version: str) -> bool:
    """Whether CKAN's environment was finished with today's requirements."""
    stamp = _stamp(version)
    return stamp.exists() and stamp.read_text("utf-8") == "\n".join(requirements(version))


def install(version: str = LATEST, seconds: float = 1200) -> None:
    """Whatever is missing; StationError says what cannot be installed here, or not in that time."""
    until = time.monotonic() + seconds
    with _alone(until):
        if not installed(version):
            _install_packages(missing_packages(), until)
        if not venv_ready(version):
            _install_ckan(version, until)


@contextmanager
def _alone(until: float) -> Iterator[None]:
    """Waits while somebody else installs into the same folder."""
    home().mkdir(parents=True, exist_ok=True)
    with (home() / "installing.lock").open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise StationError("somebody else installs into the same folder") from None
                time.sleep(0.5)
        yield


def _install_packages(packages: list[str], until: float) -> None:
    if not packages:
        return
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise StationError(f"missing: {names} (as root: apt-get install {names})")
    # RUNLEVEL=1 keeps the packages from starting servers of the system: ours are started by us
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    _apt(["update"], until, quiet)
    _apt(["install", "-y", "--no-install-recommends", *packages], until, quiet)


def _apt(command: list[str], until: float, environment: dict[str, str]) -> None:
    """One command of apt's; another one on the same machine is waited for."""
    while True:
        try:
            _run(["apt-get", "-qq", *command], until, environment)
            return
        except StationError as error:
            if "lock" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(2)


def _install_ckan(version: str, until: float) -> None:
    _run([sys.executable, "-m", "venv", "--clear", str(venv(version))], until)
    python = str(venv(version) / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    _run([*pip, *requirements(version)], until)
    _stamp(version).write_text("\n".join(requirements(version)), encoding="utf-8")


def _stamp(version: str) -> Path:
    return venv(version) / ".installed"


def _run(command: list[str], until: float, environment: dict[str, str] | None = None) -> None:
    shown = " ".join(command[:4])
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        told, _ = process.communicate(timeout=max(1.0, until - time.monotonic()))
    except BaseException as error:
        # with all that it started: a compiler, a download
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise StationError(f"{shown} … took too long") from error
        raise
    if process.returncode:
        end = "\n".join(told.splitlines()[-15:])
        raise StationError(f"{shown} … failed:\n{end}")
