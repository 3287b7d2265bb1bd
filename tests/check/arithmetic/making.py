"""Made-up documents and what the arithmetic says of them. Every figure here is invented."""

from __future__ import annotations

from pipelines.check.arithmetic import check_arithmetic
from pipelines.check.case import Case
from pipelines.model import Finding, Tables
from pipelines.read import read

_TABLES = Tables("022039", "青森県八戸市", "022039-dx-plan")


def told(*texts: str) -> list[Finding]:
    """The findings of documents with these texts."""
    read_ = [(f"d{n}", read(text.encode(), f"{n}.txt")) for n, text in enumerate(texts, 1)]
    return list(check_arithmetic(Case(_TABLES, tuple(read_))))


def brief(*texts: str) -> list[tuple[str, str, str]]:
    """(code, found, expected) of the findings."""
    return [(one.code, one.found, one.expected) for one in told(*texts)]


def row(*cells: str) -> str:
    """A table of one row below a heading."""
    heads = "".join(f" 見出し{'甲乙丙丁戊己'[n]} |" for n in range(len(cells)))
    return f"|{heads}\n|{'---|' * len(cells)}\n|{'|'.join(cells)}|\n"


def items(*lines: str) -> str:
    """A cell of list items."""
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def cell(text: str) -> str:
    """A table whose only figure cell is this one."""
    return row("窓口の取組", text)
