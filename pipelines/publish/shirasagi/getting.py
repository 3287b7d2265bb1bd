"""GET for reading a catalog's API: one by one, no redirects, an answer of bounded size."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from pipelines.model import MachidataError

LARGEST = 20_000_000
"""Bytes of an answer that are read; the one byte more that tells of a larger one is read too."""


class Getter:
    """GET with `pause` seconds between two questions and `timeout` seconds for each answer.

    Only http and https are known to it. A redirect is not followed: its status is the answer.
    """

    def __init__(
        self,
        pause: float = 0.5,
        timeout: float = 30.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause, self._timeout, self._sleep = pause, timeout, sleep
        self._asked = False
        self._opener = OpenerDirector()
        for handler in (
            *(ProxyHandler(), HTTPHandler(), HTTPSHandler()),
            *(HTTPErrorProcessor(), HTTPDefaultErrorHandler()),
        ):
            self._opener.add_handler(handler)

    def __call__(self, url: str) -> tuple[int, bytes]:
        """Status and body. Raises MachidataError `catalog-unreachable` (exit code 3)."""
        if self._asked:
            self._sleep(self._pause)
        self._asked = True
        try:
            if not url.startswith(("http://", "https://")):
                raise ValueError("http / https")
            request = Request(url, headers={"User-Agent": "machidata"})  # noqa: S310 - http(s)
            with self._opener.open(request, timeout=self._timeout) as answer:
                return int(answer.status), answer.read(LARGEST + 1)
        except HTTPError as error:
            with error:
                return int(error.code), b""
        except (OSError, HTTPException, ValueError) as error:
            raise MachidataError(
                "catalog-unreachable",
                ja="カタログに接続できません。",
                en="The catalog cannot be reached.",
                where=url[:300],
                found=f"{type(error).__name__}: {error}"[:200],
                fix_ja="アドレスとネットワークを確かめて、もう一度実行してください。",
                fix_en="Check the address and the network, then run it again.",
                exit_code=3,
            ) from error
