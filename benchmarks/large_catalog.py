"""A catalog model of any size, for the benchmarks of metadata: invented, the same each time."""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.describe import terms
from pipelines.describe.model import (
    Agent,
    Catalog,
    ContactPoint,
    Dataset,
    Distribution,
    Period,
    Place,
    Standard,
    Statement,
    text,
)

BASE = "https://data.example.jp/"
FILES = ("observation", "status")


def large_catalog(datasets: int) -> Catalog:
    """A catalog of `datasets` datasets with two files each, of 50 municipalities."""
    licence = terms.licence("CC-BY-4.0", "benchmark")
    agents = [_agent(number) for number in range(50)]
    places = [
        Place(f"{BASE}place/{n:06d}", f"{n:06d}", text(f"県{n}市", f"City {n}")) for n in range(50)
    ]
    rights = Statement(f"{BASE}rights/CC-BY-4.0", text("利用の条件", "Conditions of use"))
    themes = terms.themes(("行財政",), "benchmark")
    frequency = terms.frequency("毎年", "benchmark")
    made = []
    for number in range(datasets):
        name = f"{number % 50:06d}-plan-{number}"
        iri = f"{BASE}dataset/{name}"
        issued = date(2020, 4, 1) + timedelta(days=number % 2000)
        made.append(
            Dataset(
                iri=iri,
                identifier=name,
                title=text(f"計画{number}の指標と実績", f"Indicators of plan {number}"),
                description=text(f"計画{number}の表から作ったデータです。"),
                publisher=agents[number % 50],
                contact=ContactPoint(f"{iri}#contact", text("総務課"), url="https://example.jp/"),
                keywords=("KPI", f"計画{number % 100}"),
                themes=themes,
                frequency=frequency,
                place=places[number % 50],
                period=Period(f"{iri}#period", issued, issued + timedelta(days=365)),
                conforms_to=(terms.DATA_PACKAGE,),
                landing_page=f"{BASE}{name}/index.html",
                version="1.0.0",
                issued=issued,
                modified=issued,
                provenance=Statement(f"{BASE}provenance", text("印刷された表から作成")),
                sources=(),
                distributions=tuple(
                    _file(name, iri, slug, issued, rights, licence) for slug in FILES
                ),
                rights=rights,
                licence=licence,
            )
        )
    return Catalog(
        iri=f"{BASE}catalog",
        title=text("大きなカタログ", "A large catalog"),
        description=text("計測のためのカタログです。", "A catalog for measuring."),
        publisher=agents[0],
        homepage=BASE,
        issued=date(2020, 4, 1),
        modified=date(2026, 4, 1),
        licence=licence,
        places=tuple(places),
        theme_schemes=(terms.DATA_THEMES, terms.FIELDS),
        datasets=tuple(made),
    )


def _agent(number: int) -> Agent:
    return Agent(
        iri=f"{BASE}organization/{number:06d}",
        name=text(f"県{number}市"),
        identifier=f"{number:06d}",
        kind=terms.publisher_type("LocalAuthority"),
        homepage="https://example.jp/",
    )


def _file(
    name: str, iri: str, slug: str, day: date, rights: Statement, licence: terms.Licence | None
) -> Distribution:
    return Distribution(
        iri=f"{iri}/{slug}",
        slug=slug,
        path=f"data/{name[:6]}_{slug}.csv",
        title=text(f"{name} – {slug}"),
        description=text("UTF-8（BOM付き）のCSV。"),
        access_url=f"{BASE}{name}/{slug}.html",
        download_url=f"{BASE}{name}/data/{name[:6]}_{slug}.csv",
        format=terms.CSV,
        size=1000 + len(name),
        sha256="",
        rows=10,
        issued=day,
        modified=day,
        conforms_to=(Standard(f"{BASE}schemas/{slug}.json", text(f"表スキーマ: {slug}")),),
        rights=rights,
        licence=licence,
    )
