"""Publishing for a SHIRASAGI catalog: the folder catalog with its list, a ZIP beside it, and a plan
of what the catalog's next import will do. SHIRASAGI has no write API; it fetches the list from us.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.declaration import load_declaration
from pipelines.findings.opendata_list import ListAddress
from pipelines.job import BuildResult, Job, Progress, Step, plan_job, silent
from pipelines.line import build_packages, describe_packages, publish_packages, with_metadata
from pipelines.model import MachidataError
from pipelines.opendata_rows import ADDRESS, DATASET, LIST_PATH, ListRow, bare, names, read_list
from pipelines.publish.allowed import refuse_unlicensed
from pipelines.publish.paths import is_safe
from pipelines.publish.shirasagi.archive import archive
from pipelines.publish.shirasagi.plan import ImportPlan, plan_import
from pipelines.publish.shirasagi.reading import Fetch, ThereDataset, read_catalog
from pipelines.vocabulary import scheme

if TYPE_CHECKING:
    from pipelines.model import Finding

NAME = "shirasagi"


@dataclass(frozen=True, slots=True)
class Shirasagi:
    """What is asked: `--to shirasagi` or `shirasagi:URL`, the catalog's address in `address`.

    `base` is where our own catalog will stand for the importer; `forget` names what may leave the
    list (and be deleted there), `moved` allows that addresses of the list before change (so that
    their files are deleted there and made anew); with `plan_only` nothing is written.
    """

    root: Path
    names: tuple[str, ...] = ()
    out: Path | None = None
    base: str = ""
    address: str = ""
    forget: tuple[str, ...] = ()
    moved: bool = False
    plan_only: bool = False


@dataclass(frozen=True, slots=True)
class ShirasagiResult:
    """What was planned and, unless only that was asked, published.

    `list_address` is what the maintainer of the catalog enters as the importer's URL; `findings`
    are those of the whole catalog, the traps of the list among them; `failed` and `stopped` are the
    packages that could not be built or have errors: their rows stay as they were.
    """

    plan: ImportPlan
    list_address: str
    findings: tuple[Finding, ...] = ()
    failed: Mapping[str, MachidataError] = field(default_factory=dict)
    stopped: tuple[str, ...] = ()
    build: BuildResult | None = None
    archive: Path | None = None

    @property
    def exit_code(self) -> int:
        """As that of a build, of a plan too."""
        errors = any(finding.stops for finding in self.findings)
        codes = [error.exit_code for error in self.failed.values()]
        return max(codes, default=int(errors or bool(self.stopped)))

    def data(self) -> dict[str, Any]:
        """As stable keys, without the build and the findings."""
        return {
            **self.plan.data(),
            "list": self.list_address,
            "archive": str(self.archive) if self.archive else "",
            "unfinished": sorted({*self.failed, *self.stopped}),
        }

    def lines(self, language: str = "ja") -> list[str]:
        """The plan and where things are, for people."""
        words = {"list": ("取り込み先に設定するURL", "URL for the importer"), "zip": ("ZIP", "ZIP")}
        say = {key: both[language != "ja"] for key, both in words.items()}
        lines = [*self.plan.lines(language), f"{say['list']}: {self.list_address}"]
        return [*lines, f"{say['zip']}: {self.archive}"] if self.archive else lines


def address_of(to: str) -> str | None:
    """The URL of `--to shirasagi[:URL]` ('' without one), None for another catalog."""
    name, _, address = to.partition(":")
    return address if name == NAME else None


def publish_shirasagi(
    asked: Shirasagi, fetch: Fetch | None = None, progress: Progress = silent
) -> ShirasagiResult:
    """Builds, plans and publishes. `fetch` asks the catalog's API, where an address is given.

    Everything that can fail for reasons outside of us is done before anything is written. Raises
    MachidataError: `licence-missing`, `base-missing`, `forget-refused`, `addresses-changed` (exit
    code 2), and those of building, publishing and `read_catalog`.
    """
    job = licensed_job(asked)
    _check_base(asked)
    before = _list_in_place(job)
    _check_forget(job, before)
    there = _there(asked.address, fetch)
    packages, failed = build_packages(job, progress)
    progress(Step("", "describe", job.steps - 2, job.steps))
    packages, metadata, failed = describe_packages(job, packages, failed)
    full = [with_metadata(package, metadata) for package in packages]
    after = read_list(metadata.files["opendata-list.csv"])
    _check_forget(job, before, after)
    result = ShirasagiResult(
        plan=plan_import(before, after, _licences(), there),
        list_address=_ending(job.base) + LIST_PATH,
        findings=metadata.findings,
        failed=failed,
        stopped=tuple(one.declaration.name for one in full if one.has_errors),
    )
    if asked.plan_only:
        return result
    _check_moved(asked, metadata.findings)
    progress(Step("", "publish", job.steps - 1, job.steps))
    publication = publish_packages(job, full, metadata, failed)
    build = BuildResult(tuple(full), failed, publication, (), metadata.findings)
    return replace(result, build=build, archive=_archive(job, after))


def licensed_job(asked: Shirasagi) -> Job:
    """The job of the build. Raises MachidataError `licence-missing`, and as `plan_job` does."""
    job = plan_job(asked.root, asked.names, None, asked.out, asked.base, commit=False)
    refuse_unlicensed([load_declaration(job.folder(name)) for name in job.names], NAME)
    return replace(job, forget=asked.forget)


def _check_base(asked: Shirasagi) -> None:
    if not asked.base:
        raise MachidataError(
            "base-missing",
            ja="SHIRASAGI が取りに来るアドレスが要ります。",
            en="SHIRASAGI fetches the files, so the address of this catalog is needed.",
            where="--base",
            expected="--base https://www.town.example.jp/opendata/",
            fix_ja="カタログのフォルダを置くアドレスを --base に書いてください。後から変えると、"
            "取り込み先ではすべて別のファイルになります。",
            fix_en="Give the address at which the folder will stand; changed later, all files "
            "become other files there.",
        )


def _list_in_place(job: Job) -> list[dict[str, str]]:
    data = job.list_in_place()
    return [] if data is None else read_list(data)


def _check_forget(
    job: Job, before: Sequence[ListRow], after: Sequence[ListRow] | None = None
) -> None:
    """What is to be forgotten must be in the list before, and not in the one after: it still is
    when it is published, stopped by an error, or the last that the list has.
    """
    listed = {name for row in before for name in names(row)}
    staying = {name for row in after or () for name in names(row)}
    for name in job.forget:
        if name in listed and name not in staying:
            continue
        raise MachidataError(
            "forget-refused",
            ja="この名前を一覧から消すことはできません。何も書いていません。",
            en="This name cannot be taken off the list; nothing was written.",
            where="--forget",
            found=name,
            expected=" / ".join(sorted({bare(r[DATASET]) for r in before} - set(job.declared))),
            fix_ja="公開をやめたデータセット（または データセット/表）の名前を書いてください。"
            "最後の一件は消せません。",
            fix_en="Give the name of a dataset (or DATASET/TABLE) that is no longer published; the "
            "last one cannot be taken off.",
        )


def _check_moved(asked: Shirasagi, findings: Sequence[Finding]) -> None:
    moved = [one for one in findings if one.code == ListAddress.code]
    if not moved or asked.moved:
        return
    raise MachidataError(
        "addresses-changed",
        ja=f"{len(moved)} 個のファイルのアドレスが前の一覧と違います。取り込み先では削除されて別の"
        "ファイルになり、ダウンロード数などが失われます。何も書いていません。",
        en=f"The addresses of {len(moved)} files differ from the list before. The catalog would "
        "delete them with their counters and make other files. Nothing was written.",
        where=moved[0].place,
        found=moved[0].found,
        expected=moved[0].expected,
        fix_ja="--base とパッケージ・表の名前を前と同じにしてください。"
        "変えるつもりなら --moved を付けます。",
        fix_en="Use the same --base and names as before; if the change is meant, add --moved.",
    )


def _there(address: str, fetch: Fetch | None) -> tuple[ThereDataset, ...] | None:
    if not address:
        return None
    if fetch is None:
        from pipelines.publish.shirasagi.getting import Getter

        fetch = Getter()
    return read_catalog(address, fetch)


def _licences() -> tuple[str, ...]:
    known = {word for one in scheme("licences") for word in one.extra.get("shirasagiId", ())}
    return tuple(sorted(known))


def _ending(base: str) -> str:
    return base if base.endswith("/") else base + "/"


def _archive(job: Job, rows: Sequence[ListRow]) -> Path:
    """Writes the ZIP beside the catalog, not into it: it is for an editor, not for the public, and
    would double the catalog's size.
    """
    base = _ending(job.base)
    files = {}
    for row in rows:
        path = row[ADDRESS].removeprefix(base)
        if path != row[ADDRESS] and is_safe(path) and (job.target / path).is_file():
            files[row[ADDRESS]] = (job.target / path).read_bytes()
    path_ = job.target.with_name(f"{job.target.name}-{NAME}.zip")
    staged = path_.with_name(f".{path_.name}.{secrets.token_hex(4)}")
    try:
        staged.write_bytes(archive(rows, files))
        os.replace(staged, path_)  # noqa: PTH105 - one step
    finally:
        staged.unlink(missing_ok=True)
    return path_
