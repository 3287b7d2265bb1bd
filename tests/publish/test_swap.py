"""The switch: old or new, never between – also when the run is killed at any point."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.model import MachidataError, Metadata, Package
from pipelines.publish import folder, publish, swap
from pipelines.publish.manifest import MARKER, Manifest, damage
from tests.factory import make_package
from tests.publish.test_catalog import leftovers, put, tree

ROOT = Path(__file__).parents[2]

# Publishes the versions 1 and 2 in turn for ever, after a line that says it has begun.
PUBLISHER = """
import itertools, sys
from pathlib import Path
from pipelines.describe import describe
from pipelines.publish import publish
from tests.factory import make_package
editions = [[make_package(version=v)] for v in ("1", "2")]
described = [describe(e, "https://data.example.jp/") for e in editions]
print("ready", flush=True)
for edition, metadata in itertools.cycle(zip(editions, described)):
    publish(edition, metadata, Path(sys.argv[1]))
"""


def start(target: Path) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PUBLISHER, str(target)]
    run = subprocess.Popen(command, env=env, stdout=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stdout.readline() == b"ready\n"
    return run


@pytest.fixture
def editions(tmp_path: Path) -> list[dict[str, bytes]]:
    for version in ("1", "2"):
        put(tmp_path / f"edition{version}", make_package(version=version))
    return [tree(tmp_path / f"edition{version}") for version in ("1", "2")]


def test_killed_at_any_point_the_catalog_is_old_or_new(
    tmp_path: Path, editions: list[dict[str, bytes]]
) -> None:
    target = tmp_path / "killed" / "catalog"
    put(target, make_package(version="1"))
    chance = random.Random(20241120)  # noqa: S311 – the points of the kills, the same each time
    for _ in range(8):
        run = start(target)
        time.sleep(chance.uniform(0, 0.12))
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert run.stdout is not None
        run.stdout.close()
        assert tree(target) in editions
    put(target, make_package(version="2"))
    assert tree(target) == editions[1]
    assert leftovers(target) == []


# The audit events of file operations; ctypes.dlsym comes just before the exchange.
FILE_EVENTS = {
    "ctypes.dlsym",
    "open",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "shutil.rmtree",
}


def killed_at(step: int, target: Path, package: Package) -> bool:
    """Publishes in a child process that kills itself before its `step`-th file operation.

    False when the child came to its end before that.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return os.WIFSIGNALED(status)
    left = step

    def count(event: str, _: object) -> None:
        nonlocal left
        if event in FILE_EVENTS:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    metadata = Metadata({"catalog.ttl": package.declaration.version.encode()})
    sys.addaudithook(count)
    publish([package], metadata, target)
    os._exit(0)


def small_package(version: str) -> Package:
    full = make_package(version=version)
    one = full.resources[:1]
    files = {one[0].path: one[0].data, "datapackage.json": version.encode()}
    return replace(full, resources=one, files=files)


@pytest.mark.parametrize("atomic", [True, False])
def test_killed_before_each_file_operation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, atomic: bool
) -> None:
    """Every single step, one after the other; with and without the system call that exchanges.

    With one page of the vocabulary instead of all: they are written in the same steps.
    """
    monkeypatch.setattr(folder, "vocabulary_files", lambda pages: {"vocab/index.html": b"page"})
    if not atomic:
        monkeypatch.setattr(swap, "exchange", lambda one, two: False)
    target = tmp_path / "catalog"
    editions = {}
    for version in ("1", "2"):
        package = small_package(version)
        publish([package], Metadata({"catalog.ttl": version.encode()}), target)
        editions[version] = tree(target)
    step, missing = 1, 0
    while killed_at(step, target, small_package("12"[step % 2])):
        if not atomic and not target.exists():
            missing += 1
            swap.repair(target)
        assert tree(target) in editions.values(), step
        step += 1
    assert step > 40
    assert missing <= 1  # the one moment between the two renames
    publish([small_package("1")], Metadata({"catalog.ttl": b"1"}), target)
    assert tree(target) == editions["1"]
    assert leftovers(target) == []


def look(path: Path) -> bytes:
    """Reads once more when the folder was exchanged after the system had looked up its name."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return path.read_bytes()


def test_a_reader_sees_a_whole_catalog_at_every_instant(tmp_path: Path) -> None:
    """Looks at one file through a fresh path while the catalog is replaced again and again."""
    target = tmp_path / "catalog"
    put(target, make_package(version="1"))
    run = start(target)
    seen = set()
    try:
        end = time.monotonic() + 1.0
        while time.monotonic() < end:
            seen.add(look(target / "index.html")[:15])
    finally:
        run.kill()
        run.wait()
        assert run.stdout is not None
        run.stdout.close()
    assert seen == {b"<!DOCTYPE html>"}


def marked(folder: Path, word: str) -> Path:
    folder.mkdir()
    (folder / MARKER).write_bytes(Manifest().to_bytes())
    (folder / "word").write_text(word)
    return folder


def test_exchange_is_one_step_here(tmp_path: Path) -> None:
    one, two = marked(tmp_path / "one", "1"), marked(tmp_path / "two", "2")
    assert swap.exchange(one, two)
    assert ((one / "word").read_text(), (two / "word").read_text()) == ("2", "1")
    with pytest.raises(FileNotFoundError):
        swap.exchange(one, tmp_path / "missing")


def test_two_renames_where_exchange_is_not_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda one, two: False)
    target = tmp_path / "catalog"
    for version in ("1", "2"):
        put(target, make_package(version=version))
        assert damage(target) == []
        assert leftovers(target) == []
    assert '"version": "2"' in (target / MARKER).read_text()


def test_killed_between_two_renames_the_next_run_repairs(tmp_path: Path) -> None:
    target = tmp_path / "catalog"
    marked(tmp_path / ".catalog.previous-00", "old")
    marked(tmp_path / ".catalog.staging-00", "new")
    swap.repair(target)
    assert (target / "word").read_text() == "old"
    assert leftovers(target) == []


def test_repair_takes_nothing_that_is_not_ours(tmp_path: Path) -> None:
    target = marked(tmp_path / "catalog", "ours")
    others = tmp_path / ".catalog.staging-thesis"
    others.mkdir()
    (others / "thesis.txt").write_text("years of work")
    (tmp_path / ".catalog.staging-file").write_text("a file")
    (tmp_path / ".catalog.staging-link").symlink_to(others)
    (tmp_path / ".catalog2.staging-00").mkdir()
    (tmp_path / ".catalog.staging-empty").mkdir()
    marked(tmp_path / ".catalog.previous-00", "moved aside")
    swap.repair(target)
    assert leftovers(target) == [
        ".catalog.staging-file",
        ".catalog.staging-link",
        ".catalog.staging-thesis",
        ".catalog2.staging-00",
    ]
    assert (others / "thesis.txt").read_text() == "years of work"


def test_publishers_take_turns(tmp_path: Path) -> None:
    target = tmp_path / "catalog"
    failed: list[BaseException] = []

    def work(version: str) -> None:
        try:
            put(target, make_package(version=version))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert damage(target) == []
    assert leftovers(target) == []


def test_a_busy_catalog_is_told(tmp_path: Path) -> None:
    target = tmp_path / "catalog"
    with swap.locked(target), pytest.raises(MachidataError) as caught, swap.locked(target, wait=0):
        pass
    assert (caught.value.code, caught.value.exit_code) == ("catalog-busy", 3)
    with swap.locked(target, wait=0):
        assert (tmp_path / ".catalog.lock").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_a_killed_run_left_is_no_obstacle(tmp_path: Path) -> None:
    target = tmp_path / "catalog"
    (tmp_path / ".catalog.lock").touch()
    with swap.locked(target, wait=0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_never_are_two_inside_though_the_file_comes_and_goes(tmp_path: Path) -> None:
    inside = 0
    most = 0
    entered = 0

    def work() -> None:
        nonlocal inside, most, entered
        for _ in range(20):
            with swap.locked(tmp_path / "catalog", wait=60):
                inside += 1
                most = max(most, inside)
                entered += 1
                time.sleep(0.0005)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, entered) == (1, 80)


def test_an_interrupt_leaves_no_staging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "catalog"
    put(target, make_package(version="1"))
    before = tree(target)

    def interrupt(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(swap, "flush", interrupt)
    with pytest.raises(KeyboardInterrupt):
        put(target, make_package(version="2"))
    assert tree(target) == before
    assert leftovers(target) == []
