"""Starting and stopping a station."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from . import installing
from .places import LATEST, REPOSITORY, State, StationError, home, load, venv, write_private
from .processes import alive, end, free_ports, spawn, wait_for
from .settings import kind, settings

# The order of starting; they are stopped the other way round.
SERVERS = ("postgres", "redis", "search", "ckan")
# Status, bytes that came in and went out, milliseconds, the request's first line as it came (its
# address still encoded, so no tab in it); no headers, no tokens.
ACCESS = "\t".join(("%(s)s", "%({content-length}i)s", "%(B)s", "%(M)s", "%(r)s"))


def station_name(config: str, version: str = LATEST) -> str:
    """The name of the station that everybody on this machine may use."""
    return config if version == LATEST else f"{config}-{version}"


def running(state: State | None) -> bool:
    """Whether all servers of a station live."""
    return state is not None and all(
        name in state.processes and alive(state.processes[name]) for name in SERVERS
    )


def start(config: str, name: str = "", version: str = LATEST) -> State:
    """A running station of that configuration, as it was left or a fresh one."""
    kind(config)
    name = name or station_name(config, version)
    state = load(name) or State(name, config, version, secret=secrets.token_urlsafe(24))
    if running(state):
        return state
    if not installing.installed(version):
        more = "" if version == LATEST else f" --version {version}"
        raise StationError(f"not installed: python -m tests.ckan.station install{more}")
    stop(state)
    state.ports = free_ports(list(SERVERS), state.ports)
    state.url = f"http://127.0.0.1:{state.ports['ckan']}"
    state.save()
    try:
        _start_postgres(state)
        _start_redis(state)
        _start_search(state)
        _start_ckan(state)
    except BaseException:
        stop(state)
        raise
    state.token = (state.folder / "token").read_text("utf-8")
    state.save()
    return state


def stop(state: State) -> None:
    """Ends the servers; databases, uploads and the index stay."""
    for name in reversed(SERVERS):
        if name in state.processes:
            # an interrupt is PostgreSQL's quick and clean way to end
            how = signal.SIGINT if name == "postgres" else signal.SIGTERM
            end(state.processes.pop(name), how)
    if state.file.exists():
        state.save()


def wipe(state: State) -> None:
    """Stops the station and removes all that it held."""
    stop(state)
    if state.database:
        shutil.rmtree(state.database, ignore_errors=True)
    shutil.rmtree(state.folder, ignore_errors=True)


def _start_postgres(state: State) -> None:
    programs = installing.postgres_programs()
    assert programs
    # PostgreSQL refuses to run as root
    user = "postgres" if os.geteuid() == 0 else None
    if not state.database or not Path(state.database, "ready").exists():
        state.password = secrets.token_urlsafe(16)
        state.database = _new_database(programs, user, state.password)
        (state.folder / "token").unlink(missing_ok=True)
        (state.folder / "search.journal").unlink(missing_ok=True)
        state.save()
    port = str(state.ports["postgres"])
    quick = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
    options = [part for one in quick for part in ("-c", one)]
    place = ["-D", f"{state.database}/data", "-p", port, "-c", "listen_addresses=127.0.0.1"]
    sockets = ["-c", "unix_socket_directories="]
    spawn(state, "postgres", [str(programs / "postgres"), *place, *sockets, *options], user)
    asking = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", port]
    wait_for(state, "postgres", lambda: subprocess.run(asking, check=False).returncode == 0)


def _new_database(programs: Path, user: str | None, password: str) -> str:
    """A database cluster, in the folder for temporary files: another user must get there."""
    folder = Path(tempfile.mkdtemp(prefix="machidata-ckan-"))
    secret = folder / "password"
    write_private(secret, password)
    if user:
        shutil.chown(folder, user)
        shutil.chown(secret, user)
    done = subprocess.run(
        [
            str(programs / "initdb"),
            *("-D", f"{folder}/data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"),
            *("-A", "scram-sha-256", f"--pwfile={secret}", "--no-sync"),
        ],
        cwd="/",
        user=user,
        capture_output=True,
        text=True,
        check=False,
    )
    secret.unlink()
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise StationError(f"initdb failed:\n{done.stderr}")
    (folder / "ready").touch()
    return str(folder)


def _start_redis(state: State) -> None:
    port = str(state.ports["redis"])
    nothing_kept = ["--save", "", "--appendonly", "no", "--dir", str(state.folder)]
    spawn(state, "redis", ["redis-server", "--bind", "127.0.0.1", "--port", port, *nothing_kept])
    wait_for(state, "redis", lambda: _answers(state.ports["redis"], b"PING\r\n", b"+PONG"))


def _start_search(state: State) -> None:
    [schema] = venv(state.version).glob("lib/python*/site-packages/ckan/config/solr/schema.xml")
    module = [sys.executable, "-m", "tests.ckan.station.search"]
    port = state.ports["search"]
    journal = str(state.folder / "search.journal")
    spawn(state, "search", [*module, str(schema), str(port), journal], PYTHONPATH=str(REPOSITORY))
    asking = b"GET /solr/ckan/admin/ping HTTP/1.0\r\n\r\n"
    wait_for(state, "search", lambda: _answers(port, asking, b"HTTP/1.1 200"))


def _start_ckan(state: State) -> None:
    write_private(state.folder / "ckan.ini", settings(state))
    for name in ("storage", "webassets"):
        (state.folder / name).mkdir(exist_ok=True)
    token = state.folder / "token"
    made = f"catalog:application({str(state.folder / 'ckan.ini')!r}, {str(token)!r})"
    command = [
        str(venv(state.version) / "bin" / "gunicorn"),
        *("--chdir", str(Path(__file__).with_name("inside")), "--bind"),
        *(f"127.0.0.1:{state.ports['ckan']}", "--workers", "1", "--worker-class", "gthread"),
        *("--threads", "8", "--timeout", "300", "--graceful-timeout", "2", "--no-control-socket"),
        *("--access-logfile", str(state.folder / "access.log"), "--access-logformat", ACCESS),
    ]
    spawn(state, "ckan", [*command, made], PYTHONDONTWRITEBYTECODE="1", PYTHONPATH="")
    wait_for(state, "ckan", lambda: token.exists() and _healthy(state.url))


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/3/action/status_show", timeout=30) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _answers(port: int, question: bytes, start_of_answer: bytes) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(question)
            return connection.recv(len(start_of_answer)) == start_of_answer
    except OSError:
        return False


def wipe_everything() -> None:
    """Removes the installation too (the Debian packages stay)."""
    for folder in (home() / "state", *map(venv, installing.RELEASES)):
        shutil.rmtree(folder, ignore_errors=True)
