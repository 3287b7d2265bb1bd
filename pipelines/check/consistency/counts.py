"""Declared numbers of things (`11事業`, `全43事業`, `3つの方針`) against what is listed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from pipelines.check.consistency.index import Index, Printed, narrow, said
from pipelines.check.consistency.words import same_name
from pipelines.findings import consistency as f
from pipelines.model import Block, Cell, Finding, Grid, Row

_THINGS = r"(?:事業|取組|取り組み|施策|項目)"
_COUNT = re.compile(rf"(\d{{1,3}})\s?(?:件の)?({_THINGS})")
_CLOSING = re.compile(rf"^(.{{2,50}}?)\s?\((?:全|計)?(\d{{1,3}})\s?(?:件の)?({_THINGS})\)$")
_WHOLE = re.compile(
    rf"(?:全|合計|総数は?|計)\s?(\d{{1,3}})\s?(?:件の)?({_THINGS})(?![所者年費税名課別])"
)
_TOTAL = re.compile(r"(?:合\s?計|総\s?数|総\s?計|計|全体)")
_LISTED = re.compile(
    r"(\d{1,2}|[一二三四五六七八九十])つの([一-龯ァ-ヶー]{2,8})((?:「[^」]{1,40}」[、・]?(?:及び|と)?)*)"
)
_HEADED = re.compile(r"^\(?([一-龯ァ-ヶー]{2,8})\s?(\d{1,2})(?!\d|[.,]\d|[年月日人件個回%％割])")
_TITLE = re.compile(
    r"[^。]{0,24}?([一-龯ァ-ヶー]{2,10})\s?(\d{1,2})(業務|項目|事業|手続|種類|分野)"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_SHORT = 12
_KANJI = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}


def counts(index: Index) -> Iterator[Finding]:
    """Declared numbers that differ from the rows, headings or names that they speak of."""
    yield from _of_policies(index)
    yield from _of_all(index)
    yield from _of_headings(index)
    yield from _of_titles(index)


def _of_policies(index: Index) -> Iterator[Finding]:
    """A number beside (or behind) the name of a policy: the initiatives or policies below it."""
    linked = [row for row in index.of_table("initiative") if said(row, "施策ID")]
    if not linked or 2 * len(linked) < len(index.of_table("initiative")):
        return
    policies = _by_name(index)
    for printed, name, number, declared, thing in _beside(index):
        policy = _named(policies, name, number)
        if policy is None:
            continue
        listed = _below(index, policy)[0 if thing == "施策" else 1]
        if declared not in (listed, sum(_below(index, policy)) if thing == "項目" else listed):
            yield f.CountDiffers.at(
                table="policy",
                row_id=said(policy, "ID"),
                place=index.case.at(printed.place),
                found=f"{declared}{thing}",
                expected=f"{listed}{thing}",
                what=said(policy, "名称"),
            )


def _beside(index: Index) -> Iterator[tuple[Printed, str, str, int, str]]:
    """(text, name, printed number, declared count, its word) of every count beside a name."""
    row: list[Printed] = []
    for printed in index.texts:
        if printed.cell is None or not row or row[-1].place.line != printed.place.line:
            row = []
        match = _COUNT.fullmatch(printed.text) if len(printed.text) < _SHORT else None
        if match and row:
            number = row[-2].text if len(row) > 1 else ""
            yield printed, row[-1].text, number, int(match[1]), match[2]
        elif printed.text.endswith(")") and (closing := _CLOSING.match(printed.text)):
            yield printed, closing[1], "", int(closing[2]), closing[3]
        if printed.cell is not None:
            row.append(printed)


def _by_name(index: Index) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in index.of_table("policy"):
        found[_letters(said(row, "名称"))].append(row)
    return found


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _named(policies: dict[str, list[Row]], name: str, number: str) -> Row | None:
    """The one policy with this name; where several share it, the one with the number too."""
    name = _letters(re.sub(r"^\D{0,6}[\d.\-_()]+\s?", "", name) or name)
    rows = [row for key, found in policies.items() if same_name(key, name) for row in found]
    if len(rows) > 1:
        rows = [row for row in rows if said(row, "番号") == number.strip()]
    return rows[0] if len(rows) == 1 else None


def _below(index: Index, policy: Row) -> tuple[int, int]:
    """How many policies and how many initiatives are below a policy."""
    own = said(policy, "ID")
    children = [said(row, "ID") for row in index.of_table("policy") if said(row, "上位ID") == own]
    owners = {own, *children}
    rows = index.of_table("initiative")
    return len(children), sum(said(row, "施策ID") in owners for row in rows)


def _of_all(index: Index) -> Iterator[Finding]:
    """`全43事業`, or a row 合計 with `43事業`: all initiatives, or all policies of a level."""
    levels = Counter(said(row, "階層") for row in index.of_table("policy"))
    initiatives = len(index.of_table("initiative"))
    if not initiatives:
        return
    known = {initiatives, len(index.of_table("indicator")), *levels.values()}
    known |= {count for row in index.of_table("policy") for count in _below(index, row)}
    for printed, declared, thing in _totals(index):
        if declared not in known:
            expected = max(levels.values(), default=0) if thing == "施策" else initiatives
            yield f.CountDiffers.at(
                table="initiative",
                place=index.case.at(printed.place),
                found=f"{declared}{thing}",
                expected=f"{expected}{thing}",
                what=f"全{thing}",
            )


def _totals(index: Index) -> Iterator[tuple[Printed, int, str]]:
    before: Printed | None = None
    for printed in index.texts:
        for match in _WHOLE.finditer(printed.text):
            yield printed, int(match[1]), match[2]
        count = _COUNT.fullmatch(printed.text) if len(printed.text) < _SHORT else None
        beside = before is not None and before.place.line == printed.place.line
        if count and before is not None and beside and _TOTAL.fullmatch(before.text.strip()):
            yield printed, int(count[1]), count[2]
        before = printed


def _of_headings(index: Index) -> Iterator[Finding]:
    """`3つの方針` against the headings 基本方針1, 2 … and against the names quoted behind it."""
    headed = _headed(index)
    for printed in index.texts:
        if "つの" not in printed.text:
            continue
        for match in _LISTED.finditer(printed.text):
            declared = _KANJI.get(match[1]) or int(match[1])
            word = re.sub(r"[及並等]$", "", match[2])
            quoted = match[3].count("「")
            listed = [len(found) for key, found in headed.items() if key.endswith(word)]
            enumerated = _enumerated(printed.text[: match.start()], word)
            # Where a word heads two series, one that agrees is enough.
            seen = [one for one in (quoted, enumerated) if one > 1]
            wrong = [one for one in seen if one != declared]
            if not wrong and listed and max(listed) > 1 and declared not in listed:
                wrong = listed
            if wrong:
                yield f.CountDiffers.at(
                    place=index.case.at(printed.place),
                    found=f"{declared}つ",
                    expected=f"{wrong[0]}つ",
                    what=word,
                )


def _headed(index: Index) -> dict[str, set[int]]:
    """The numbers of the headings that are a word and a number, by the word."""
    found: dict[str, set[int]] = defaultdict(set)
    for printed in index.texts:
        match = _HEADED.match(printed.text)
        if match and (isinstance(printed.cell, Cell) or len(printed.text) < 60):
            found[match[1]].add(int(match[2]))
    return {word: numbers for word, numbers in found.items() if numbers == _run(numbers)}


def _run(numbers: set[int]) -> set[int]:
    return set(range(1, len(numbers) + 1))


def _enumerated(before: str, word: str) -> int:
    """How many names that end in a word are listed right before `のNつの…` (目視規制、…規制の)."""
    if not before.endswith("の"):
        return 0
    count = 0
    for piece in reversed(re.split(r"[、,]", before[:-1])):
        if not piece.endswith(word):
            break
        count += 1
    return count


def _of_titles(index: Index) -> Iterator[Finding]:
    """A short title that ends in a number (`基幹系17業務`) over a table of lists (A、B、C)."""
    for _, document in index.case.sources:
        for title, grid in pairwise(document.parts):
            if not isinstance(title, Block) or not isinstance(grid, Grid):
                continue
            match = _TITLE.fullmatch(narrow(title.text))
            listed = _listed(grid) if match else 0
            if match and listed and listed != int(match[2]):
                yield f.CountDiffers.at(
                    place=index.case.at(title.place),
                    found=f"{match[2]}{match[3]}",
                    expected=f"{listed}{match[3]}",
                    what=match[1],
                )


def _listed(grid: Grid) -> int:
    """The names in the lists of a table of labels and lists; 0 for any other table."""
    rows = [[narrow(cell.text) for cell in row if cell.text] for row in grid.rows]
    lists = [_BRACKETS.sub("", row[-1]) for row in rows if row]
    plain = all(len(row) in (0, 2) for row in rows) and not any("。" in one for one in lists)
    if not plain or not any("、" in one for one in lists):
        return 0
    return sum(len([name for name in one.split("、") if name.strip()]) for one in lists)
