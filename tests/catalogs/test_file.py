"""`catalogs/NAME.yaml`: every key, right and wrong in every way."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs.file import CatalogFile, declared_catalogs, load_catalog
from pipelines.model import MachidataError

URL = "url: https://ckan.example.jp\n"
WHOLE = """\
url: https://ckan.example.jp/
token: MACHIDATA_AOIMORI_TOKEN
organization: org-{code}
dataset: "{code}_{name}"
licence_ids: bodikId
format: iri
base: https://data.example.jp/
rate: 2.5
workers: 4
approval: true
approvers: {yamada: "@1", abe: "@2"}
"""
KEYS = [base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2)]
WHOLE = WHOLE.replace("@1", KEYS[0]).replace("@2", KEYS[1])


def write(root: Path, text: str | bytes, name: str = "aomori") -> None:
    folder = root / "catalogs"
    folder.mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / f"{name}.yaml").write_bytes(data)


def test_all_keys(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    assert load_catalog(tmp_path, "aomori") == CatalogFile(
        name="aomori",
        url="https://ckan.example.jp",
        token="MACHIDATA_AOIMORI_TOKEN",  # noqa: S106 - the name of a variable
        organization="org-{code}",
        dataset="{code}_{name}",
        licence_ids="bodikId",
        format="iri",
        base="https://data.example.jp/",
        rate=2.5,
        workers=4,
        approval=True,
        approvers={"abe": KEYS[1], "yamada": KEYS[0]},
    )


def test_only_the_address_is_needed(tmp_path: Path) -> None:
    write(tmp_path, URL)
    found = load_catalog(tmp_path, "aomori")
    assert found == CatalogFile("aomori", "https://ckan.example.jp")
    assert (found.token, found.rate, found.workers) == ("MACHIDATA_CKAN_TOKEN", 10.0, 4)
    assert (found.organization, found.dataset, found.approval) == ("{code}", "{name}", False)


@pytest.mark.parametrize(
    ("url", "rate"),
    [
        ("http://127.0.0.1:5000", 0.0),
        ("http://localhost", 0.0),
        ("https://127.0.0.1.example.jp", 10.0),
        ("https://ckan.example.jp", 10.0),
    ],
)
def test_a_catalog_of_others_is_asked_slowly(tmp_path: Path, url: str, rate: float) -> None:
    write(tmp_path, f"url: {url}\n")
    assert load_catalog(tmp_path, "aomori").rate == rate
    write(tmp_path, f"url: {url}\nrate: 3\n")
    assert load_catalog(tmp_path, "aomori").rate == 3.0
    assert load_catalog(tmp_path / "none", f"ckan:{url}").rate == rate


WRONG: list[tuple[str, str]] = [
    ("url", "rate: 1\n"),
    ("url", "url: https://user:word@ckan.example.jp\n"),
    ("url", "url: https://ckan.example.jp?x=y\n"),
    ("url", "url: https://ckan.example.jp:none\n"),
    ("url", "url: ftp://x.example\n"),
    ("url", "url: ckan.example.jp\n"),
    ("url", "url: [https://a.example]\n"),
    ("url", "url: {a: b}\n"),
    ("url", 'url: "https://a.example/\\x01"\n'),
    ("token", URL + "token: eyJhbGciOi.abc.def\n"),
    ("token", URL + "token: [MACHIDATA_X]\n"),
    ("organization", URL + "organization: 青森\n"),
    ("organization", URL + 'organization: "a b"\n'),
    ("organization", URL + 'organization: "{other}"\n'),
    ("organization", URL + "organization: ../x\n"),
    ("dataset", URL + 'dataset: "{code"\n'),
    ("dataset", URL + "dataset: A\n"),
    ("dataset", URL + "dataset: [a]\n"),
    ("licence_ids", URL + "licence_ids: other\n"),
    ("licence_ids", URL + "licence_ids: [ckanId]\n"),
    ("format", URL + "format: csv\n"),
    ("format", URL + "format: {word: iri}\n"),
    ("base", URL + "base: data\n"),
    ("base", URL + "base: javascript:alert(1)\n"),
    ("rate", URL + "rate: fast\n"),
    ("rate", URL + "rate: -1\n"),
    ("rate", URL + "rate: 1e9\n"),
    ("rate", URL + "rate: inf\n"),
    ("rate", URL + "rate: nan\n"),
    ("rate", URL + "rate: [1]\n"),
    ("workers", URL + "workers: many\n"),
    ("workers", URL + "workers: -2\n"),
    ("approval", URL + "approval: maybe\n"),
    ("approval", URL + "approval: 1\n"),
    ("approvers", URL + "approval: true\n"),
    ("approvers", URL + "approval: true\napprovers: {}\n"),
    ("approvers", URL + "approvers: yamada\n"),
    ("approvers", URL + "approvers: [yamada]\n"),
    ("approvers.yamada", URL + "approvers: {yamada: ''}\n"),
    ("approvers.yamada", URL + "approvers: {yamada: [k]}\n"),
    ("tokens", URL + "tokens: MACHIDATA_X\n"),
    ("", ""),
    ("", "- url\n"),
    ("", "text\n"),
]


@pytest.mark.parametrize(("key", "text"), WRONG)
def test_what_is_wrong_names_the_key(tmp_path: Path, key: str, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(MachidataError) as error:
        load_catalog(tmp_path, "aomori")
    assert (error.value.code, error.value.exit_code) == ("catalog-invalid", 2)
    assert error.value.where.startswith("catalogs/aomori.yaml")
    assert error.value.where.endswith(f": {key}" if key else ".yaml")


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"url: a\nurl: b\n", b"a: &x 1\nb: *x\n", b"\turl: x\n", b"url: {a\n"]
)
def test_what_is_no_plain_yaml(tmp_path: Path, text: bytes) -> None:
    write(tmp_path, text)
    with pytest.raises(MachidataError) as error:
        load_catalog(tmp_path, "aomori")
    assert error.value.code == "catalog-invalid"


@pytest.mark.parametrize(
    "name",
    [
        *("AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "HOME", "PATH", "machidata_x", "MACHIDATA"),
        *(
            "MACHIDATA_",
            "XMACHIDATA_A",
            "MACHIDATA_a",
            "MACHIDATA_A;B",
            "MACHIDATA_A B",
            "$MACHIDATA_A",
        ),
    ],
)
def test_a_file_can_only_name_variables_of_ours(tmp_path: Path, name: str) -> None:
    """Else a change of a file in a repository would send another program's secret anywhere."""
    write(tmp_path, f'{URL}token: "{name}"\n')
    with pytest.raises(MachidataError) as error:
        load_catalog(tmp_path, "aomori")
    assert error.value.where.endswith("token")
    assert name not in f"{error.value} {error.value.found}", "it may be the token itself"


@pytest.mark.parametrize(
    "asked",
    [
        "aomori2",
        "../catalogs/aomori",
        "aomori.yaml",
        "",
        "Aomori",
        "/etc/passwd",
        "a\x00b",
        "ckan:",
    ],
)
def test_an_unknown_name(tmp_path: Path, asked: str) -> None:
    write(tmp_path, URL)
    with pytest.raises(MachidataError) as error:
        load_catalog(tmp_path, asked)
    assert error.value.code == "catalog-unknown"
    assert "aomori" in error.value.expected


@pytest.mark.parametrize("asked", ["https://ckan.example.jp", "ckan:https://ckan.example.jp/"])
def test_an_address_that_a_file_names_is_that_file(tmp_path: Path, asked: str) -> None:
    write(tmp_path, WHOLE)
    assert load_catalog(tmp_path, asked).approval is True


def test_an_address_without_a_file(tmp_path: Path) -> None:
    found: Any = load_catalog(tmp_path, "ckan:http://127.0.0.1:5000/portal/")
    url = "http://127.0.0.1:5000/portal"
    assert found == CatalogFile(url, url, rate=0.0)


@pytest.mark.parametrize(
    "asked",
    [
        "https://user:word@ckan.example.jp",
        "https://a b",
        "https://x.example?y",
        "https://x.example#y",
        "https://",
        "https://[",
        "https://a:b",
    ],
)
def test_an_address_that_is_none(tmp_path: Path, asked: str) -> None:
    with pytest.raises(MachidataError) as error:
        load_catalog(tmp_path, asked)
    assert error.value.code == "catalog-unknown"
    assert "word" not in error.value.found


@pytest.mark.parametrize(
    "asked",
    [
        "HTTPS://CKAN.example.jp",
        "https://ckan.example.jp:443",
        "https://ckan.example.jp.",
        "https://ckan.example.jp//",
        "https://CKAN.EXAMPLE.JP/",
        "ckan:Https://ckan.example.jp",
    ],
)
def test_no_spelling_of_the_address_goes_around_the_file(tmp_path: Path, asked: str) -> None:
    """The file may want a signature."""
    write(tmp_path, WHOLE)
    assert load_catalog(tmp_path, asked).approval is True


def test_the_names_of_the_files(tmp_path: Path) -> None:
    assert declared_catalogs(tmp_path) == []
    write(tmp_path, URL, "b")
    write(tmp_path, URL, "a")
    assert declared_catalogs(tmp_path) == ["a", "b"]
