"""`catalogs/NAME.yaml`: a CKAN that we publish to, read strictly; `docs/catalogs.md` has the keys.

The file names the environment variable of the token, never the token itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pipelines import strict_yaml
from pipelines.catalogs.keys import FORM, public_key
from pipelines.model import MachidataError
from pipelines.publish.ckan.wire import loopback
from pipelines.strict_keys import Reader

FOLDER = "catalogs"
TOKEN = "MACHIDATA_CKAN_TOKEN"  # noqa: S105 - the name of a variable
_KEYS = frozenset(
    {
        *("url", "token", "organization", "dataset", "licence_ids", "format"),
        *("base", "rate", "workers", "approval", "approvers"),
    }
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
# Another variable's secret must never travel to an address that a file in a repository names.
_VARIABLE = re.compile(r"MACHIDATA_[A-Z0-9_]+")
_PATTERN = re.compile(r"(?:[a-z0-9_-]|\{code\}|\{name\})+")
_LICENCES = ("ckanId", "tokyoId", "bodikId")
_LIMIT = 1000
RATE = 10.0


@dataclass(frozen=True, slots=True)
class CatalogFile:
    """A CKAN that we publish to. `name` is the file's, or the address where there is no file.

    `base` is where our IRIs stand ('': the usual one), `rate` is in requests per second (0: as fast
    as it answers; see `usual_rate`), `approvers` maps the names of those who may sign plans to
    their public keys (Ed25519, base64).
    """

    name: str
    url: str
    token: str = TOKEN
    organization: str = "{code}"
    dataset: str = "{name}"
    licence_ids: str = "ckanId"
    format: Literal["word", "iri"] = "word"
    base: str = ""
    rate: float = RATE
    workers: int = 4
    approval: bool = False
    approvers: Mapping[str, str] = field(default_factory=dict)


def load_catalog(root: Path, asked: str) -> CatalogFile:
    """The catalog that `--to` names: `ckan:ADDRESS`, an address, or a file in `catalogs/`.

    Raises MachidataError: `catalog-unknown`, `catalog-invalid`.
    """
    address = asked.removeprefix("ckan:")
    if re.match(r"https?://", address, re.IGNORECASE):
        return _from_address(root, address)
    path = root / FOLDER / f"{asked}.yaml"
    if not _NAME.fullmatch(asked) or not path.is_file():
        raise _unknown(root, asked)
    return _read(path)


def declared_catalogs(root: Path) -> list[str]:
    """The names of the files in `catalogs/`, sorted."""
    return sorted(path.stem for path in (root / FOLDER).glob("*.yaml"))


def _from_address(root: Path, address: str) -> CatalogFile:
    """A file that names this address counts: what it asks for (approval, rate) must not be got
    around by giving the address instead of the name.
    """
    url = one_spelling(address)
    for name in declared_catalogs(root):
        known = _read(root / FOLDER / f"{name}.yaml")
        if url and known.url == url:
            return known
    if not url:
        raise _unknown(root, "http…")  # not repeated: there may be a password in it
    return CatalogFile(name=url, url=url, rate=usual_rate(url))


def usual_rate(url: str) -> float:
    """Requests per second where nobody says how many: a portal is shared with its readers, a CKAN
    on this machine with nobody.
    """
    return 0.0 if loopback(url) else RATE


def one_spelling(address: str) -> str:
    """An address in the one spelling in which it is compared: scheme and host in small letters, no
    usual port, no slash at the end (RFC 3986, 6.2.2 and 6.2.3). '' for none that we take.
    """
    try:
        at = urlsplit(address)
        host, port = (at.hostname or "").rstrip("."), at.port
    except ValueError:
        return ""
    if not host or not re.fullmatch(r"https?://[^\s?#@\\]+", address, re.IGNORECASE):
        return ""
    if port is not None and port != {"http": 80, "https": 443}[at.scheme]:
        host += f":{port}"
    return f"{at.scheme}://{host}{re.sub('/+', '/', at.path)}".rstrip("/")


def _unknown(root: Path, asked: str) -> MachidataError:
    known = declared_catalogs(root)
    return MachidataError(
        "catalog-unknown",
        ja="その名前の公開先はありません。",
        en="There is no catalog of that name.",
        where="--to",
        found=asked,
        expected=" / ".join(["folder", "shirasagi", "ckan:https://…", *known]),
        fix_ja=f"{FOLDER}/NAME.yaml に公開先を書くか、ckan:アドレス で指定してください。",
        fix_en=f"Describe the catalog in {FOLDER}/NAME.yaml, or give ckan:ADDRESS.",
    )


def _read(path: Path) -> CatalogFile:
    reader = _reader(path)
    reader.only(_KEYS)
    form = reader.text("format") or "word"
    if form not in ("word", "iri"):
        reader.fail("format", form, "word / iri")
    licences = reader.text("licence_ids") or "ckanId"
    if licences not in _LICENCES:
        reader.fail("licence_ids", licences, " / ".join(_LICENCES))
    approvers = _approvers(reader)
    approval = _flag(reader, "approval")
    if approval and not approvers:
        reader.fail("approvers", "", "approvers: {name: public key}")
    url = _url(reader)
    return CatalogFile(
        name=path.stem,
        url=url,
        token=_matching(reader, "token", _VARIABLE, TOKEN),
        organization=_matching(reader, "organization", _PATTERN, "{code}"),
        dataset=_matching(reader, "dataset", _PATTERN, "{name}"),
        licence_ids=licences,
        format="iri" if form == "iri" else "word",
        base=reader.url("base"),
        rate=_number(reader, "rate", usual_rate(url)),
        workers=max(1, int(_number(reader, "workers", 4.0))),
        approval=approval,
        approvers=approvers,
    )


def _reader(path: Path) -> Reader:
    class CatalogReader(Reader):
        file = path.name
        code = "catalog-invalid"

    try:
        return CatalogReader(FOLDER, strict_yaml.load(path.read_bytes()))
    except (OSError, strict_yaml.StrictYamlError) as error:
        raise MachidataError(
            "catalog-invalid",
            ja="公開先の定義を読めません。",
            en="The description of the catalog cannot be read.",
            where=f"{FOLDER}/{path.name}",
            found=str(error)[:200],
            expected="YAML (UTF-8): key: value",
            fix_ja="字下げとコロンを確かめてください。",
            fix_en="Check indentation and colons.",
        ) from error


def _url(reader: Reader) -> str:
    text = reader.needed("url") and reader.url("url")
    return one_spelling(text) or reader.fail("url", "…", "https://…")


def _matching(reader: Reader, key: str, pattern: re.Pattern[str], usual: str) -> str:
    text = reader.text(key) or usual
    if not pattern.fullmatch(text):
        reader.fail(key, "…" if key == "token" else text, usual)
    return text


def _number(reader: Reader, key: str, usual: float) -> float:
    text = reader.text(key)
    if text and not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text):
        reader.fail(key, text, "0 – 1000")
    return min(float(text), _LIMIT) if text else usual


def _flag(reader: Reader, key: str) -> bool:
    text = reader.text(key) or "false"
    if text not in ("true", "false"):
        reader.fail(key, text, "true / false")
    return text == "true"


def _approvers(reader: Reader) -> dict[str, str]:
    node = reader.node("approvers")
    if node == "":
        return {}
    people = reader.child("approvers", node)
    keys = {}
    for name in sorted(people.nodes):
        try:
            keys[name] = public_key(people.needed(name))
        except ValueError:
            people.fail(name, "…", FORM)  # not repeated: it may be a private key
    return keys
