"""The plan for a whole CKAN: every dataset of ours, and those that are no longer ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pipelines.model import MachidataError
from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.errors import CatalogError, NotThere
from pipelines.publish.ckan.status import Status
from pipelines.publish.plan.model import Plan
from pipelines.publish.planning.dataset import Planned, plan_dataset
from pipelines.publish.planning.present import list_iris
from pipelines.publish.planning.reading import Setting
from pipelines.publish.planning.record import Record
from pipelines.publish.planning.resources import withdrawn_files
from pipelines.publish.planning.wanted import STATUS_EXTRA, STOPPED, Wanted

PAUSED: tuple[str, str] = (
    "この公開先には DataStore がないため、ファイルと目録だけを公開します。",
    "The catalog has no DataStore: files and metadata are published, tables are not.",
)


LOADERS = ("datapusher", "datapusher_plus", "xloader")
"""Extensions that fill the DataStore from an uploaded file by themselves, some time after it."""


def _loaders(status: Status) -> list[tuple[str, str]]:
    names = ", ".join(one for one in LOADERS if one in status.extensions)
    if not names:
        return []
    return [
        (
            f"公開先では {names} がアップロードのあとに表を作り直すことがあり、型と主キーと辞書が"
            "失われます。管理者に、この組織のリソースでは止めるよう頼んでください。",
            f"{names} of this catalog may make tables anew after an upload; types, key and "
            "dictionary are lost then. Ask who runs it to leave these resources out.",
        )
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan is asked for: `name` and `url` of the catalog, `base` of our IRIs, whether a
    signature is needed, how many datasets are read side by side.
    """

    name: str
    url: str
    base: str
    approval: bool = False
    workers: int = 2
    names: tuple[str, ...] = ()


def owner_id(ckan: Ckan, organization: str) -> str:
    """The id of an organization. Raises MachidataError `catalog-organization` with the names of
    those where the token's owner may publish.
    """
    try:
        return str(ckan.read("organization_show", id=organization, include_datasets=False)["id"])
    except NotThere as error:
        raise MachidataError(
            "catalog-organization",
            ja="公開先にこの名前の組織がありません。",
            en="The catalog has no organization of this name.",
            where=ckan.url,
            found=organization,
            expected=" / ".join(_organizations(ckan)) or "-",
            fix_ja="catalogs/NAME.yaml の organization に組織名を書くか、"
            "公開先の管理者に頼んでください。",
            fix_en="Name the organization in catalogs/NAME.yaml, or ask who runs the catalog.",
        ) from error


def _organizations(ckan: Ckan) -> list[str]:
    try:
        mine = ckan.read("organization_list_for_user", permission="create_dataset")
        return sorted(str(one["name"]) for one in mine)[:10]
    except CatalogError:
        return []


def withdrawn_dataset(record: Record) -> Wanted:
    """A dataset that is no longer declared, as it shall stay: with all its files and tables, marked
    as 配信停止.
    """
    return Wanted(
        package=record.package,
        name=record.name,
        iri=record.iri,
        title=record.title,
        version=record.version,
        fields={**record.sent, STATUS_EXTRA: STOPPED},
        files=withdrawn_files(record, record.files, record.order),
        withdrawn=True,
    )


def plan_catalog(
    asked: Asked,
    setting: Setting,
    status: Status,
    wanted: Sequence[Wanted],
    records: Mapping[str, Record],
    failed: dict[str, MachidataError] | None = None,
) -> tuple[Plan, dict[str, Planned]]:
    """The plan, and what apply needs of each dataset by its package; nothing is written.

    `wanted` are the datasets to look at, withdrawn ones among them. A dataset that cannot be
    planned (its name is taken, the DataStore cannot hold its table) goes to `failed` and stops no
    other. Raises CatalogError when the catalog cannot be reached, without `failed` every error.
    """
    owners = sorted({str(one.fields.get("owner_org", "")) for one in wanted} - {""})
    listed: dict[str, str] = {}
    for owner in owners:
        listed |= list_iris(setting.ckan, owner)

    def plan(one: Wanted) -> Planned | None:
        try:
            return plan_dataset(setting, one, records.get(one.package), listed)
        except MachidataError as error:
            if failed is None or error.exit_code == 3:
                raise
            failed[one.package] = error
            return None

    with ThreadPoolExecutor(max(1, asked.workers)) as pool:
        found = pool.map(plan, sorted(wanted, key=lambda one: one.package))
        planned = [one for one in found if one is not None]
    notes = [*status.warnings, *([] if setting.stores else [PAUSED]), *_loaders(status)]
    for one in planned:
        name = one.target.package
        notes += [(f"{name}/{ja}", f"{name}/{en}") for ja, en in one.notes]
    made = Plan(
        catalog=asked.name,
        url=asked.url,
        software=f"CKAN {status.text}".strip(),
        base=asked.base,
        datasets=tuple(one.change for one in planned),
        approval=asked.approval,
        names=asked.names,
        policy=setting.policy,
        notes=tuple(notes),
    )
    return made, {one.target.package: one for one in planned}
