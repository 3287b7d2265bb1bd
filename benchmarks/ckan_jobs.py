"""The work of `ckan_publish.py`, and the peers that do it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipelines.publish.planning.wanted import Wanted, WantedFile

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-peers" / "bin"
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
    """A kind of work: how many datasets, files in each, rows in each file, what is counted, and
    which use of the bare API ours must not fall behind.
    """

    name: str
    datasets: int
    files: int
    rows: int
    store: bool
    counted: str
    against: str = "bare"

    @property
    def amount(self) -> int:
        """How much of what is counted."""
        counts = {"datasets": self.datasets, "files": self.datasets * self.files}
        return counts.get(self.counted, self.datasets * self.files * self.rows)


JOBS = (
    Job("packages", 6, 8, 100, True, "datasets"),
    Job("creates", 30, 1, 3, False, "datasets", "careful"),
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


def ckanapi_load(url: str, token: str, work: list[Wanted], processes: int) -> float | None:
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
        subprocess.run([*command, "-p", str(processes)], check=True, capture_output=True, env=path)
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
