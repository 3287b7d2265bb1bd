"""`explain`: a row or a value of a package → its printed cells and the rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pipelines.declaration import load_declaration
from pipelines.explaining.around import around
from pipelines.explaining.held import Held, TextRow, held
from pipelines.explaining.model import Explained, Explanation, RuleSaid, SourceSaid
from pipelines.model import Declaration, Document, MachidataError
from pipelines.source_files import extracts, read_sources
from pipelines.vocabulary import scheme, table_schemas

OMITTED = "〔略〕"
NEAREST = 5
_FOUND_AT = re.compile(r"(?:(\S+) )?(L[0-9]+(?::C[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class _Open:
    """A package whose sources are open: by key, with the hashes of their extracts."""

    declaration: Declaration
    documents: Mapping[str, Document]
    extracts: Mapping[str, str]
    held: Held

    def key_of(self, digest: str) -> str:
        """The source with this hash, as it was read, as its extract, or as the data name it (the
        plan lists the hashes in the order of the sources); else the only one, or ''.
        """
        for key, document in self.documents.items():
            if digest in {document.sha256, self.extracts.get(key, "")}:
                return key
        plans = self.held.tables.get("plan", ())
        listed = next((row.get("出典ハッシュ", "") for row in plans), "").split(";")
        if len(listed) == len(self.documents) > 1:
            return dict(zip(listed, self.documents, strict=True)).get(digest, "")
        return next(iter(self.documents)) if len(self.documents) == 1 else ""


def explain(
    folder: Path, row_id: str, column: str = "", documents: Path | None = None
) -> Explanation:
    """What is known of a row (or of its `column`) of the package in `folder`.

    `row_id` is the ID of any table's row, with or without the package's name in front; that of a
    provenance row means its value. `column` is a Japanese or physical name. With `documents` the
    whole documents of that folder are shown, else the committed extracts. Raises MachidataError
    `row-unknown` and `column-unknown` with the nearest names, and those of declaration and sources.
    """
    declaration = load_declaration(folder)
    sources = read_sources(declaration, documents)
    hashes = {key: document.sha256 for key, document in extracts(declaration, sources)}
    here = _Open(declaration, dict(sources), hashes, held(declaration, sources))
    slug, row = _row(here, row_id)
    if slug == "provenance":
        column = column or row["列"]
        slug, row = _row(here, row["行ID"], row["表"])
    names = [_column(slug, row, column)] if column else list(row)
    label = scheme("tables").get(slug)
    values = _of_finding(here, row) if slug == "finding" else _values(here, slug, row)
    return Explanation(
        package=declaration.name,
        table=slug,
        label=label.ja,
        label_en=label.en,
        row_id=row["ID"],
        column=names[0] if column else "",
        values=tuple(value for value in values if value.column in names),
        built=here.held.built,
    )


def _row(here: _Open, row_id: str, table: str = "") -> tuple[str, TextRow]:
    name = here.declaration.name
    known: dict[str, tuple[str, TextRow]] = {}
    for slug, rows in here.held.tables.items():
        if table in {"", slug}:
            for row in rows:
                known.setdefault(row.get("ID", ""), (slug, row))
    found = known.get(row_id) or known.get(f"{name}-{row_id}")
    if found is not None:
        return found
    wanted = row_id if row_id.startswith(name) else f"{name}-{row_id}"
    rows_only = [one for one in known if known[one][0] != "provenance"]
    near = get_close_matches(wanted, rows_only, n=NEAREST, cutoff=0.5)
    raise MachidataError(
        "row-unknown",
        ja="このIDの行は、パッケージのどの表にもありません。",
        en="No table of the package has a row with this ID.",
        where=name,
        found=row_id,
        expected=" / ".join(near),
        fix_ja="カタログの表かCSVの列「ID」の値を指定してください。パッケージ名は省けます。",
        fix_en="Give a value of the column ID of a table; the package's name may be left out.",
    )


def _column(slug: str, row: TextRow, wanted: str) -> str:
    fields = table_schemas()[slug]["fields"]
    names = {str(field["physicalName"]): str(field["name"]) for field in fields}
    if wanted in row:
        return wanted
    if wanted in names:
        return names[wanted]
    near = get_close_matches(wanted, [*row, *names], n=NEAREST, cutoff=0.3)
    raise MachidataError(
        "column-unknown",
        ja="この表に、その列はありません。",
        en="The table has no such column.",
        where=slug,
        found=wanted,
        expected=" / ".join(near or row),
        fix_ja="表の列の名前を指定してください。省くとすべての列を示します。",
        fix_en="Give the name of a column, or none to see all of them.",
    )


def _titles(slug: str) -> dict[str, str]:
    return {str(f["name"]): str(f["title"]) for f in table_schemas()[slug]["fields"]}


def _values(here: _Open, slug: str, row: TextRow) -> list[Explained]:
    titles = _titles(slug)
    traced = {
        one["列"]: one
        for one in here.held.tables.get("provenance", ())
        if one["表"] == slug and one["行ID"] == row["ID"]
    }
    year = traced.get("年度", {})
    return [
        _explained(here, column, titles.get(column, ""), value, traced.get(column), year)
        for column, value in row.items()
    ]


def _of_finding(here: _Open, row: TextRow) -> list[Explained]:
    """A finding is not read from a cell; its place is shown."""
    titles, told = _titles("finding"), []
    for column, value in row.items():
        match = _FOUND_AT.fullmatch(value) if column == "位置" else None
        key = (match[1] or here.key_of("")) if match else ""
        document = here.documents.get(key)
        if match is None or document is None:
            told.append(Explained(column, titles.get(column, ""), value))
            continue
        quoted = {"位置": match[2], "出典ハッシュ": document.sha256, "原文": "", "適用規則": ""}
        told.append(_explained(here, column, titles.get(column, ""), value, quoted, {}))
    return told


def _explained(
    here: _Open,
    column: str,
    title: str,
    value: str,
    traced: Mapping[str, str] | None,
    year: Mapping[str, str],
) -> Explained:
    if traced is None:
        return Explained(column, title, value)
    stated = traced["出典ハッシュ"]
    key = here.key_of(stated)
    document = here.documents.get(key)
    dated = year["位置"] if year.get("出典ハッシュ") == stated else ""
    shown = around(document, traced["位置"], dated) if document is not None else None
    return Explained(
        column=column,
        title=title,
        value=value,
        place=traced["位置"],
        printed=traced["原文"],
        rules=_rules(traced["適用規則"].split(";")),
        source=_source(here, key, stated),
        around=shown,
        there=shown is not None and _stands(traced["原文"], shown.text),
    )


def _stands(quoted: str, printed: str) -> bool:
    """Whether a quoted text stands in a printed one; what an extract leaves out (in either of the
    two) agrees with anything. A title quotes several lines, of which the first is at the place.
    """
    one, other = (re.sub(r"\s", "", text) for text in (quoted, printed))
    return _kept(one, other) or _kept(other, one)


def _kept(shorter: str, longer: str) -> bool:
    start = 0
    for piece in shorter.split(OMITTED):
        start = longer.find(piece, start)
        if start < 0:
            return False
        start += len(piece)
    return True


def _source(here: _Open, key: str, stated: str) -> SourceSaid | None:
    document = here.documents.get(key)
    if document is None:
        return None
    declared = next(source for source in here.declaration.sources if source.key == key)
    same = stated == document.sha256
    kind = "same" if same else "extract" if stated == here.extracts.get(key) else "changed"
    return SourceSaid(
        key=key,
        title=declared.title or document.name,
        title_en=declared.title_en,
        name=document.name,
        sha256=document.sha256,
        stated=stated,
        kind=kind,
    )


def _rules(names: Sequence[str]) -> tuple[RuleSaid, ...]:
    known = {concept.notation: concept for concept in scheme("rules")}
    return tuple(
        RuleSaid(
            name,
            known[name].ja,
            known[name].en,
            known[name].first("ruleMeaning"),
            known[name].first("ruleMeaningEn"),
        )
        if name in known
        else RuleSaid(name)
        for name in names
        if name
    )
