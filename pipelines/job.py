"""What a build is asked to do, what it tells meanwhile, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.model import Finding, MachidataError, Package
from pipelines.opendata_rows import LIST_PATH, list_invalid
from pipelines.workspace import PACKAGES, catalog_folder, choose, reachable_folder

if TYPE_CHECKING:
    from pipelines.publish.folder import Publication

BASE = "https://machidata.example/catalog/"
"""The address of a catalog when none is given; IRIs in the metadata stand below it."""

STAGES = ("read", "tidy", "check", "package")
"""The stages of one package; `describe` and `publish` follow once for all of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that begins: `package` is a package's name ('' for all of them), `stage` a stage's;
    `done` of `total` steps are over.
    """

    package: str
    stage: str
    done: int
    total: int


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. `failed` maps packages that could not be built to the reason; `changed`
    are the files of `datapackages/` that were rewritten; `findings` are about the whole catalog.
    """

    packages: tuple[Package, ...]
    failed: Mapping[str, MachidataError]
    publication: Publication
    changed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 fine, 1 findings of severity 誤り, else the worst code of a package that failed."""
        codes = [error.exit_code for error in self.failed.values()]
        errors = any(finding.stops for finding in self.findings)
        stopped = any(package.has_errors for package in self.packages)
        return max(codes, default=int(errors or stopped))


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of a build, checked: `names` exist, `target` may be written.

    `declared` are all packages of the repository: those not in `names` keep their place in the
    catalog, packages that are no longer declared leave it. `commit` says whether the packages'
    own folders are written too. `forget` names what may leave the open-data list (see `describe`).
    """

    root: Path
    names: tuple[str, ...]
    declared: tuple[str, ...]
    target: Path
    documents: Path | None = None
    base: str = BASE
    commit: bool = False
    forget: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many steps the job has: the stages of each package, then describe and publish."""
        return len(STAGES) * len(self.names) + 2

    def folder(self, name: str) -> Path:
        """The folder of a package."""
        return self.root / PACKAGES / name

    def list_in_place(self) -> bytes | None:
        """The open-data list of the catalog at `target`; None where there never was one.

        A list that our catalog once had and has no more must not be taken for an empty one: what
        was withdrawn would be deleted by importers. Raises MachidataError `previous-list-invalid`.
        """
        from pipelines.publish.manifest import load

        path = self.target / LIST_PATH
        if path.is_file():
            return path.read_bytes()
        manifest = load(self.target)
        if manifest is not None and LIST_PATH in manifest.files:
            raise list_invalid(str(path), "")
        return None

    def kept(self, failed: Mapping[str, MachidataError]) -> list[str]:
        """Packages whose edition in the catalog stays: not asked for, or failed."""
        return sorted(set(self.declared) - set(self.names) | set(failed))


def plan_job(
    root: Path,
    names: Sequence[str] = (),
    documents: Path | None = None,
    out: Path | None = None,
    base: str = BASE,
    *,
    commit: bool = True,
) -> Job:
    """Checks what is asked before anything is read.

    The packages' own folders are written only with neither `documents` (their prose must not be
    committed) nor `out` (everything goes below it). Raises MachidataError: see `workspace`.
    """
    if documents is not None:
        documents = reachable_folder(documents, "--documents")
    return Job(
        root=root,
        names=tuple(choose(root, names)),
        declared=tuple(choose(root)),
        target=catalog_folder(root, out, documents),
        documents=documents,
        base=base or BASE,
        commit=commit and documents is None and out is None,
    )
