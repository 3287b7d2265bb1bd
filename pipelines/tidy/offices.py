"""The offices that a text names: in brackets behind what they did, or as the label of a figure."""

from __future__ import annotations

import re

from pipelines.tidy.text import is_office, narrow, without_marks

_BRACKET = re.compile(r"\([^()]*\)")


def offices_in(text: str) -> list[str]:
    """The offices named in the last bracket of a text that holds any; [] without one."""
    printed = office_bracket(text)
    found: list[str] = []
    for part in _parts(printed):
        inner = part.split("・")
        found += inner if all(is_office(piece) for piece in inner) else [part]
    return found


def office_bracket(text: str) -> str:
    """The last bracket of nothing but offices, as printed (`（税務課・公民館）`), or ''."""
    for match in reversed(list(_BRACKET.finditer(narrow(text)))):
        if holds_offices(match.group()):
            return text[match.start() : match.end()].strip()
    return ""


def holds_offices(bracket: str) -> bool:
    """True for a bracket with nothing but names of offices."""
    parts = _parts(bracket)
    return bool(parts) and all(is_office(part) for part in parts)


def _parts(bracket: str) -> list[str]:
    return [part for part in re.split(r"[\s、,]+", narrow(bracket).strip(" ()")) if part]


def only_offices(line: str) -> bool:
    """True for a line that is a bracket of offices and nothing else."""
    return bool(_BRACKET.fullmatch(narrow(line).strip())) and holds_offices(line)


def without_offices(text: str) -> str:
    """A text without its brackets of offices."""
    for match in reversed(list(_BRACKET.finditer(narrow(text)))):
        if holds_offices(match.group()):
            text = text[: match.start()].rstrip() + text[match.end() :]
    return text.strip()


def blank_offices(line: str) -> str:
    """A line with its brackets of offices blanked: `公民館3館` in them is no figure.

    A bracket right behind an office (`総務課(消費生活センター) 10回`) says what that office counted
    and stays.
    """
    plain = narrow(line)
    for match in re.finditer(r"\([^()]*\)", plain):
        before = plain[max(0, match.start() - 40) : match.start()]
        detail = is_office(re.split(r"[\s・]", before)[-1])
        if holds_offices(match.group()) and not detail:
            line = line[: match.start()] + " " * (match.end() - match.start()) + line[match.end() :]
    return line.rstrip()


def office_label(label: str) -> tuple[str, str]:
    """`観光課(朝市)` → the office and what it counts; ('', label) for other labels."""
    match = re.fullmatch(r"([^()\s]+)\s*(?:\(([^()]*)\)?)?", without_marks(label))
    if match and is_office(match[1]) and not re.search(r"[のをが]", match[1]):
        return match[1], match[2] or ""
    return "", label
