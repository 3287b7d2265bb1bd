"""CKAN in an environment of its own, and the Debian packages that it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .places import StationError, home, venv

REQUIREMENTS = (
    # without [requirements] CKAN brings almost nothing of what it imports
    "ckan[requirements]==2.12.0",
    "ckanext-dcat==2.4.4",
    "ckanext-scheming==3.1.0",
    "gunicorn==27.0.1",
)
# What must be there → the Debian package that brings it. psycopg2 is compiled, hence the last two.
PROGRAMS = {"redis-server": "redis-server", "gcc": "gcc", "pg_config": "libpq-dev"}
LIBRARIES = {"libmagic.so.1": "libmagic1", "libpq.so": "libpq-dev"}


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


def installed() -> bool:
    """Whether everything is there in these very versions."""
    return venv_ready() and postgres_programs() is not None and bool(shutil.which("redis-server"))


def venv_ready() -> bool:
    """Whether CKAN's environment was finished with today's requirements."""
    stamp = _stamp()
    return stamp.exists() and stamp.read_text("utf-8") == "\n".join(REQUIREMENTS)


def install() -> None:
    """Whatever is missing; StationError says what cannot be installed here."""
    if not venv_ready() or not installed():
        _install_packages(missing_packages())
    if not venv_ready():
        _install_ckan()


def _install_packages(packages: list[str]) -> None:
    if not packages:
        return
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise StationError(f"missing: {names} (as root: apt-get install {names})")
    # RUNLEVEL=1 keeps the packages from starting servers of the system: ours are started by us
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    _run(["apt-get", "update", "-qq"], quiet)
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], quiet)


def _install_ckan() -> None:
    home().mkdir(parents=True, exist_ok=True)
    _run([sys.executable, "-m", "venv", "--clear", str(venv())])
    pip = [str(venv() / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    _run([*pip, "--quiet", *REQUIREMENTS])
    _stamp().write_text("\n".join(REQUIREMENTS), encoding="utf-8")


def _stamp() -> Path:
    return venv() / ".installed"


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        told = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise StationError(f"{' '.join(command[:4])} … failed:\n{told}")
