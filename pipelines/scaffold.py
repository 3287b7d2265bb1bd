"""A new package folder out of a document, ready to edit (`machidata new`)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.flat import write_flat
from pipelines.model import Document, Finding, MachidataError, Municipality
from pipelines.whose import OPTION, whose
from pipelines.workspace import PACKAGES

_NAME = re.compile(r"[0-9a-z][0-9a-z_-]{0,63}")
_CODE = re.compile(r"[0-9]{6}(?=-)")


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A package folder that was made: its paths, sorted, and what its maker should look at."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def new_package(root: Path, name: str, document: Path, code: str = "") -> Scaffold:
    """Makes `datapackages/{name}` with a package.yaml and the extract of `document`.

    The municipality is that of `code`, of the code at the beginning of `name`, or the one that
    the document names. The prose of the document is not taken along: the extract holds names,
    marks and figures only. Raises MachidataError `name-invalid`, `package-exists`, and those of
    reading the document and of `pipelines.whose`.
    """
    from pipelines.read import read
    from pipelines.tidy.prose import title_of

    folder = root / PACKAGES / name
    _check(folder, name)
    read_in = read(document)
    where = OPTION if code else "NAME"
    municipality, _, findings = whose(read_in, code or _code_in(name), where)
    extract = make_extract(read_in)
    key = "plan"
    declaration = _yaml(municipality, title_of(read_in) or document.name, key, document.name)
    made = {"package.yaml": declaration.encode(), f"source/{key}.txt": extract}
    (root / PACKAGES).mkdir(exist_ok=True)
    _write(folder, made)
    return Scaffold(tuple(sorted(made)), tuple(findings))


def _code_in(name: str) -> str:
    """The municipality's code with which a package's name begins, '' without one."""
    found = _CODE.match(name)
    return found.group() if found else ""


def make_extract(document: Document) -> bytes:
    """The committed source of a package: `document` without its prose, in its own layout."""
    from pipelines.tidy.extract import extract

    return extract(document).encode("utf-8")


def _check(folder: Path, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise MachidataError(
            "name-invalid",
            ja="パッケージの名前に使えない文字があります。",
            en="This cannot be the name of a package.",
            found=name,
            expected=_NAME.pattern,
            fix_ja="小文字の英数字とハイフンで書いてください（例: 022055-dx-plan）。",
            fix_en="Use lower-case letters, digits and hyphens, e.g. 022055-dx-plan.",
        )
    if folder.exists():
        raise MachidataError(
            "package-exists",
            ja="この名前のパッケージは既にあります。何も変えていません。",
            en="A package of this name is there already; nothing was changed.",
            where=f"{PACKAGES}/{name}",
            found=name,
            fix_ja="別の名前を付けるか、そのフォルダを直接編集してください。",
            fix_en="Choose another name, or edit that folder.",
        )


def _yaml(municipality: Municipality, title: str, key: str, document: str) -> str:
    """package.yaml as text. Strings are quoted as JSON, which YAML reads the same."""

    def quote(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return f"""\
# {municipality.full_name}
# この計画が何であるかを書きます。空欄を埋めて machidata build を実行してください。
# What this plan is. Fill in the empty entries, then run: machidata build
municipality: {quote(municipality.code)}
title: {quote(title)}
title_en: ""
description: ""
description_en: ""
licence: ""        # 原典に書かれた利用条件だけを書く（例: CC-BY-4.0）。空欄は未定 / as stated
frequency: ""      # 更新の間隔 / how often it is updated: 毎年, 不定期 …
themes: []         # 17分野 / one of the 17 fields: [行財政]
keywords: []       # 例 / such as [DX, KPI]
contact:
  name: ""         # 担当課 / the department to ask
  url: ""          # email か url のどちらかが要ります / email or url is needed
issued: ""         # 公開日、例: 2026-04-01 / the day of publishing, stated and never a clock's
version: "1.0.0"
# 毎年の版の一つなら / if it is one of yearly editions:
# series: {{name: "{municipality.code}-reports", edition: "2026", title: "年度ごとの実績報告"}}
# 確かめたうえで残す指摘（docs/checking.md） / findings that were looked at and stay:
# accept: [{{code: "value-differs", place: "L12:C6", reason: "原文のとおり"}}]
sources:
  - key: {quote(key)}
    path: {quote(f"source/{key}.txt")}
    document: {quote(document)}
    title: {quote(title)}
    url: ""
"""


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """The folder appears with its declaration last, so that half a folder is no package."""
    flat = {name: data for name, data in files.items() if "/" not in name}
    for name, data in files.items():
        if "/" in name:
            write_flat({Path(name).name: data}, folder / Path(name).parent)
    write_flat(flat, folder)
