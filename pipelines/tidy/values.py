"""Value cells: what one printed cell says about an indicator in a year (design.md §4).

`(100手続) 105手続` holds a target and an actual, `①48.2% ②0%` two parts, `346名（138%）` a value
and a figure that explains it, `0% ※計画を…としているため。` a value and a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.numerals import NUMBER, SIGN, decimal_of, unit_concept, unit_pattern
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures
from pipelines.tidy.notes import MARK, PART, as_of, note_figures, reason, split_note
from pipelines.tidy.numbers import qualifier_name, qualifier_pattern
from pipelines.tidy.text import circled_number, close_blanks, narrow
from pipelines.tidy.years import Moment, moments
from pipelines.vocabulary import fold, scheme


@dataclass(frozen=True, slots=True)
class Reading:
    """One observation of a cell.

    `kind` is 目標値 or 実績値 when the cell itself says so, else ''. `part` is the printed branch
    (`1` for ①), `label` what names a part; `total` is True for a 計 over parts. `state` is a word
    instead of a number, `missing` one of the reasons of design.md §4. `moment` is a date printed
    in the cell; `explained` are figures that explain the value and are no observations; `note` is
    printed text that has no column.
    """

    value: Decimal | None = None
    unit: str = ""
    unit_key: str = ""
    qualifier: str = ""
    state: str = ""
    missing: str = ""
    kind: str = ""
    part: str = ""
    label: str = ""
    total: bool = False
    moment: Moment | None = None
    month_day: tuple[int, int] | None = None
    explained: tuple[Figure, ...] = ()
    note: str = ""
    known: bool = True
    rules: tuple[str, ...] = ()


_TARGET_ACTUAL = re.compile(
    r"^\s*\((?P<target>(?:[^()]|\([^()]*\))*)\)\s*(?P<actual>.*)$", re.DOTALL
)
_LONGEST = 1000
"""A cell longer than this is no value; it is kept as it is."""
_TOTAL = re.compile(rf"(?:計|合計|総計)\s*(?P<rest>{NUMBER}.*)$")
_LABELLED = re.compile(rf"(?P<label>[^\s:：\d()]+)\s*[:：]\s*(?P<value>{NUMBER}\s?(?:{{unit}})?)")


def read_value(text: str, *, target_actual: bool = False) -> list[Reading]:
    """All readings of a cell; `target_actual` for columns headed `(目標) 実績`.

    An empty cell gives one reading with the reason 空欄. A cell that cannot be read is kept as a
    state with `known` False.
    """
    plain = close_blanks(narrow(text)).strip()
    if len(plain) > _LONGEST:
        return [Reading(state=plain, known=False)]
    if target_actual:
        return _target_actual(plain)
    return _compound(plain)


def _target_actual(plain: str) -> list[Reading]:
    words = re.fullmatch(rf"{_named('target')}\s*(.+?)\s*{_named('actual')}\s*(.+)", plain)
    match = _TARGET_ACTUAL.match(plain)
    if words:
        printed = (words[1], words[2])
    elif match:
        printed = (match["target"].strip(), match["actual"].strip())
    else:
        return [replace(reading, kind="実績値") for reading in _compound(plain)]
    target = replace(_single(printed[0], bracketed=True), kind="目標値")
    actual = replace(_single(printed[1]), kind="実績値")
    return [_ruled(target, "target-actual"), _ruled(actual, "target-actual")]


def _named(role: str) -> str:
    """A pattern for `(目標値)` or `目標:` in front of a value."""
    concept = scheme("roles").get(role)
    labels = "|".join(re.escape(label) for label in (concept.ja, *concept.alt))
    return rf"(?:\((?:{labels})\)|(?:{labels})[:：])"


def _ruled(reading: Reading, *rules: str) -> Reading:
    return replace(reading, rules=(*reading.rules, *rules))


def _compound(plain: str) -> list[Reading]:
    circled = _circled_parts(plain)
    if circled:
        return [_ruled(reading, "parts") for reading in circled]
    labelled = _labelled_parts(plain)
    if labelled:
        return [_ruled(reading, "parts") for reading in labelled]
    return [_single(plain)]


def _circled_parts(plain: str) -> list[Reading]:
    pieces = PART.split(plain)
    if len(pieces) < 2 or pieces[0].strip():
        return []
    found: list[Reading] = []
    for piece in pieces[1:]:
        body = piece[1:].strip()
        total = _TOTAL.search(body) if piece is pieces[-1] else None
        if total:
            body = body[: total.start()].strip()
        found.append(_part(body, str(circled_number(piece[0]))))
        if total:
            reading = _single(total["rest"].strip())
            found.append(replace(reading, total=True, qualifier="計"))
    return found


def _part(body: str, number: str) -> Reading:
    reading = _single(body)
    # A bracket behind the number says what part it is (地域安全課分), a note does not.
    label = reading.label or ("" if reading.note.startswith(MARK) else reading.note)
    return replace(reading, part=number, label=label, note="")


def _labelled_parts(plain: str) -> list[Reading]:
    pattern = _LABELLED.pattern.replace("{unit}", unit_pattern())
    head, note = split_note(plain)
    matches = list(re.finditer(pattern, head))
    if len(matches) < 2 or figures(head[: matches[0].start()].rstrip("( ")):
        return []
    found = [
        replace(_single(match["value"]), part=str(index), label=match["label"])
        for index, match in enumerate(matches, 1)
    ]
    return [*found[:-1], replace(found[-1], explained=tuple(note_figures(note)))]


def _single(plain: str, *, bracketed: bool = False) -> Reading:
    missing = _missing(plain, bracketed)
    if missing:
        return missing
    head, note = split_note(plain)
    reading = _number(head) or _state(head)
    if not note:
        return reading
    why = reason(note)
    if why is not None:
        return replace(reading, missing=why[0].ja, rules=(*reading.rules, "note-reason"))
    extra = tuple(note_figures(note, reading.label))
    day = as_of(note)
    month_day = (int(day[1]), int(day[2])) if day else None
    explained = (*reading.explained, *extra)
    return replace(reading, explained=explained, note=reading.note or note, month_day=month_day)


def _missing(plain: str, bracketed: bool) -> Reading | None:
    reasons = scheme("missing")
    if not plain:
        # `()` in a (目標) 実績 cell and a cell left white say the same: nothing.
        return Reading(missing=reasons.get("blank").ja)
    concept = reasons.match(plain)
    if concept is None or (concept.notation == "not-done" and not plain.startswith("(")):
        return None
    state = concept.ja if concept.notation == "not-done" else ""
    return Reading(missing=concept.ja, state=state, rules=("missing-mark",))


def _number(head: str) -> Reading | None:
    """The headline number of a cell with its label, unit and qualifiers; None without one."""
    rest, moment = _own_date(head)
    found = figures(rest)
    before = qualifier_pattern("before")
    bare = re.fullmatch(rf"((?:{before})\s*)?({SIGN})?({NUMBER})", rest)
    if bare:
        value = decimal_of(bare[3], bare[2] or "")
        return Reading(value=value, qualifier=qualifier_name(bare[1] or ""), moment=moment)
    if not found:
        return _unknown_unit(rest, moment)
    first = found[0]
    if first.span[0] > 0 and not _names(rest[: first.span[0]]):
        return None
    multiplied = bool(re.search(r"\d[千万億]", rest[slice(*first.span)]))
    return Reading(
        value=first.value,
        unit=first.unit,
        unit_key=first.unit_key,
        qualifier=first.qualifier,
        label=first.label if first.label_span[1] <= first.span[0] else "",
        moment=moment,
        explained=tuple(found[1:]),
        note=_bracket_note(rest[first.span[1] :]),
        rules=("man-unit",) if multiplied else (),
    )


def _names(before: str) -> bool:
    """Whether the text before a number names it: a noun, not the start of a sentence."""
    return not re.search(r"[。]", before)


def _own_date(head: str) -> tuple[str, Moment | None]:
    """A cell that opens with a date of its own (`R4.4.1 1.4万人`): the rest, and the date."""
    found = moments(head)
    if found and found[0].span[0] == 0 and found[0].date:
        rest = head[found[0].span[1] :].strip(" :：")
        if re.match(r"[約延計]?\d", rest):
            return rest, found[0]
    return head, None


def _unknown_unit(rest: str, moment: Moment | None) -> Reading | None:
    match = re.fullmatch(
        rf"(?P<before>[^\d\s]{{0,3}}?)(?P<number>{NUMBER})(?P<unit>[^\d\s()。、]{{1,8}})", rest
    )
    if not match or unit_concept(match["unit"]) or moments(rest):
        return None
    return Reading(
        value=decimal_of(match["number"]),
        unit=match["unit"],
        qualifier=qualifier_name(match["before"]),
        moment=moment,
        rules=("unit-as-printed",),
    )


def _bracket_note(tail: str) -> str:
    """Text in brackets behind the number that holds no figure of its own."""
    match = re.match(r"[^\d()]{0,4}\(([^()]*)\)", tail)
    return match[1] if match and not figures(match[1]) else ""


def _state(head: str) -> Reading:
    word = re.sub(r"^\((.*)\)$", r"\1", head.rstrip("。")) or head
    concept = scheme("words").match(word)
    if concept:
        return Reading(state=word)
    return Reading(state=word, known=any(fold(word).endswith(fold(w)) for w in _words()))


def _words() -> Iterator[str]:
    for concept in scheme("words"):
        yield concept.ja
        yield from concept.alt
