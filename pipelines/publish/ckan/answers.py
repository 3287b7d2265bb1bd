"""What an answer of CKAN's API means: its result, or one of our errors.

By status, keys and `__type` only: the sentences may be in any language. Seen on CKAN 2.12.0: 403
`Authorization Error`, 404 `Not Found Error`, 409 `Validation Error` with the fields as keys, 409
`Search Error`, 400 `Integrity Error` or a bare JSON string (unknown action, bad JSON), 500
`Internal Server Error`, `Search Index Error`, `Search Connection Error`. A token that it does not
know is no error there: the request goes on as anybody's.
"""

from __future__ import annotations

import email.utils
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pipelines.publish.ckan.errors import (
    CERTIFICATE,
    TOO_LARGE,
    CatalogError,
    Moved,
    NoCkan,
    NotAllowed,
    NotThere,
    Refused,
    Uncertain,
    Unreachable,
)
from pipelines.publish.ckan.token import Token
from pipelines.publish.ckan.wire import Answer, Fault
from pipelines.publish.ckan.words import clean, fields_of


@dataclass(frozen=True)
class Context:
    """What the words of an error need: the catalog, what was asked, and the token to hide."""

    where: str
    asked: str
    token: Token | None
    writes: bool
    matched: frozenset[str] = frozenset()  # the keys that package_revise was told to compare


def parsed(answer: Answer) -> Any:
    """The JSON of an answer; None if it is none, also if it is absurdly nested."""
    try:
        return json.loads(answer.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def judged(answer: Answer, context: Context) -> Any:
    """The result of an action, or raises what the answer means."""
    told = parsed(answer)
    if answer.status == 200 and isinstance(told, dict) and told.get("success") is True:
        if "result" in told:
            return told["result"]
        raise _odd(answer, context)
    raise _refusal(answer, told, context)


def _refusal(answer: Answer, told: Any, context: Context) -> CatalogError:
    """The error that an answer without a result is."""
    status = answer.status
    error = told.get("error") if isinstance(told, dict) else None
    ours = told is not None and (isinstance(told, str) or error is not None)
    words = _words(answer, told, error, context)
    if status in (401, 403):
        denied = NotAllowed(context.where, context.asked, words, status)
        denied.by_ckan = ours
        return denied
    if status == 404 and ours:
        return NotThere(context.where, context.asked, words, status)
    if status == 409 and ours:
        return _conflict(error, words, context)
    if status in (400, 413, 415, 422) and (ours or status != 400):
        return Refused(context.where, context.asked, words, status, fields_of(error, context.token))
    if status == 408 or status >= 500:
        kind = Uncertain if context.writes else Unreachable
        return kind(context.where, context.asked, words, status)
    return _odd(answer, context)


def _conflict(error: Any, words: str, context: Context) -> CatalogError:
    """409: what was sent is not valid, or the dataset is no longer as we told that it is."""
    kind = error.get("__type") if isinstance(error, dict) else None
    if kind == "Search Error" and context.writes:
        # The search is asked after the database was written as well.
        return Uncertain(context.where, context.asked, words, 409)
    fields = fields_of(error, context.token)
    unmatched = fields.get("match", [])
    if (
        context.matched
        and set(fields) == {"match"}
        and unmatched
        and all(key.partition("__")[0] in context.matched for key in unmatched)
    ):
        return Moved(context.where, context.asked, unmatched, 409)
    return Refused(
        context.where, context.asked, words, 409, {} if kind == "Search Error" else fields
    )


def _odd(answer: Answer, context: Context) -> CatalogError:
    """An answer that no CKAN gives; of a write it is certain only that it was not refused."""
    where = answer.headers.get("location", "")
    if 300 <= answer.status < 400:
        at = urlsplit(where)
        found = clean(f"→ {at.scheme}://{at.netloc.rpartition('@')[2]}{at.path}", context.token)
        return NoCkan(context.where, context.asked, found, answer.status)
    words = clean(answer.body[:4096].decode("utf-8", "replace"), context.token)
    found = f"{clean(answer.media, context.token, 60)} {words}".strip()
    kind = Uncertain if context.writes and answer.status < 300 else NoCkan
    return kind(context.where, context.asked, found, answer.status)


def _words(answer: Answer, told: Any, error: Any, context: Context) -> str:
    """The server's own words, wherever it put them."""
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        raw = error["message"]
    elif isinstance(error, str) or isinstance(told, str):
        raw = error if isinstance(error, str) else told
    else:
        raw = answer.body[:20_000].decode("utf-8", "replace")
    return clean(raw, context.token)


def failed(fault: Fault, context: Context) -> CatalogError:
    """The error that a request without an answer is."""
    found = clean(f"{fault.kind} {fault.words}", context.token)
    if fault.sent and context.writes:
        return Uncertain(context.where, context.asked, found)
    if fault.kind == "large":
        return NoCkan(context.where, context.asked, found, texts=TOO_LARGE)
    texts = CERTIFICATE if fault.kind == "insecure" else None
    return Unreachable(context.where, context.asked, found, texts=texts)


def retry_after(answer: Answer, today: float) -> float | None:
    """The seconds that an answer asks us to wait; None if it does not say, or not readably.

    A date counts from the server's own Date (RFC 9110, 10.2.3), so that its clock may be wrong.
    """
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit() and len(told) < 10:
        return float(told)
    until = _seconds(told)
    now = _seconds(answer.headers.get("date", ""))
    return None if until is None else max(0.0, until - (today if now is None else now))


def _seconds(date: str) -> float | None:
    """An HTTP date in seconds since 1970."""
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def about(action: str, data: Mapping[str, Any]) -> str:
    """The action and the thing that it is about, for people; nothing else of what is sent."""
    match = data.get("match")
    named = match if isinstance(match, Mapping) else data
    for key in ("id", "match__id", "resource_id", "name", "package_id"):
        value = named.get(key) or data.get(key)
        if isinstance(value, str) and value:
            return f"{action} {clean(value, None, 100)}"
    return action
