"""The approval of a plan: somebody's signature under exactly this plan for exactly this catalog.

    plan.json → plan.approval.json
    {"format": "machidata-approval/1", "plan": SHA-256, "catalog": address, "approver": name,
     "signature": base64}

Who may sign stands in `catalogs/NAME.yaml` (`approval`, `approvers`), which is reviewed in git. A
plan also names the state of the catalog that it was made for: an approval serves for that only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipelines.catalogs.file import CatalogFile
from pipelines.catalogs.keys import SecretKey, encoded, is_signed
from pipelines.model import MachidataError
from pipelines.publish.plan.files import digest
from pipelines.publish.plan.model import Plan
from pipelines.publish.plan.text import clean, cut

FORMAT = "machidata-approval/1"
LARGEST_FILE = 16 * 1024
"""Bytes; an approval has about 400."""
_KEYS = ("format", "plan", "catalog", "approver", "signature")


def approval_path(plan: Path) -> Path:
    """Where the approval of a plan file stands: `plan.json` → `plan.approval.json` beside it."""
    return plan.with_name(f"{plan.name.removesuffix('.json')}.approval.json")


def approve(plan: Plan, approver: str, key: SecretKey) -> bytes:
    """The approval as JSON (UTF-8, LF), the same for the same plan, approver and key.

    `check_approval` says whether the catalog takes it.
    """
    told = {"format": FORMAT, "plan": digest(plan), "catalog": plan.url, "approver": approver}
    told["signature"] = encoded(key.sign(_message(told)))
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def check_approval(catalog: CatalogFile, plan: Plan, data: bytes | None) -> None:
    """Passes when the catalog asks for no approval, or when `data` approve this plan for it.

    A plan that was made for approval needs one also where the catalog's file no longer asks.
    Raises MachidataError (exit code 2): `approval-missing`; `approval-invalid` when it is no
    approval, is for another plan or catalog, names nobody who may sign, or has another signature.
    """
    if not (catalog.approval or plan.approval):
        return
    if data is None:
        raise _missing(catalog)
    told = _told(data)
    stated = {"plan": digest(plan), "catalog": catalog.url}
    for key, value in stated.items():
        if told[key] != value:
            raise _invalid(f"$.{key}", told[key], value)
    if plan.url != catalog.url:
        raise _invalid("$.catalog", plan.url, catalog.url)
    public = catalog.approvers.get(told["approver"], "")
    if not public:
        raise _invalid("$.approver", told["approver"], " / ".join(sorted(catalog.approvers)))
    if not is_signed(public, told["signature"], _message(told)):
        raise _invalid("$.signature", told["signature"][:16], f"approvers.{told['approver']}")


def refuse_unplanned(catalog: CatalogFile) -> None:
    """Where approval is asked, nothing is published without a plan that somebody approved.

    Raises MachidataError `approval-needed` with the three commands to use.
    """
    if not catalog.approval:
        return
    publish = f"machidata publish --to {catalog.name}"
    approver = " | ".join(sorted(catalog.approvers))
    steps = (f"{publish} --plan plan.json", f"machidata approve plan.json --as {approver}")
    commands = " → ".join((*steps, f"{publish} --apply plan.json"))
    raise MachidataError(
        "approval-needed",
        ja="この公開先には、承認された計画だけを公開できます。",
        en="Only an approved plan can be published to this catalog.",
        where=catalog.name,
        expected=commands,
        fix_ja="計画を作り、承認者が署名してから、その計画を実行してください。",
        fix_en="Make a plan, have it signed by an approver, then carry out that plan.",
    )


def _message(told: dict[str, str]) -> bytes:
    """What is signed; it begins with the format's name, so that no other signature fits."""
    parts = [FORMAT, told["plan"], told["catalog"], told["approver"]]
    return json.dumps(parts, separators=(",", ":")).encode("ascii")


def _told(data: bytes) -> dict[str, str]:
    """What an approval says, read strictly: its keys once each, all of them texts."""
    if len(data) > LARGEST_FILE:
        raise _invalid("$", f"{len(data)} B", f"≤ {LARGEST_FILE} B")
    try:
        pairs = json.loads(data.decode("utf-8"), object_pairs_hook=lambda pairs: pairs)
    except (ValueError, RecursionError):
        raise _invalid("$", "", "JSON (UTF-8)") from None
    if not isinstance(pairs, list) or not all(_is_text_pair(one) for one in pairs):
        raise _invalid("$", type(pairs).__name__, ", ".join(_KEYS))
    names = [str(name) for name, _ in pairs]
    if sorted(names) != sorted(_KEYS):
        raise _invalid("$", ", ".join(names), ", ".join(_KEYS))
    told = dict(pairs)
    if told["format"] != FORMAT:
        raise _invalid("$.format", told["format"], FORMAT)
    return told


def _is_text_pair(one: Any) -> bool:
    return isinstance(one, tuple) and isinstance(one[1], str)


def _missing(catalog: CatalogFile) -> MachidataError:
    return MachidataError(
        "approval-missing",
        ja="計画がまだ承認されていません。",
        en="The plan is not approved yet.",
        where=catalog.name,
        expected="PLAN.approval.json: " + " / ".join(sorted(catalog.approvers)),
        fix_ja="承認者が machidata approve PLAN --as NAME で署名してください。",
        fix_en="Have it signed by an approver: machidata approve PLAN --as NAME",
    )


def _invalid(where: str, found: str, expected: str) -> MachidataError:
    return MachidataError(
        "approval-invalid",
        ja="この承認では、この計画をこの公開先に公開できません。",
        en="This approval does not allow this plan for this catalog.",
        where=where,
        found=cut(clean(found), 200),
        expected=expected,
        fix_ja="計画を確かめ、承認者が machidata approve PLAN --as NAME で署名し直してください。",
        fix_en="Look at the plan and have it signed anew: machidata approve PLAN --as NAME",
    )
