"""Publishing to a real CKAN: ours beside the bare API, `ckanapi load` and frictionless's publish.

    .venv/bin/python benchmarks/ckan_publish.py [ROUNDS]

Needs a running station (`python -m tests.ckan.station start`); `make peers` brings the
peers. Three
kinds of work, each with fresh organizations, the contenders one after the other in every round:

- creates: datasets with one small file each
- uploads: datasets with ten files of 100 kB each
- rows: one table of 50,000 rows in the DataStore, its file uploaded

Ours plans, creates privately, uploads, fills the tables, reads everything back (dict, files, rows,
RDF) and only then makes it public; the bare API only sends. Exit code 1 when ours is slower than
0.8 of the bare API with as many connections.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

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
from pipelines.publish.planning.reading import Setting
from pipelines.publish.planning.wanted import Wanted, WantedFile
from tests.ckan.station import places, running

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-peers" / "bin"
THREADS = 2
LEAST = 0.8
SCHEMA = {
    "fields": [
        {"name": "ID", "type": "string", "title": "Identifier"},
        {"name": "名称", "type": "string", "title": "Name"},
        {"name": "年度", "type": "integer", "title": "Fiscal year"},
        {"name": "値", "type": "number", "title": "Value"},
        {"name": "備考", "type": "string", "title": "Note"},
    ],
    "primaryKey": ["ID"],
    "missingValues": [""],
}


@dataclass(frozen=True)
class Job:
    """A kind of work: how many datasets, files in each, rows in each file, and what is counted."""

    name: str
    datasets: int
    files: int
    rows: int
    store: bool
    counted: str

    @property
    def amount(self) -> int:
        """How much of what is counted."""
        counts = {"datasets": self.datasets, "files": self.datasets * self.files}
        return counts.get(self.counted, self.datasets * self.files * self.rows)


JOBS = (
    Job("creates", 30, 1, 3, False, "datasets"),
    Job("uploads", 4, 10, 2_000, False, "files"),
    Job("rows", 1, 1, 50_000, True, "rows"),
)


def table(rows: int, seed: int) -> bytes:
    """A CSV of our kind: UTF-8 with BOM, CRLF."""
    lines = ["ID,名称,年度,値,備考"]
    lines += [
        f"{seed}-{n},項目{n},{2020 + n % 5},{n / 7:.2f},{'約' * (n % 3)}" for n in range(rows)
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def datasets(job: Job, owner: str, tag: str) -> list[Wanted]:
    """The work as datasets that shall be there."""
    return [_dataset(job, owner, f"b-{tag}-{n}") for n in range(job.datasets)]


def _dataset(job: Job, owner: str, name: str) -> Wanted:
    iri = f"https://machidata.example/{name}"
    files = []
    for n in range(job.files):
        data = table(job.rows, n)
        sha256 = hashlib.sha256(data).hexdigest()
        fields = {"name": f"表 {n}", "format": "CSV", "uri": f"{iri}/{n}", "identifier": f"t{n}"}
        fields |= {"hash": sha256, "size": len(data)}
        schema = SCHEMA if job.store else None
        one = WantedFile(f"t{n}", f"{iri}/{n}", f"t{n}.csv", sha256, fields, data, schema)
        files.append(one)
    fields = {"title": f"計画 {name}", "notes": "測定用", "owner_org": owner, "name": name}
    fields |= {"uri": iri, "private": False}
    return Wanted(name, name, iri, str(fields["title"]), "1.0.0", fields, tuple(files))


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


def bare(ckan: Ckan, work: list[Wanted], threads: int) -> None:
    """The calls of CKAN's API that put the same things there, and nothing else."""

    def one(wanted: Wanted) -> None:
        made = ckan.write("package_create", **wanted.fields)
        for file in wanted.files:
            fields = {**file.fields, "package_id": made["id"]}
            upload = {"upload": Upload(file.name, file.data or b"")}
            resource = ckan.send("resource_create", fields, upload)
            if file.schema:
                _rows(ckan, resource["id"], tables[file.sha256])

    # typed before the clock starts would be unfair to ours, so it is done here
    tables = {
        file.sha256: store_table(file.data or b"", file.schema)
        for wanted in work
        for file in wanted.files
        if file.schema
    }
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, work))


def _rows(ckan: Ckan, id_: str, wanted: StoreTable) -> None:
    fields = [{"id": one.id, "type": one.type, "info": dict(one.info)} for one in wanted.fields]
    names = wanted.columns
    records = [dict(zip(names, row, strict=True)) for row in wanted.rows]
    told: dict[str, Any] = {"resource_id": id_, "force": True, "primary_key": list(wanted.key)}
    ckan.write("datastore_create", **told, fields=fields, records=records[:10_000])
    for at in range(10_000, len(records), 10_000):
        chunk = records[at : at + 10_000]
        ckan.write("datastore_upsert", resource_id=id_, force=True, method="insert", records=chunk)


def ckanapi_load(url: str, token: str, work: list[Wanted]) -> float | None:
    """Seconds of `ckanapi load datasets`: metadata with links, which is all that it sends here."""
    program = PEERS / "ckanapi"
    if not program.exists():
        return None
    lines = []
    for one in work:
        resources = [{**file.fields, "url": f"{one.iri}/{file.name}"} for file in one.files]
        lines.append(json.dumps({**one.fields, "resources": resources}, ensure_ascii=False))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        command = [str(program), "load", "datasets", "-I", file.name, "-r", url, "-a", token]
        began = time.perf_counter()
        path = {"PATH": f"{program.parent}:/usr/bin:/bin"}
        subprocess.run([*command, "-p", str(THREADS)], check=True, capture_output=True, env=path)
        return time.perf_counter() - began


def frictionless_publish(url: str, token: str, owner: str, work: list[Wanted]) -> float | None:
    """Seconds of frictionless's publish: a dataset, its files and a descriptor; no rows."""
    if not (PEERS / "python").exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        packages = []
        for one in work:
            for file in one.files:
                (Path(folder) / f"{one.name}-{file.name}").write_bytes(file.data or b"")
            resources = [
                {"name": f.key, "path": f"{one.name}-{f.name}", "format": "csv"} for f in one.files
            ]
            told = {"name": one.name, "title": one.title, "description": "測定用"}
            packages.append({**told, "resources": resources})
        asked = {"url": url, "token": token, "owner": owner, "folder": folder, "packages": packages}
        command = [str(PEERS / "python"), str(ROOT / "benchmarks" / "peer_frictionless.py")]
        done = subprocess.run(
            command, input=json.dumps(asked), text=True, capture_output=True, check=False
        )
        if done.returncode:
            print(done.stderr[-500:], file=sys.stderr)
            return None
        return float(done.stdout)


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
            for name, call in (("bare", bare), ("ours", ours)):
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
    found = {"ckanapi load": ckanapi_load(url, token, datasets(job, owner, tag))}
    owner, tag = fresh("fric")
    work = datasets(job, owner, tag)
    found["frictionless publish"] = frictionless_publish(url, token, owner, work)
    for name, seconds in found.items():
        if seconds is not None:
            runs.setdefault(name, []).append(seconds)


def _report(job: Job, seconds: dict[str, float]) -> float:
    print(f"{job.name}: {job.datasets} × {job.files} files × {job.rows} rows")
    notes = {
        "ckanapi load": "(metadata only)",
        "frictionless publish": "(no rows)",
        "ours 1": f"{seconds['bare 1'] / seconds['ours 1']:.2f} of bare",
        f"ours {THREADS}": f"{seconds[f'bare {THREADS}'] / seconds[f'ours {THREADS}']:.2f} of bare",
    }
    for name, found in seconds.items():
        rate = f"{job.amount / found:10.1f} {job.counted}/s"
        print(f"  {name:22} {found:7.2f} s {rate}  {notes.get(name, '')}")
    return min(seconds[f"bare {n}"] / seconds[f"ours {n}"] for n in (1, THREADS))


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
