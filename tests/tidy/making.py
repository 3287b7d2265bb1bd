"""Made-up plans of real towns, and readers of what became of them.

The towns are real (their codes must be); every plan, office and figure here is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipelines.model import Cell, Document, Finding, Place, Tables, Value
from pipelines.read import read
from pipelines.tidy import identify, tidy
from pipelines.tidy.extract import extract
from pipelines.tidy.text import OMITTED

TOWN = "022039"
"""八戸市."""

PLAN = f"{TOWN}-dx-plan"
TITLE = "八戸市DX推進計画\n\n"

FOREIGN_KEYS = {
    "計画ID": "plan",
    "施策ID": "policy",
    "上位ID": "policy",
    "取組ID": "initiative",
    "指標ID": "indicator",
}
PROSE_COLUMNS = {
    "initiative": {"内容", "期待される効果"},
    "activity": {"内容"},
    "goal": {"内容"},
    "term": {"解説"},
}
"""The columns of running text; an extract leaves them empty."""


def document(text: str, name: str = "plan.txt", encoding: str = "utf-8") -> Document:
    """A document of that text."""
    return read(text.encode(encoding), name)


def tidied(*texts: str, encoding: str = "utf-8", code: str = TOWN) -> Tables:
    """The tables of one plan out of one or several documents."""
    documents = [document(text, f"{n}.txt", encoding) for n, text in enumerate(texts, 1)]
    return tidied_documents(documents, code)


def tidied_documents(documents: Sequence[Document], code: str = TOWN) -> Tables:
    """The tables of one plan out of documents that were read."""
    municipality, plan = identify(documents[0], code)
    return tidy([(f"d{n}", one) for n, one in enumerate(documents)], plan, municipality)


def tab(*rows: str) -> str:
    """A table with tabs; `|` stands between the cells: `1|棚| 3枚`."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"


def pipe(*rows: str) -> str:
    """The same table as Markdown with outer pipes and a separator line."""
    lines = [f"| {' | '.join(cell.strip() for cell in row.split('|'))} |" for row in rows]
    width = rows[0].count("|") + 1
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]]) + "\n"


def observations(tables: Tables) -> list[str]:
    """One line an observation: `01-1 2023 目標値 30 %`; words and reasons stand for a value."""
    found = []
    for row in tables.rows("observation"):
        said = (row["値"], row["単位"], row["限定"], row["状態"], row["欠測理由"])
        words = " ".join(str(word) for word in said if word not in (None, ""))
        indicator = _short(tables, row["指標ID"])
        found.append(f"{indicator} {row['年度']} {row['種別']} {words}")
    return found


def measurements(tables: Tables) -> list[tuple[Value, Value, Value]]:
    """(名称, 値, 単位) of every labelled figure."""
    return [(row["名称"], row["値"], row["単位"]) for row in tables.rows("measurement")]


def column(tables: Tables, slug: str, name: str) -> list[Value]:
    """A column of a table, top down."""
    return [row[name] for row in tables.rows(slug)]


def codes(tables: Tables) -> list[str]:
    """The codes of the findings, in order."""
    return [finding.code for finding in tables.findings]


def of_code(tables: Tables, code: str) -> list[Finding]:
    """The findings of one kind."""
    return [finding for finding in tables.findings if finding.code == code]


def cell(text: str, *lines: str) -> Cell:
    """A cell outside a document."""
    return Cell(text, Place("0" * 64, 1, 1), text, lines or ((text,) if text else ()))


def number(text: str) -> Decimal:
    """The plain decimal behind a printed number."""
    return Decimal(text.replace(",", ""))


# --- contracts of all tables ---------------------------------------------------------------------


def repeated_ids(tables: Tables) -> list[str]:
    """IDs that stand twice in their table."""
    found = []
    for table in tables:
        ids = [str(row["ID"]) for row in table.rows]
        found += [f"{table.slug}: {one}" for one in sorted(set(ids)) if ids.count(one) > 1]
    return found


def broken_references(tables: Tables) -> list[str]:
    """Foreign keys that lead nowhere."""
    known = {table.slug: {row["ID"] for row in table.rows} for table in tables}
    return [
        f"{table.slug}.{name}: {row[name]}"
        for table in tables
        for row in table.rows
        for name, slug in FOREIGN_KEYS.items()
        if row.get(name) and row[name] not in known.get(slug, set())
    ]


def false_provenance(tables: Tables, documents: Iterable[Document]) -> list[str]:
    """Provenance rows of no row, of no place, or of a text that is not printed there."""
    printed: dict[tuple[str, str], str] = {}
    for one in documents:
        for block in one.blocks:
            printed[one.sha256, str(block.place)] = block.text
        for grid in one.grids:
            for row in grid.rows:
                printed[one.sha256, f"L{row[0].place.line}"] = " ".join(c.text for c in row)
                printed.update({(one.sha256, str(c.place)): c.text for c in row})
    known = {table.slug: {row["ID"] for row in table.rows} for table in tables}
    found = []
    for row in tables.rows("provenance"):
        place = (str(row["出典ハッシュ"]), str(row["位置"]))
        if row["行ID"] not in known.get(str(row["表"]), set()):
            found.append(f"{row['ID']}: no row {row['行ID']}")
        elif place not in printed:
            found.append(f"{row['ID']}: no place {place[1]}")
        elif not _claims(str(row["原文"]), printed[place], row):
            found.append(f"{row['ID']}: {row['原文']!r} is not at {place[1]}")
    return found


def _claims(claimed: str, printed: str, row: dict[str, Value]) -> bool:
    # A year is cited at its value's cell and quotes the heading above; a title has several lines.
    return claimed in printed or row["列"] == "年度" or (row["表"] == "plan" and printed in claimed)


def without_prose(tables: Tables, slug: str) -> list[tuple[tuple[str, Value], ...]]:
    """The rows of a table without running text, hashes and the text as printed."""
    left_out = {"出典ハッシュ", "原文"} | PROSE_COLUMNS.get(slug, set())
    return [
        tuple((name, value) for name, value in row.items() if name not in left_out)
        for row in tables.rows(slug)
    ]


def lost_in_extract(original: Document, code: str = TOWN) -> list[str]:
    """How the tables of the extract differ from those of the document, prose aside.

    Activities and goals that are nothing but prose may be missing in the extract.
    """
    shortened = document(extract(original), original.name)
    whole = tidied_documents([original], code)
    rest = tidied_documents([shortened], code)
    found = []
    for slug in sorted({t.slug for t in whole} | {t.slug for t in rest} - {"provenance"}):
        if slug == "provenance":
            continue
        before, after = without_prose(whole, slug), without_prose(rest, slug)
        found += [f"{slug} only in the extract: {row}" for row in after if row not in before]
        missing = [row for row in before if row not in after]
        found += [f"{slug} lost: {row}" for row in missing if not _only_prose(slug, dict(row))]
    return found


def _only_prose(slug: str, row: dict[str, Value]) -> bool:
    if slug == "activity":
        return True
    return slug == "goal" and all(row[name] is None for name in ("番号", "値", "期限年度"))


def moved_in_extract(original: Document) -> list[str]:
    """Kept cells of the extract that stand at another place than in the document."""
    shortened = document(extract(original), original.name)
    before = {str(c.place): c.text for grid in original.grids for row in grid.rows for c in row}
    found = []
    for grid in shortened.grids:
        for row in grid.rows:
            for one in row:
                kept = one.text and OMITTED not in one.text
                if kept and _plain(one.text) != _plain(before.get(str(one.place), "")):
                    found.append(f"{one.place}: {one.text!r}")
    return found


def _plain(text: str) -> str:
    # Rules (-----) inside a cell say nothing and need not be kept.
    return "".join(text.replace("--", "").replace("-", "").split())


def _short(tables: Tables, id_: Value) -> str:
    return str(id_).removeprefix(f"{tables.plan_id}-")
