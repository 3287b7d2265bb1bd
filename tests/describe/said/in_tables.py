"""What the forms for catalogs and lists say: オープンデータ一覧, CKAN, Data Package, sitemap."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from tests.describe.said.nouns import (
    FileSaid,
    Said,
    last,
    licence,
    licence_names,
    rows_in,
    same,
    sha256,
    size,
    sorted_words,
)

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MEDIA = "https://www.iana.org/assignments/media-types/"


def opendata_list(data: bytes, name: str, at: str) -> Said | None:
    """The rows of a dataset, which repeat what they say of it."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    rows = [row for row in csv.DictReader(text) if row["データセット_ID"] == name]
    if not rows:
        return None

    def said(column: str) -> str:
        return str(same(*(row[column] for row in rows)))

    return Said(
        identifier=said("データセット_ID"),
        title_ja=said("データセット_タイトル"),
        description_ja=said("データセット_概要"),
        publisher_name=str(same(said("地方公共団体名"), said("データセット_作成者"))),
        publisher_code=said("全国地方公共団体コード"),
        issued=said("データセット_公開日"),
        modified=said("データセット_最終更新日"),
        version=said("データセット_バージョン"),
        keywords=sorted_words(filter(None, said("データセット_キーワード").split(";"))),
        page=said("データセット_URL"),
        files={row["ファイル_ID"].removeprefix(f"{name}_"): _row(row) for row in rows},
    )


def _row(row: dict[str, str]) -> FileSaid:
    return FileSaid(
        address=row["ファイル_ダウンロードURL"],
        bytes=size(row["ファイル_サイズ"]),
        rows=rows_in(row["ファイル_説明"]),
        media_type={"CSV": "text/csv"}.get(row["ファイル_形式"], row["ファイル_形式"]),
        licence=licence(row["ファイル_ライセンス"], row["ファイル_利用規約"]),
        issued=row["ファイル_公開日"],
        modified=row["ファイル_最終更新日"],
    )


def ckan(data: bytes, name: str, at: str) -> Said | None:
    """A package dict; what CKAN has no field for is in its extras."""
    said: dict[str, Any] = json.loads(data)
    extras = {one["key"]: one["value"] for one in said.get("extras", ())}
    agents = [*said["publisher"], *said["creator"]]
    tags = [tag["name"] for tag in said.get("tags", ())]
    notation = licence(extras.get("licence_url"), extras.get("licence_title"))
    own_id = licence_names().get(notation, {}).get("ckanId", "")
    agrees = said.get("license_id", "") == own_id
    return Said(
        identifier=str(same(said["identifier"], last(said["uri"]))),
        title_ja=said["title"],
        title_en=extras.get("title_en", ""),
        description_ja=said["notes"],
        description_en=extras.get("notes_en", ""),
        licence=notation if agrees else f"{notation} ≠ {said.get('license_id')}",
        publisher_name=str(same(*(one["name"] for one in agents))),
        publisher_code=str(same(said["owner_org"], *(one["identifier"] for one in agents))),
        issued=said["issued"],
        modified=said["modified"],
        version=said.get("version", ""),
        keywords=sorted_words(json.loads(extras["keywords"]) if "keywords" in extras else tags),
        page=said["url"],
        files={one["identifier"]: _resource(one) for one in said["resources"]},
    )


def _resource(one: dict[str, Any]) -> FileSaid:
    told = licence(one.get("license"))
    return FileSaid(
        address=str(same(one["url"], one["download_url"])),
        bytes=one["size"],
        sha256=one["hash"] if one["hash_algorithm"].endswith("_sha256") else "",
        rows=rows_in(one["description"]),
        columns=tuple(column["name"] for column in one["schema"]["fields"]),
        primary_key=tuple(one["schema"].get("primaryKey", ())),
        media_type=one["mimetype"].removeprefix(MEDIA),
        licence=str(same(told, licence(one["rights"]))),
        issued=one["issued"],
        modified=one["modified"],
    )


def data_package(data: bytes, name: str, at: str) -> Said | None:
    """A descriptor, with its properties of our own."""
    said: dict[str, Any] = json.loads(data)
    town = said["machidata:municipality"]
    creators = [one["title"] for one in said["contributors"] if "creator" in one["roles"]]
    licences = [one[key] for one in said.get("licenses", ()) for key in ("name", "path", "title")]
    return Said(
        identifier=said["name"],
        title_ja=said["title"],
        title_en=said.get("machidata:title_en", ""),
        description_ja=said.get("description", ""),
        description_en=said.get("machidata:description_en", ""),
        licence=licence(*licences),
        publisher_name=str(same(town["name"], *creators)),
        publisher_code=town["code"],
        issued=str(same(said["machidata:issued"], said["created"][:10])),
        modified=said["machidata:modified"],
        version=said.get("version", ""),
        keywords=sorted_words(said.get("keywords", ())),
        sources=sorted_words(sha256(one["machidata:hash"]) for one in said["sources"]),
        files={one["name"]: _table(one, at) for one in said["resources"]},
    )


def _table(one: dict[str, Any], at: str) -> FileSaid:
    return FileSaid(
        address=urljoin(at, one["path"]),
        bytes=one["bytes"],
        sha256=sha256(one["hash"]),
        rows=one["machidata:rows"],
        columns=tuple(column["name"] for column in one["schema"]["fields"]),
        primary_key=tuple(one["schema"].get("primaryKey", ())),
        media_type=one["mediatype"],
    )


def sitemap(data: bytes, name: str, at: str) -> Said | None:
    """The pages of a package with the days of their last change."""
    days = {}
    for one in ElementTree.fromstring(data).iter(f"{SITEMAP}url"):  # noqa: S314 – our own file
        days[one.findtext(f"{SITEMAP}loc", "")] = one.findtext(f"{SITEMAP}lastmod", "")
    folder = urljoin(at, f"{name}/")
    pages = {last(address): day for address, day in days.items() if address.startswith(folder)}
    if not pages:
        return None
    day = pages.pop("index.html", "")
    return Said(
        identifier=name,
        modified=day,
        page=folder + "index.html" if day else "",
        files={page.removesuffix(".html"): FileSaid(modified=d) for page, d in pages.items()},
    )
