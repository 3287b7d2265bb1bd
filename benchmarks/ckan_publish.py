"""Publishing to a real CKAN: ours beside the bare API, `ckanapi load` and frictionless's publish.

    .venv/bin/python benchmarks/ckan_publish.py [ROUNDS]

Needs a running station (`python -m tests.ckan.station start`) and the peers (`make peers`). Four
kinds of work, each with fresh organizations; the contenders follow one another in every round:

- packages: datasets of eight small files with their tables, as `machidata build` makes them
- creates: datasets with one small file each
- uploads: datasets with ten files of 100 kB each
- rows: one table of 50,000 rows in the DataStore, its file uploaded

Ours plans, creates privately, uploads, fills the tables, reads back the dict, the files by hash and
the tables' types and row counts, and only then makes it public. `bare` only sends, in public from
the first call; `careful` makes the same promise with the bare API: private, sent, every file
read back and compared by its hash, public. The exit code is 1 when ours is slower than 0.8 of the
one that `Job.against` names, both with THREADS connections.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ckan_jobs import JOBS, Job, ckanapi_load, datasets, frictionless_publish
from pipelines.publish.applying.journal import new_run
from pipelines.publish.applying.running import Work, start
from pipelines.publish.applying.steps import Site
from pipelines.publish.ckan.client import Ckan, Upload
from pipelines.publish.ckan.pace import Pace
from pipelines.publish.ckan.status import status
from pipelines.publish.ckan.store_model import StoreTable
from pipelines.publish.ckan.store_table import store_table
from pipelines.publish.ckan.token import Token
from pipelines.publish.plan.files import digest, plan_bytes
from pipelines.publish.planning.catalog import Asked, plan_catalog
from pipelines.publish.planning.present import bytes_of
from pipelines.publish.planning.reading import Setting
from pipelines.publish.planning.wanted import Wanted
from tests.ckan.station import places, running

THREADS = 4
LEAST = 0.8
BARE = ("bare", "careful")


def ours(ckan: Ckan, work: list[Wanted], threads: int) -> None:
    """Plan, apply, verify."""
    what = status(ckan)
    setting = Setting(ckan, what.site_url, what.has_datastore)
    asked = Asked("bench", ckan.url, "https://machidata.example/", workers=threads)
    plan, planned = plan_catalog(asked, setting, what, work, {})
    with tempfile.TemporaryDirectory() as folder:
        journal = new_run(Path(folder), plan_bytes(plan), digest(plan))
        site = Site(ckan, rdf=what.has_dcat, stores=what.has_datastore)
        blobs = {one.package: {f.sha256: f.data or b"" for f in one.files} for one in work}
        doing = Work(site, journal, Path(folder), threads)
        applied = start(doing, list(planned.values()), {}, blobs)
    if applied.exit_code or applied.open:
        raise SystemExit(f"ours failed: {applied.outcomes}")


def bare(ckan: Ckan, work: list[Wanted], threads: int, *, careful: bool = False) -> None:
    """The calls of CKAN's API that put the same things there, and nothing else; with `careful`
    nobody sees a dataset before its files were read back.
    """

    def one(wanted: Wanted) -> None:
        made = ckan.write("package_create", **{**wanted.fields, "private": careful})
        for file in wanted.files:
            fields = {**file.fields, "package_id": made["id"]}
            upload = {"upload": Upload(file.name, file.data or b"")}
            resource = ckan.send("resource_create", fields, upload)
            if file.schema:
                _rows(ckan, resource["id"], tables[file.sha256])
            if careful:
                data = bytes_of(ckan, resource) or b""
                if hashlib.sha256(data).hexdigest() != file.sha256:
                    raise SystemExit(f"the catalog gave back another {file.name}")
        if careful:
            ckan.write("package_patch", id=made["id"], private=False)

    # typed before the clock starts would be unfair to ours, so it is done here
    tables = {
        file.sha256: store_table(file.data or b"", file.schema)
        for wanted in work
        for file in wanted.files
        if file.schema
    }
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, work))


def as_careful(ckan: Ckan, work: list[Wanted], threads: int) -> None:
    """The bare API with the promise that ours makes."""
    bare(ckan, work, threads, careful=True)


def _rows(ckan: Ckan, id_: str, wanted: StoreTable) -> None:
    fields = [{"id": one.id, "type": one.type, "info": dict(one.info)} for one in wanted.fields]
    names = wanted.columns
    records = [dict(zip(names, row, strict=True)) for row in wanted.rows]
    told: dict[str, Any] = {"resource_id": id_, "force": True, "primary_key": list(wanted.key)}
    ckan.write("datastore_create", **told, fields=fields, records=records[:10_000])
    for at in range(10_000, len(records), 10_000):
        chunk = records[at : at + 10_000]
        ckan.write("datastore_upsert", resource_id=id_, force=True, method="insert", records=chunk)


def main(rounds: int) -> int:
    """Prints the table; 1 when a ratio is too low."""
    state = places.load("scheming")
    if state is None or not running.running(state):
        print("no station runs: python -m tests.ckan.station start", file=sys.stderr)
        return 3
    worst = 10.0
    with Ckan(state.url, Token(state.token), pace=Pace(0)) as ckan:
        for job in JOBS:
            worst = min(worst, _measure(ckan, job, rounds, state.url, state.token))
    return int(worst < LEAST)


def _measure(ckan: Ckan, job: Job, rounds: int, url: str, token: str) -> float:
    owners: list[str] = []

    def fresh(kind: str) -> tuple[str, str]:
        tag = f"{kind}{uuid.uuid4().hex[:8]}"
        owners.append(ckan.write("organization_create", name=f"bench-{tag}", title=tag)["id"])
        return owners[-1], tag

    runs: dict[str, list[float]] = {}

    for _ in range(rounds):
        for threads in (1, THREADS):
            for name, call in (("bare", bare), ("careful", as_careful), ("ours", ours)):
                work = datasets(job, *fresh(name))
                began = time.perf_counter()
                call(ckan, work, threads)
                runs.setdefault(f"{name} {threads}", []).append(time.perf_counter() - began)
        _peers(job, fresh, url, token, runs)
    _clean(ckan, owners)
    return _report(job, {name: statistics.median(found) for name, found in runs.items()})


def _peers(
    job: Job,
    fresh: Callable[[str], tuple[str, str]],
    url: str,
    token: str,
    runs: dict[str, list[float]],
) -> None:
    owner, tag = fresh("load")
    found = {"ckanapi load": ckanapi_load(url, token, datasets(job, owner, tag), THREADS)}
    owner, tag = fresh("fric")
    work = datasets(job, owner, tag)
    found["frictionless publish"] = frictionless_publish(url, token, owner, work)
    for name, seconds in found.items():
        if seconds is not None:
            runs.setdefault(name, []).append(seconds)


def _report(job: Job, seconds: dict[str, float]) -> float:
    print(f"{job.name}: {job.datasets} × {job.files} files × {job.rows} rows")
    notes = {"ckanapi load": "(metadata only)", "frictionless publish": "(no rows)"}
    for threads in (1, THREADS):
        mine = seconds[f"ours {threads}"]
        parts = [f"{seconds[f'{one} {threads}'] / mine:.2f} of {one}" for one in BARE]
        notes[f"ours {threads}"] = ", ".join(parts)
    for name, found in seconds.items():
        rate = f"{job.amount / found:10.1f} {job.counted}/s"
        print(f"  {name:22} {found:7.2f} s {rate}  {notes.get(name, '')}")
    return seconds[f"{job.against} {THREADS}"] / seconds[f"ours {THREADS}"]


def _clean(ckan: Ckan, owners: list[str]) -> None:
    for owner in owners:
        found = ckan.read(
            "package_search", fq=f'owner_org:"{owner}"', include_private=True, rows=500
        )
        for one in found["results"]:
            ckan.write("dataset_purge", id=one["id"])
        ckan.write("organization_purge", id=owner)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 3))
