"""`machidata approve`: a plan is shown, then signed; thin twin of `pipelines.catalogs.approval`."""

from __future__ import annotations

import os
from pathlib import Path

from machidata.messages import language, say
from machidata.render import out_json, plain
from machidata.streams import out
from pipelines.model import MachidataError
from pipelines.workspace import find_root


def approve_command(file: Path | None, approver: str, *, as_json: bool) -> int:
    """Signs the plan of a file for the catalog that it names, and puts the approval beside it.

    Nothing is written that the catalog would not take: a name or a key that it does not know is
    refused here. Raises MachidataError of reading the plan, of the key, and `approval-invalid`.
    """
    from pipelines.catalogs.approval import approve, check_approval
    from pipelines.catalogs.file import load_catalog
    from pipelines.catalogs.keys import secret_key_from
    from pipelines.catalogs.plan_files import read_plan, write_approval
    from pipelines.publish.plan.files import digest
    from pipelines.publish.plan.lines import plan_lines

    if file is None or not approver:
        raise _usage("approve PLAN --as NAME")
    plan = read_plan(file)
    if not as_json:
        for line in plan_lines(plan, "ja" if language() == "ja" else "en"):
            out(line)
    catalog = load_catalog(find_root(), plan.catalog)
    if not catalog.approval:
        raise _not_asked(catalog.name)
    data = approve(plan, approver, secret_key_from(os.environ))
    check_approval(catalog, plan, data)
    path = write_approval(file, data)
    if as_json:
        told = {"plan": digest(plan), "catalog": catalog.url, "approver": approver}
        out_json({**told, "file": str(path), "exit_code": 0})
    else:
        out(say("approved", name=plain(approver), file=plain(str(path))))
    return 0


def new_key_command(file: Path | None, approver: str, *, as_json: bool) -> int:
    """Shows a fresh pair; it is kept nowhere."""
    from pipelines.catalogs.keys import new_key

    if file is not None or approver:
        raise _usage("approve --new-key")
    public, private = new_key()
    if as_json:
        out_json({"public": public, "private": private, "exit_code": 0})
    else:
        out(say("key.public", key=public))
        out(say("key.private", key=private))
    return 0


def _usage(expected: str) -> MachidataError:
    return MachidataError(
        "usage",
        ja="コマンドの使い方が違います。",
        en="The command was used in a wrong way.",
        where="machidata approve",
        expected=f"machidata {expected}",
        fix_ja="machidata approve --help をご覧ください。",
        fix_en="See: machidata approve --help",
    )


def _not_asked(name: str) -> MachidataError:
    return MachidataError(
        "approval-not-asked",
        ja="この公開先は承認を求めていません。署名は要りません。",
        en="This catalog asks for no approval; there is nothing to sign.",
        where=name,
        expected="approval: true",
        fix_ja="求めるなら、catalogs/NAME.yaml に approval: true と approvers を書いてください。",
        fix_en="To ask for it, write 'approval: true' and 'approvers' in catalogs/NAME.yaml.",
    )
