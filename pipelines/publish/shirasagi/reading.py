"""What stands in a SHIRASAGI catalog, by its GET API: `package_list`, then `package_show` of each.

Read in shirasagi/shirasagi, app/models/opendata/api/ (package_list_param.rb, package_show_param.rb,
converter.rb): the list has UUIDs (titles in old editions), `limit` and `offset` page it, and the
API knows neither データセット_ID nor any other word of the importer. A file that was imported has
the address of the list as its `url` (resource/model.rb, `full_url`), so that is the key; titles
are second best. Answers of relatives are understood too: CKAN's own, one with `title` beside
`filename`, one that wraps the package into a list of one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from pipelines.model import MachidataError

_PAGE = 100
_LARGEST = 20_000_000  # bytes of an answer
_LONGEST = 2_000  # characters that are kept of a text
_JAPAN = timezone(timedelta(hours=9))


class Fetch(Protocol):
    """GET: status and body; whatever it raises itself (MachidataError) passes through."""

    def __call__(self, url: str) -> tuple[int, bytes]:
        """The answer at `url`."""


@dataclass(frozen=True, slots=True)
class ThereFile:
    """A file there; `updated` is an ISO date in Japan, '' when not told."""

    address: str
    title: str
    format: str = ""
    licence: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class ThereDataset:
    """A dataset there; `page` is its address for people."""

    id: str
    title: str
    page: str = ""
    updated: str = ""
    files: tuple[ThereFile, ...] = ()


def read_catalog(address: str, fetch: Fetch, most: int = 5000) -> tuple[ThereDataset, ...]:
    """Everything public in the catalog at `address` (with or without `/api`).

    A dataset that vanishes between the two questions is left out. Raises MachidataError
    `catalog-address-invalid` (exit code 2), `catalog-unreachable`, `catalog-answer-invalid`,
    `catalog-too-large` (exit code 3).
    """
    base = _base(address)
    found: list[ThereDataset] = []
    for number, name in enumerate(_names(base, fetch)):
        if number >= most:
            raise _error("catalog-too-large", base, f"> {most}", f"≤ {most}")
        url = f"{base}package_show?id={quote(name, safe='')}"
        shown = _result(url, fetch, absent=True)
        if shown is not None:
            found.append(_dataset(shown, url))
    return tuple(found)


def _base(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    plain = parts.scheme in {"http", "https"} and host and not (parts.query or parts.fragment)
    if not plain or "@" in parts.netloc:
        raise MachidataError(
            "catalog-address-invalid",
            ja="カタログのアドレスが正しくありません。",
            en="The address of the catalog is not usable.",
            where="--to shirasagi:URL",
            found=address[:200],
            expected="shirasagi:https://opendata.example.jp/",
            fix_ja="https:// で始まり、?、#、@ の無いアドレスを書いてください。",
            fix_en="Give an address that starts with https:// and has no ?, # or user name.",
        )
    path = parts.path.rstrip("/").removesuffix("/api")
    return f"{parts.scheme}://{parts.netloc}{path}/api/"


def _names(base: str, fetch: Fetch) -> Iterator[str]:
    """The names, page by page; a catalog that does not page gives all of them at once."""
    known: set[str] = set()
    while True:
        url = f"{base}package_list?limit={_PAGE}&offset={len(known)}"
        page = _result(url, fetch)
        if not isinstance(page, list) or not all(isinstance(one, str) and one for one in page):
            raise _invalid(url, f"result: {type(page).__name__}")
        new = [name for name in dict.fromkeys(page) if name not in known]
        known.update(new)
        yield from new
        if len(page) < _PAGE or not new:
            return


def _result(url: str, fetch: Fetch, *, absent: bool = False) -> Any:
    """`result` of an answer; None for one that says no, where `absent` allows that."""
    status, data = fetch(url)
    if absent and status == 404:
        return None
    if status != 200:
        raise _error("catalog-unreachable", url, f"HTTP {status}", "HTTP 200")
    if len(data) > _LARGEST:
        raise _invalid(url, f"{len(data)} bytes")
    try:
        answer = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _invalid(url, data[:80].decode("utf-8", "replace")) from error
    if not isinstance(answer, dict) or not isinstance(answer.get("success"), bool):
        raise _invalid(url, type(answer).__name__)
    if not answer["success"]:
        if absent:
            return None
        raise _invalid(url, json.dumps(answer.get("error"), ensure_ascii=False)[:200])
    return answer.get("result")


def _dataset(shown: Any, url: str) -> ThereDataset:
    if isinstance(shown, list) and len(shown) == 1:
        shown = shown[0]
    if not isinstance(shown, dict):
        raise _invalid(url, type(shown).__name__)
    # SHIRASAGI's name is a title; CKAN's is a word for the address, beside the title
    title = _text(shown, "title") or _text(shown, "name")
    name = _text(shown, "uuid") or _text(shown, "id") or _text(shown, "filename")
    files = shown.get("resources") or []
    if not (title and name) or not isinstance(files, list):
        raise _invalid(url, ", ".join(sorted(str(key) for key in shown))[:200])
    return ThereDataset(
        id=name,
        title=title,
        page=_text(shown, "url"),
        updated=_day(_text(shown, "updated") or _text(shown, "metadata_modified")),
        files=tuple(_file(one, url) for one in files),
    )


def _file(shown: Any, url: str) -> ThereFile:
    if not isinstance(shown, dict):
        raise _invalid(url, f"resources: {type(shown).__name__}")
    licence = shown.get("license")
    named = licence if isinstance(licence, dict) else {"name": licence or shown.get("license_id")}
    updated = _text(shown, "updated") or _text(shown, "last_modified")
    return ThereFile(
        address=_text(shown, "url") or _text(shown, "download_url"),
        title=_text(shown, "name"),
        format=_text(shown, "format"),
        licence=_text(named, "name") or _text(named, "uid"),
        updated=_day(updated),
    )


def _text(shown: Mapping[str, Any], key: str) -> str:
    value = shown.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)[:_LONGEST].strip()


def _day(written: str) -> str:
    """The day in Japan of a time stamp, '' for anything else."""
    try:
        moment = datetime.fromisoformat(written)
        return (moment.astimezone(_JAPAN) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _invalid(url: str, found: str) -> MachidataError:
    return _error("catalog-answer-invalid", url, found, '{"success": true, "result": …}')


_WORDS = {
    "catalog-unreachable": ("カタログが応答しません。", "The catalog does not answer."),
    "catalog-answer-invalid": (
        "カタログの応答を、SHIRASAGI の API のものとして読めません。",
        "The catalog's answer cannot be read as one of SHIRASAGI's API.",
    ),
    "catalog-too-large": (
        "カタログのデータセットが多すぎます。",
        "The catalog has too many datasets.",
    ),
}


def _error(code: str, url: str, found: str, expected: str) -> MachidataError:
    ja, en = _WORDS[code]
    return MachidataError(
        code,
        ja=ja,
        en=en,
        where=url[:300],
        found=found,
        expected=expected,
        fix_ja="アドレスを確かめるか、:URL を付けずに実行してください（前の一覧から計画します）。",
        fix_en="Check the address, or leave out :URL; the plan is then made from the list before.",
        exit_code=3,
    )
