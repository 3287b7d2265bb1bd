"""IRIs are made safe here and nowhere else.

Parts are percent-encoded (RFC 3986, section 2.1), so that no name of a package, table or file can
leave its place in the path; addresses that people wrote are accepted only with a harmless scheme.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from pipelines.model import MachidataError

# The characters that RFC 3987 forbids in an IRI although urlsplit lets them pass.
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\udfff]')
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_GEONAMES = re.compile(r"https?://sws\.geonames\.org/([0-9]+)/?")


def segment(part: str) -> str:
    """One path segment: everything but unreserved characters encoded, `.` and `..` too."""
    encoded = quote(part.encode("utf-8", "replace"), safe="")
    return encoded.replace(".", "%2E") if encoded.strip(".") == "" else encoded


class Names:
    """Makes the IRIs of one catalog. `base` ends in `/` and is a URI: scheme and host in lower
    case, a Japanese host as punycode, a Japanese path percent-encoded.

    Raises MachidataError `base-invalid` when `base` is no absolute http(s) address without
    query, fragment, user name and dot segments.
    """

    def __init__(self, base: str) -> None:
        address = _uri(base)
        if not address:
            raise MachidataError(
                "base-invalid",
                ja="カタログのアドレスが正しくありません。",
                en="The address of the catalog is not usable.",
                found=base,
                expected="https://example.jp/catalog/",
                fix_ja="https:// で始まり、?、#、@、.. の無いアドレスを指定してください。",
                fix_en="Give an address that starts with https:// and has no ?, #, user name or ..",
            )
        self.base = address if address.endswith("/") else address + "/"

    def at(self, *parts: str) -> str:
        """The IRI below the base: each part is one path segment."""
        return self.base + "/".join(segment(part) for part in parts)

    def fragment(self, iri: str, part: str) -> str:
        """The IRI of a thing that is told of within another's description."""
        return f"{iri}#{segment(part)}"

    def file(self, name: str, path: str) -> str:
        """The address of a package's file; `path` is relative, with `/` between its parts."""
        return self.at(name, *path.split("/"))


def web_address(written: str) -> str:
    """An http(s) address as an IRI, illegal characters encoded; '' for anything else.

    Addresses are written by people: a `javascript:` or `data:` one must never become a link.
    """
    try:
        parts = urlsplit(written.strip())
        host = parts.hostname or ""
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or _FORBIDDEN.search(parts.netloc):
        return ""
    return _escape(written.strip())


def _uri(written: str) -> str:
    """A base as a URI (RFC 3986); '' when it cannot be one."""
    address = web_address(written)
    parts = urlsplit(address)
    steps = {unquote(step) for step in parts.path.split("/")}
    if not address or set("?#") & set(address) or "@" in parts.netloc or steps & {".", ".."}:
        return ""
    host = parts.hostname or ""
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port is None else f":{parts.port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=")
    return f"{parts.scheme.lower()}://{host}{port}{path}"


def mail_address(written: str) -> str:
    """A `mailto:` IRI (RFC 6068) for an e-mail address; '' when it is none."""
    bare = written.strip().removeprefix("mailto:")
    local, at, domain = bare.rpartition("@")
    if not (local and at and domain) or re.search(r"[\s<>?&,;]", bare):
        return ""
    return "mailto:" + quote(local.encode("utf-8", "replace"), safe="+.-_") + "@" + _escape(domain)


def phone_address(written: str) -> str:
    """A `tel:` IRI (RFC 3966) for a telephone number; '' when it is none.

    A number of the Japanese form with its area code becomes a global number (+81).
    """
    bare = written.strip().removeprefix("tel:")
    if not re.fullmatch(r"\+?[0-9]+(-[0-9]+)*", bare):
        return ""
    return f"tel:+81-{bare[1:]}" if bare.startswith("0") else f"tel:{bare}"


def geonames(written: str) -> str:
    """The canonical IRI of a GeoNames feature (`https://sws.geonames.org/123/`); '' for others."""
    found = _GEONAMES.fullmatch(written.strip())
    return f"https://sws.geonames.org/{found[1]}/" if found else ""


def _escape(written: str) -> str:
    closed = _BAD_PERCENT.sub("%25", written)
    return _FORBIDDEN.sub(lambda hit: quote(hit[0].encode("utf-8", "replace"), safe=""), closed)
