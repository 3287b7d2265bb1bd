"""Packages for the cross-check: made-up tables under declarations of four kinds, and the real ones.

Each is a folder (path → bytes) with its `package.yaml`, CSVs and every form of its metadata, those
of the catalog around it under `../`.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from pipelines.declaration import load_declaration
from pipelines.describe import describe
from pipelines.line import build_package
from pipelines.model import Metadata, Package
from pipelines.package import package
from pipelines.vocabulary import municipalities
from tests.describe.said.nouns import ROOT
from tests.factory import NOTE, WARNING, in_place, make_tables

BASE = "https://data.example.jp/machi/"
REAL_BASE = "https://machidata.example/catalog/"
SOURCE = "まちのデジタル計画".encode()
_CONTACT = {"name": "総務課", "url": "https://example.jp/"}
_SOURCES = [{"key": "plan", "path": "source/plan.txt", "title": "まちのデジタル計画"}]
_FULL = {
    "municipality": "022055",
    "title": "まちのデジタル計画の表",
    "title_en": "Tables of the digital plan",
    "description": "計画と、その進みぐあい。",
    "description_en": "The plan and how far it has come.",
    "licence": "CC-BY-4.0",
    "frequency": "ANNUAL",
    "themes": ["11"],
    "keywords": ["電子申請", "KPI"],
    "contact": _CONTACT,
    "publisher_url": "https://example.jp/",
    "issued": "2024-04-01",
    "modified": "2025-06-30",
    "version": "1.2.3",
    "sources": _SOURCES,
}
_WORDS = "あ\"<b>&amp;'</b></script><!-- \\ {x} \t@en ;, \u2028𠮷́ 」]]> http://x.example/?a=1&b=2 "
DECLARED = {
    "licensed": {**_FULL, "subtitle": "第2期", "subtitle_en": "Second term"},
    "unlicensed": {**_FULL, "municipality": "152064", "licence": ""},
    "hostile": {
        **_FULL,
        "municipality": "082163",
        "title": f"{_WORDS}題\n二行目",
        "title_en": f"{_WORDS}title",
        "description": f"{_WORDS}説明\n  二行目",
        "description_en": f"{_WORDS}description\nsecond line",
        "licence": "PDL1.0",
        "keywords": [_WORDS, "一;二", "DX（推進）", "\"引用\"", "https://example.jp/"],
        "version": "第2版; \"改\" <3>",
    },
    "one-language": {
        **_FULL, "municipality": "011002", "title": "DX 2030", "title_en": "DX 2030",
        "description": "DX", "description_en": "DX", "version": "7",
        "licence": "クリエイティブ・コモンズ CC0 1.0 全世界 パブリック・ドメイン提供",
    },
    "minimal": {
        "municipality": "024465", "title": "題", "contact": _CONTACT, "issued": "2023-01-31",
        "sources": _SOURCES,
    },
}  # fmt: skip


@cache
def factory_folders() -> dict[str, dict[str, bytes]]:
    """The made-up packages, all in one catalog at `BASE`."""
    made = {name: _made(name) for name in DECLARED}
    described = describe([one for one, _ in made.values()], BASE)
    return {name: _folder(one, words, described) for name, (one, words) in made.items()}


@cache
def kept_folders() -> dict[str, dict[str, bytes]]:
    """The made-up packages but one, in a catalog that was described anew with that one only."""
    before = factory_folders()
    new, _ = _made("unlicensed")
    previous = in_place(describe([one for one, _ in map(_made, DECLARED)], BASE))
    around = _around(describe([new], BASE, previous=previous, keep=set(before)))
    return {name: {**files, **around} for name, files in before.items() if name != "unlicensed"}


@cache
def real_folders() -> dict[str, dict[str, bytes]]:
    """The packages of this repository as they are committed, and the catalog that they make."""
    folders = sorted(path.parent for path in (ROOT / "datapackages").glob("*/package.yaml"))
    described = describe([build_package(folder) for folder in folders], REAL_BASE)
    return {
        folder.name: {
            **{path.relative_to(folder).as_posix(): path.read_bytes()
               for path in folder.rglob("*") if path.is_file()},
            **_around(described),
        }
        for folder in folders
    }  # fmt: skip


def _made(name: str) -> tuple[Package, bytes]:
    words = yaml.safe_dump(DECLARED[name], allow_unicode=True).encode()
    with TemporaryDirectory() as place:
        folder = Path(place) / name
        folder.mkdir()
        (folder / "package.yaml").write_bytes(words)
        declaration = load_declaration(folder)
    town = municipalities()[declaration.municipality]
    tables = make_tables(name, town)
    if name == "minimal":
        tables.tables = {"plan": tables.tables["plan"]}
    findings = () if name == "minimal" else (WARNING, NOTE)
    return package(declaration, town, tables, findings, {"plan": sha256(SOURCE).hexdigest()}), words


def _folder(one: Package, words: bytes, described: Metadata) -> dict[str, bytes]:
    own = described.packages[one.declaration.name].files
    given = {"package.yaml": words, "source/plan.txt": SOURCE}
    return {**one.files, **own, **given, **_around(described)}


def _around(described: Metadata) -> dict[str, bytes]:
    below = {f"../metadata/{name}": data for name, data in described.files.items()}
    return {**below, **{f"../{name}": data for name, data in described.root.items()}}
