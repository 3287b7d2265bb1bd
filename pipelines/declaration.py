"""`package.yaml`: what a package is (design.md section 3), read strictly.

Unknown keys, wrong types, a wrong municipality code and paths that leave the package's folder are
errors that name the key, what was found, what is expected and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NoReturn

from pipelines import strict_yaml
from pipelines.declaration_accept import acceptances
from pipelines.declaration_gaps import refuse_gaps
from pipelines.declared_corrections import declared_corrections
from pipelines.model import Contact, Declaration, MachidataError, SeriesPart, Source
from pipelines.strict_keys import FILE, Reader
from pipelines.strict_yaml import Node
from pipelines.town_code import check_code

_KEYS = frozenset(
    {
        *("municipality", "title", "title_en", "description", "description_en"),
        *("licence", "frequency", "themes", "keywords", "contact", "publisher_url"),
        *("issued", "modified", "version", "spatial", "period", "sources", "accept"),
        *("subtitle", "subtitle_en", "version_notes", "version_notes_en", "series"),
        "corrections",
    }
)
_CONTACT_KEYS = frozenset({"name", "name_en", "email", "url", "phone"})
_SERIES_KEYS = frozenset({"name", "edition", "title", "title_en", "description", "description_en"})
_SOURCE_KEYS = frozenset({"key", "path", "document", "title", "title_en", "url", "hints"})
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]*")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
# Digits and hyphens with the area code, or an international number (RFC 3966, global number).
_PHONE = re.compile(r"(0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|\+[0-9]{1,3}(-[0-9]{1,4}){2,4})")
_GEONAMES = re.compile(r"https?://sws\.geonames\.org/([0-9]+)/?")
_EDITION = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def load_declaration(folder: Path) -> Declaration:
    """Return the declaration in `folder/package.yaml`.

    Needed are municipality, title, contact (name and one of email and url), issued and sources;
    modified defaults to issued, everything else to nothing.
    Raises MachidataError: `package-missing`, `package-invalid`, `municipality-missing`,
    `municipality-invalid` (check digit), `municipality-unknown`, `source-outside`.
    """
    reader = Reader(folder.name, _mapping(folder))
    if not _NAME.fullmatch(folder.name):
        reader.fail("", folder.name, "022055-dx-plan", "フォルダ名", "the folder's name")
    reader.only(_KEYS)
    refuse_gaps(reader)
    issued, modified = _days(reader)
    readers = [reader.child(f"sources[{n}]", one) for n, one in enumerate(reader.items("sources"))]
    sources = _sources(reader, readers, folder)
    return Declaration(
        name=folder.name,
        folder=folder,
        municipality=_municipality(reader),
        title=reader.needed("title"),
        title_en=reader.text("title_en"),
        description=reader.text("description"),
        description_en=reader.text("description_en"),
        licence=reader.text("licence"),
        frequency=reader.text("frequency"),
        themes=reader.words("themes"),
        keywords=reader.words("keywords"),
        contact=_contact(reader.child("contact", reader.node("contact"))),
        sources=sources,
        issued=issued,
        modified=modified,
        version=reader.text("version"),
        publisher_url=reader.url("publisher_url"),
        spatial=_spatial(reader),
        period=_period(reader),
        subtitle=reader.text("subtitle"),
        subtitle_en=reader.text("subtitle_en"),
        version_notes=reader.text("version_notes"),
        version_notes_en=reader.text("version_notes_en"),
        series=_series(reader),
        accept=acceptances(reader),
        hints={one.key: _hints(at) for one, at in zip(sources, readers, strict=True)},
        corrections=declared_corrections(reader, [one.key for one in sources]),
    )


def _days(reader: Reader) -> tuple[date, date]:
    """The days of issue and of the last change; the second is never before the first."""
    issued = reader.day("issued")
    modified = reader.day("modified") if reader.text("modified") else issued
    if modified < issued:
        reader.fail("modified", str(modified), f"≥ {issued}")
    return issued, modified


def find_packages(root: Path) -> list[str]:
    """Return the sorted names of the folders in `root` that hold a package.yaml (none: [])."""
    if not root.is_dir():
        return []
    return sorted(entry.name for entry in root.iterdir() if (entry / FILE).is_file())


def _mapping(folder: Path) -> Node:
    where = f"{folder.name}/{FILE}"
    try:
        return strict_yaml.load((folder / FILE).read_bytes())
    except OSError as error:
        raise MachidataError(
            "package-missing",
            ja="パッケージの定義（package.yaml）を読めません。",
            en="The package's declaration (package.yaml) cannot be read.",
            where=where,
            found=error.strerror or type(error).__name__,
            fix_ja="名前を確かめるか、machidata new で作ってください。",
            fix_en="Check the name, or create the package with machidata new.",
        ) from error
    except strict_yaml.StrictYamlError as error:
        raise MachidataError(
            "package-invalid",
            ja="package.yaml がYAMLとして正しくありません。",
            en="package.yaml is not valid YAML of the plain kind that is read here.",
            where=f"{where}:{error.line}" if error.line else where,
            found=error.problem,
            expected="YAML (UTF-8): key: value",
            fix_ja="字下げとコロンを確かめてください。エイリアスや同じキーの繰り返しは使えません。",
            fix_en="Check indentation and colons; aliases and repeated keys are not allowed.",
        ) from error


def _municipality(reader: Reader) -> str:
    return check_code(reader.text("municipality"), f"{reader.package}/{FILE}: municipality")


def _contact(reader: Reader) -> Contact:
    reader.only(_CONTACT_KEYS)
    email, url = reader.text("email"), reader.url("url")
    if email and not _EMAIL.fullmatch(email):
        reader.fail("email", email, "name@example.jp")
    phone = reader.text("phone")
    if phone and not _PHONE.fullmatch(phone):
        reader.fail("phone", phone, "0173-00-0000")
    return Contact(reader.needed("name"), reader.text("name_en"), email, url, phone)


def _spatial(reader: Reader) -> str:
    """The canonical IRI of a GeoNames feature, the one list with Japanese places that DCAT-AP
    accepts; "" without the key.
    """
    written = reader.text("spatial")
    found = _GEONAMES.fullmatch(written)
    if written and not found:
        reader.fail("spatial", written, "https://sws.geonames.org/2130658/")
    return f"https://sws.geonames.org/{found[1]}/" if found else ""


def _series(reader: Reader) -> SeriesPart | None:
    """The series that the package is an edition of; None without the key."""
    node = reader.node("series")
    if node == "":
        return None
    series = reader.child("series", node)
    series.only(_SERIES_KEYS)
    name, edition = series.needed("name"), series.needed("edition")
    if not _NAME.fullmatch(name):
        series.fail("name", name, "022055-dx-plan-editions")
    if not _EDITION.fullmatch(edition):
        series.fail("edition", edition, "2026 (or 2026-04, 2026-04-01)")
    return SeriesPart(
        name=name,
        edition=edition,
        title=series.needed("title"),
        title_en=series.text("title_en"),
        description=series.text("description"),
        description_en=series.text("description_en"),
    )


def _period(reader: Reader) -> tuple[str, str]:
    node = reader.node("period")
    if node == "":
        return ("", "")
    period = reader.child("period", node)
    period.only(frozenset({"start", "end"}))
    start, end = (str(period.day(key)) if period.text(key) else "" for key in ("start", "end"))
    if start and end and end < start:
        period.fail("end", end, f"≥ {start}")
    return (start, end)


def _sources(reader: Reader, readers: Sequence[Reader], folder: Path) -> tuple[Source, ...]:
    sources = tuple(_source(one, folder) for one in readers)
    keys = [source.key for source in sources]
    if len(set(keys)) < len(keys):
        reader.fail("sources", ", ".join(keys), "key ≠ key")
    return sources


def _source(reader: Reader, folder: Path) -> Source:
    reader.only(_SOURCE_KEYS)
    key = reader.needed("key")
    if not _NAME.fullmatch(key):
        reader.fail("key", key, _NAME.pattern)
    document = reader.text("document")
    plain = PurePosixPath(document).name == document and not re.search(r"^\.|[\\:\x00]", document)
    if document and not plain:
        _outside(reader, "document", document)
    return Source(
        key=key,
        path=_inside(reader, folder),
        document=document,
        title=reader.text("title"),
        title_en=reader.text("title_en"),
        url=reader.url("url"),
    )


def _inside(reader: Reader, folder: Path) -> str:
    """The path of a source, once it is sure that it stays below `folder`, links followed."""
    text = reader.needed("path")
    path = PurePosixPath(text)
    tricks = path.is_absolute() or "\\" in text or ":" in text or "\x00" in text
    if tricks or any(part.startswith((".", "~")) for part in path.parts) or str(path) != text:
        _outside(reader, "path", text)
    root = folder.resolve()
    try:
        inside = (folder / text).resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        inside = False
    return text if inside else _outside(reader, "path", text)


def _outside(reader: Reader, key: str, found: str) -> NoReturn:
    raise MachidataError(
        "source-outside",
        ja="原文の場所がパッケージのフォルダの外を指しています。",
        en="The place of a source leaves the package's folder.",
        where=f"{reader.package}/{FILE}: {reader.path}.{key}",
        found=found[:200],
        expected="source/….txt" if key == "path" else "….txt",
        fix_ja="パッケージのフォルダの中のファイルを、相対パスで書いてください。",
        fix_en="Name a file inside the package's folder by a relative path, without .. or links.",
    )


def _hints(reader: Reader) -> dict[str, str]:
    node = reader.node("hints")
    if node == "":
        return {}
    hints = reader.child("hints", node)
    return {key: hints.text(key) for key in hints.nodes}
