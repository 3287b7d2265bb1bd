"""Telephone numbers and addresses of mail, and whether they are those of an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.private.part import Kind, Private
from pipelines.private.words import any_of, words

# Numbers that begin with 0 and are parted by `-` or brackets. Blanks, or no gap at all, could be
# figures or codes as well: those count behind a word for calling, or as a mobile's.
_PARTED = r"\(?0[1-9][0-9]{0,3}(?:-[0-9]{1,4}-|\)-?[0-9]{1,4}-|-?\([0-9]{1,4}\)-?)[0-9]{3,4}"
_ABROAD = r"\+81[- ]?(?:\(0\))?[1-9][0-9]{0,3}[- ]?[0-9]{1,4}[- ]?[0-9]{3,4}"
_MOBILE = r"0[789]0 ?[0-9]{4} ?[0-9]{4}"
_JOINED = r"0[1-9][0-9]{0,3} ?[0-9]{1,4} ?[0-9]{3,4}"
_LOCAL = r"[1-9][0-9]{1,3}-[0-9]{4}"
_EDGE = r"(?<![0-9A-Za-z.,+/_#-])"
_END = r"(?![0-9A-Za-z_]|[.,/-][0-9])"
_PHONE = re.compile(f"{_EDGE}(?:{_PARTED}|{_ABROAD}|{_MOBILE}){_END}")
_DIGITS = re.compile("[0-9]")
_PERSONAL = re.compile(r"0[79]0|080(?!0)")
_FREE = re.compile(r"0120|0570|0800|0990")

# Lengths as in RFC 5321, section 4.5.3.1; without them a hostile cell would be read for minutes.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_NAME = rf"{_ATOM}{{1,64}}(?:\.{_ATOM}{{1,64}}){{0,8}}"
_AT = r"(?:@| ?[\[(<]\s?(?:at|AT|アット|アットマーク|@)\s?[\])>] ?)"
_HOST = r"((?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,63})"
_EMAIL = re.compile(f"(?<!{_ATOM})(?<!\\.){_NAME}{_AT}{_HOST}(?![A-Za-z0-9])")
# lg.jp and go.jp are given to public bodies alone; older addresses name the kind of body first.
_PUBLIC = re.compile(r"(?:^|\.)(?:lg|go)\.jp$|(?:^|\.)(?:city|town|vill|pref)\.[a-z0-9.-]+\.jp$")


def phones(text: str) -> Iterator[Private]:
    """The telephone numbers in a folded text.

    A number is an office's when it is free of charge or the text names an office; a mobile
    telephone is a person's whoever stands beside it, for it rings in somebody's pocket.
    """
    called, places = _called(), _offices()
    seen: set[tuple[int, int]] = set()
    for found in [*_PHONE.finditer(text), *called.finditer(text)]:
        number = found["number"] if found.re is called else found.group()
        start = found.start("number") if found.re is called else found.start()
        digits = _national(number)
        if (start, start + len(number)) in seen or not _is_phone(digits, found.re is called):
            continue
        seen.add((start, start + len(number)))
        public = _FREE.match(digits) or (not _PERSONAL.match(digits) and places.search(text))
        kind: Kind = "phone-office" if public else "phone"
        yield Private(kind, start, start + len(number), digits, _hidden(number))


def _national(number: str) -> str:
    """The digits as dialled in the country."""
    digits = "".join(_DIGITS.findall(number))
    return "0" + digits[2:].lstrip("0") if number.startswith("+81") else digits


def _is_phone(digits: str, called: bool) -> bool:
    if not digits.startswith("0"):
        return called and len(digits) in {6, 7, 8}
    mobile = re.match("0[5-9]0|020|0800", digits)
    return len(digits) == (11 if mobile else 10) and bool(digits[-7:].strip("0"))


def _hidden(number: str) -> str:
    """The number with its first three digits, or two of a short one."""
    kept = 3 if len(_DIGITS.findall(number)) > 8 else 2
    first = [found.start() for found in _DIGITS.finditer(number)][:kept]
    return "".join("*" if sign.isdigit() and n not in first else sign
                   for n, sign in enumerate(number))  # fmt: skip


def emails(text: str) -> Iterator[Private]:
    """The addresses of mail in a folded text."""
    for found in _EMAIL.finditer(text):
        public = bool(_PUBLIC.search(found[1].lower()))
        shown = f"***@{found[1]}" if public else f"{found.group()[0]}***@***"
        kind: Kind = "email-office" if public else "email"
        yield Private(kind, found.start(), found.end(), found.group().lower(), shown)


@cache
def _called() -> re.Pattern[str]:
    """A number behind a word for calling: there it may have blanks, or lack its area code."""
    number = f"(?P<number>{_PARTED}|{_JOINED}|{_LOCAL})"
    return re.compile(f"(?:{any_of('contact')})(?:番号|先)?[ :()は./-]{{0,3}}{number}{_END}")


@cache
def _offices() -> re.Pattern[str]:
    """A word of an office: one of vocab/persons.ttl, or a name that ends as offices do."""
    ends = r"[^\s0-9:()全一内外関-](?:課|係|部|室|局|署|班)(?![一-鿿])"
    return re.compile(f"(?:{any_of('office')})(?![者取])|{ends}")


def is_contact(heading: str) -> bool:
    """Whether the heading of a column says that its values are there for calling or writing."""
    return any(word.casefold() in heading.casefold() for word in words("contact"))
