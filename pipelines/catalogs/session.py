"""A connection to a CKAN, with what we remember of it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.catalogs.file import CatalogFile
from pipelines.model import MachidataError
from pipelines.publish.applying.journal import (
    RECORDS,
    half_rolled_back,
    one_at_a_time,
    unfinished,
)
from pipelines.publish.applying.steps import Site
from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.limits import Limits
from pipelines.publish.ckan.pace import Pace
from pipelines.publish.ckan.status import Status, status
from pipelines.publish.ckan.token import Token, token_from
from pipelines.publish.planning.record import Record, load_records

STATE = ".machidata"
"""The folder below the repository's root (or MACHIDATA_STATE) for what we remember of catalogs."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open connection: the catalog's description, its client, what it is, where we keep what we
    remember of it, and how long it may keep us busy.
    """

    catalog: CatalogFile
    ckan: Ckan
    status: Status
    state: Path
    limits: Limits = field(default_factory=Limits)

    @property
    def site(self) -> Site:
        """The catalog as apply needs it."""
        return Site(
            self.ckan,
            rdf=self.status.has_dcat,
            stores=self.status.has_datastore,
            sleep=self.limits.sleep,
        )

    def records(self) -> dict[str, Record]:
        """What the last applies left, by package."""
        return load_records(self.state / RECORDS)


def state_folder(root: Path, catalog: CatalogFile) -> Path:
    """Where a catalog's journal and records are: MACHIDATA_STATE, or `.machidata` of the
    repository; by the catalog's address, so that two names of one catalog share them.
    """
    above = Path(os.environ.get("MACHIDATA_STATE") or root / STATE)
    at = urlsplit(catalog.url)
    name = re.sub(r"[^a-z0-9]+", "-", f"{at.netloc}{at.path}".lower()).strip("-")[:60]
    return above / f"{name}-{hashlib.sha256(catalog.url.encode()).hexdigest()[:8]}"


@contextlib.contextmanager
def opened(
    root: Path,
    catalog: CatalogFile,
    *,
    writes: bool,
    token: Token | None = None,
    environ: Mapping[str, str] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
) -> Iterator[Session]:
    """A session; with `writes` no other run of this machine may write to the catalog meanwhile.

    The token comes from the environment variable that the catalog's file names, unless given. It
    is needed for planning too: private datasets must be seen. Raises MachidataError
    `token-missing`, `catalog-busy`; CatalogError.
    """
    secret = token or token_from(environ if environ is not None else os.environ, catalog.token)
    state = state_folder(root, catalog)
    with contextlib.ExitStack() as stack:
        if writes:
            stack.enter_context(one_at_a_time(state))
        pace = Pace(catalog.rate, clock=limits.clock, sleep=limits.sleep)
        client = stack.enter_context(Ckan(catalog.url, secret, pace=pace, limits=limits))
        yield Session(catalog, client, status(client), state, limits)


def refuse_unfinished(session: Session) -> None:
    """A plan made over a half-done apply would take our own half for somebody's edits.

    Raises MachidataError `apply-unfinished`, `rollback-unfinished`.
    """
    refuse_half_rolled_back(session)
    run = unfinished(session.state)
    if run is None:
        return
    name = session.catalog.name
    raise MachidataError(
        "apply-unfinished",
        ja="前回の公開が途中で止まっています。",
        en="The last apply was interrupted.",
        where=name,
        found=run.folder.name,
        fix_ja=f"machidata publish --to {name} で続きから公開するか、"
        f"machidata rollback --to {name} で前の状態に戻してください。",
        fix_en=f"Go on with: machidata publish --to {name}; or give it up with: "
        f"machidata rollback --to {name}",
    )


def refuse_half_rolled_back(session: Session) -> None:
    """What a rollback began, it must end: the catalog stands between two states until then.

    Raises MachidataError `rollback-unfinished`.
    """
    run = half_rolled_back(session.state)
    if run is None:
        return
    name = session.catalog.name
    raise MachidataError(
        "rollback-unfinished",
        ja="前回の取り消し（rollback）が途中で止まっています。",
        en="The last rollback was interrupted.",
        where=name,
        found=run.folder.name,
        fix_ja=f"machidata rollback --to {name} で続きから戻してください。",
        fix_en=f"Go on with: machidata rollback --to {name}",
    )
