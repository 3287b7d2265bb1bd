"""A Prefect server that the user has configured: whether it is there, and answers as one."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

from pipelines.model import MachidataError

PATIENCE = 10.0
"""Seconds that a server may take to answer whether it is there."""


@contextlib.contextmanager
def configured_server() -> Iterator[None]:
    """Runs the block with the server of PREFECT_API_URL, a profile or prefect.toml.

    One that is not there is said at once, not after Prefect's own patience; one that leaves
    meanwhile, or is no Prefect server, is said too. Raises MachidataError `engine-unreachable`.
    """
    url = _address()
    if url:
        reach(url)
    import httpx

    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise unreachable(url, error) from error
    except RuntimeError as error:
        if "reach API" not in str(error):
            raise
        raise unreachable(url, error) from error


def _address() -> str:
    """The address of the settings, '' where there is none (Prefect then starts its own server)."""
    stated = os.environ.get("PREFECT_API_URL")
    if stated:
        return stated  # goes before all others; Prefect cannot even be imported with a bad one
    from prefect.exceptions import ProfileSettingsValidationError
    from prefect.settings import PREFECT_API_URL

    try:
        return PREFECT_API_URL.value() or ""
    except (ProfileSettingsValidationError, ValueError) as error:
        raise unreachable("", error) from error


def reach(url: str) -> None:
    """Asks a server whether it is there: any answer will do.

    Raises MachidataError `engine-unreachable` (exit code 3), also for what is no web address.
    """
    if not re.match("https?://", url, re.IGNORECASE):
        raise unreachable(url, ValueError("no http:// or https://"))
    plain = _without_password(url).rstrip("/")
    try:
        urllib.request.urlopen(f"{plain}/health", timeout=PATIENCE).close()  # noqa: S310
    except urllib.error.HTTPError:
        return
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLError):
            return  # somebody is there; whether to trust them is set in Prefect's settings
        raise unreachable(url, error) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise unreachable(url, error) from error


def unreachable(url: str, error: Exception) -> MachidataError:
    """The error for a server that cannot be used; a password in its address is left out."""
    address = _without_password(url)
    reason = str(getattr(error, "reason", "") or error).partition("\n")[0]
    return MachidataError(
        "engine-unreachable",
        ja="設定された Prefect サーバーに届きません。",
        en="The Prefect server of your settings cannot be reached.",
        where=f"PREFECT_API_URL={address}" if address else "PREFECT_API_URL",
        found=reason[:300],
        expected="http://127.0.0.1:4200/api",
        fix_ja="設定（PREFECT_API_URL、プロファイル、prefect.toml）を外すか、サーバーを起動してください。"
        "Prefect を使わない machidata build でも同じ結果が得られます。",
        fix_en="Unset it (PREFECT_API_URL, the profile, prefect.toml) or start the server; "
        "`machidata build` gives the same result without Prefect.",
        exit_code=3,
    )


def _without_password(url: str) -> str:
    return re.sub("//[^/@]*@", "//", url)
