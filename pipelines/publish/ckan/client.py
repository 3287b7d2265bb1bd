"""The API of a CKAN: reads that are tried again, writes that never happen twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from urllib3.filepost import encode_multipart_formdata

from pipelines.model import MachidataError
from pipelines.publish.ckan.again import held, passing
from pipelines.publish.ckan.answers import Context, about, failed, judged, retry_after
from pipelines.publish.ckan.errors import (
    NO_TOKEN,
    RIGHTS,
    TOKEN,
    Busy,
    CatalogError,
    NoCkan,
    NotAllowed,
    NotThere,
)
from pipelines.publish.ckan.limits import Limits
from pipelines.publish.ckan.pace import Pace
from pipelines.publish.ckan.token import Token
from pipelines.publish.ckan.wire import Answer, Asked, Fault, Sessions
from pipelines.publish.ckan.words import clean

HOPS = 5


@dataclass(frozen=True)
class Upload:
    """A file to send: the name that the catalog shall give it, its bytes, its media type."""

    name: str
    data: bytes = field(repr=False)
    media: str = "text/csv"


@dataclass(frozen=True)
class Fetched:
    """A file or page: its bytes as they were sent; `url` after the redirects."""

    status: int
    data: bytes = field(repr=False)
    media: str
    url: str


class Ckan:
    """A CKAN at an address; several threads may use one client.

    `url` is where the pages of the catalog begin, without /api. Requests raise CatalogError
    (errors.py): NotThere, NotAllowed, Refused, Moved, NoCkan (exit code 2), Unreachable, Busy and,
    of writes only, Uncertain (exit code 3). Raises MachidataError `catalog-url-invalid`.
    """

    def __init__(
        self,
        url: str,
        token: Token | None = None,
        *,
        pace: Pace | None = None,
        limits: Limits = Limits(),  # noqa: B008 - it is frozen
    ) -> None:
        self.url = _address(url)
        self._token = token
        self._limits = limits
        self._pace = pace or Pace(clock=limits.clock, sleep=limits.sleep)
        self._wire = Sessions(token, limits)

    def read(self, action: str, /, **data: Any) -> Any:
        """The result of an action that changes nothing; tried again while that may help."""
        return self._act(action, self._json(action, data), self._context(action, data, False))

    def write(self, action: str, /, **data: Any) -> Any:
        """The result of an action that changes something.

        Tried again only while it is certain that the catalog did nothing; raises Uncertain as soon
        as that is open.
        """
        return self._act(action, self._json(action, data), self._context(action, data, True))

    def send(self, action: str, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> Any:
        """As `write`, with files; `package_revise` gets every field as JSON.

        CKAN reads the fields of `package_revise` as JSON wherever they are JSON: without it the
        text "2024" would become a number there. Other actions get texts as they are.
        """
        encoded = action == "package_revise"
        parts: list[tuple[str, Any]] = [
            (name, value if isinstance(value, str) and not encoded else _dumped(value))
            for name, value in fields.items()
        ]
        parts += [(name, (file.name, file.data, file.media)) for name, file in files.items()]
        body, media = encode_multipart_formdata(parts)
        asked = self._post(action, body, media)
        return self._act(action, asked, self._context(action, fields, True))

    def fetch(self, url_or_path: str) -> Fetched:
        """A file or page; a path counts from the address of the catalog.

        Redirects are followed, to other hosts too; only the catalog's own host gets the token.
        """
        at = url_or_path
        if not urlsplit(at).scheme:
            at = f"{self.url}/{at.lstrip('/')}"
        shown = clean(urlsplit(_web(at)).path, self._token, 150)
        context = Context(self.url, f"GET {shown}", self._token, writes=False)
        for _ in range(HOPS + 1):
            asked = Asked("GET", _web(at), self._limits.file, with_token=self._ours(at))
            answer = self._answer(asked, context)
            if answer.status not in (301, 302, 303, 307, 308):
                return self._fetched(answer, at, context)
            at = urljoin(at, answer.headers.get("location", ""))
        raise NoCkan(self.url, context.asked, f"> {HOPS} redirects", answer.status)

    def close(self) -> None:
        """Lets go of all connections."""
        self._wire.close()

    def __enter__(self) -> Ckan:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ckan({self.url!r})"

    def _context(self, action: str, data: Mapping[str, Any], writes: bool) -> Context:
        match = data.get("match")
        keys = {str(key) for key in match} if isinstance(match, Mapping) else set()
        keys |= {key.split("__")[1] for key in data if key.startswith("match__")}
        matched = frozenset(keys) if action == "package_revise" else frozenset()
        return Context(self.url, about(action, data), self._token, writes, matched)

    def _json(self, action: str, data: Mapping[str, Any]) -> Asked:
        return self._post(action, _dumped(data).encode(), "application/json")

    def _post(self, action: str, body: bytes, media: str) -> Asked:
        url = f"{self.url}/api/3/action/{quote(action, safe='')}"
        return Asked("POST", url, self._limits.answer, body, media)

    def _act(self, action: str, asked: Asked, context: Context) -> Any:
        answer = self._answer(asked, context)
        try:
            return judged(answer, context)
        except NotAllowed as error:
            refused = error
        raise self._named(refused, action)

    def _answer(self, asked: Asked, context: Context) -> Answer:
        """The answer to a request, after as many tries as it may have."""
        waited, attempt = 0.0, 0
        while True:
            self._turn(context)
            got = self._wire(asked)
            wait = self._limits.backoff(context.asked, attempt)
            attempt += 1
            if isinstance(got, Answer):
                wait = max(wait, retry_after(got, self._limits.today()) or 0.0)
            if held(got):
                self._pace.pause(wait)
            elif not passing(got, context.writes) or attempt >= self._limits.tries:
                return self._last(got, context)
            waited += wait
            if waited > self._limits.patience:
                return self._last(got, context, wait)
            if not held(got):
                self._limits.sleep(wait)

    def _turn(self, context: Context) -> None:
        """Waits until the catalog may be asked; not for a pause that is longer than patience."""
        closed = self._pace.closed_for()
        if closed > self._limits.patience:
            raise Busy(self.url, context.asked, f"Retry-After: {closed:.0f}", 0, closed)
        self._pace.wait()

    def _last(self, got: Answer | Fault, context: Context, wait: float = 0.0) -> Answer:
        """The answer that remains, or the error that a request without any is."""
        if isinstance(got, Fault):
            raise failed(got, context)
        if held(got):
            raise Busy(self.url, context.asked, f"Retry-After: {wait:.0f}", got.status, wait)
        return got

    def _named(self, refused: NotAllowed, action: str) -> CatalogError:
        """Says whether the token or its rights were the reason, where CKAN lets us find out.

        It does not say so itself: with a token that it does not know the request goes on as
        anybody's. `user_show` without a name tells who we are, and 404 that we are nobody.
        """
        texts = None
        if not refused.by_ckan or action == "user_show":
            return refused
        if self._token is None:
            texts = NO_TOKEN
        else:
            try:
                self.read("user_show")
                texts = RIGHTS
            except NotThere:
                texts = TOKEN
            except CatalogError:
                return refused
        found = refused.found.partition(": ")[2]
        return NotAllowed(self.url, refused.asked, found, refused.status, texts)

    def _ours(self, at: str) -> bool:
        """Whether an address is on the catalog's own origin."""
        return _origin(at) == _origin(self.url)

    def _fetched(self, answer: Answer, at: str, context: Context) -> Fetched:
        if answer.status == 200:
            return Fetched(200, answer.body, answer.media, at)
        if answer.status in (404, 410):
            raise NotThere(self.url, context.asked, "", answer.status)
        judged(answer, context)
        raise NoCkan(self.url, context.asked, "", answer.status)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _origin(url: str) -> tuple[str, str, int]:
    at = urlsplit(url)
    return at.scheme.lower(), at.hostname or "", at.port or (443 if at.scheme == "https" else 80)


def _web(url: str) -> str:
    """The address, if it is one of http or https with nothing secret in it."""
    try:
        at = urlsplit(url)
        fine = at.scheme in ("http", "https") and at.hostname and "@" not in at.netloc
        fine = fine and (at.port is None or at.port > 0)
    except ValueError:
        fine = False
    if fine and not any(letter.isspace() or ord(letter) < 32 for letter in url):
        return url
    raise MachidataError(
        "catalog-url-invalid",
        ja="カタログのアドレスとして使えません。",
        en="This is no address of a catalog.",
        # Not the address itself: there may be a password in it.
        expected="https://… (利用者名・パスワードなし / without user name and password)",
        fix_ja="http:// か https:// で始まるアドレスを指定してください。",
        fix_en="Give an address that begins with http:// or https://.",
    )


def _address(url: str) -> str:
    found = _web(url.strip()).rstrip("/")
    at = urlsplit(found)
    return f"{at.scheme}://{at.netloc}{at.path}".rstrip("/")
