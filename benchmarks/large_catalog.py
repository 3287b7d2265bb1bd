"""A catalog model of any size, for the benchmarks of metadata: invented, the same each time.

Lean, because the peer takes minutes: no contacts, periods, checksums or sources.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipelines.describe import terms
from pipelines.describe.model import (
    Agent,
    Catalog,
    Dataset,
    Distribution,
    Place,
    Standard,
    Statement,
    text,
)

BASE = "https://data.example.jp/"
FILES = ("observation", "status")
TOWNS = 50


def large_catalog(datasets: int) -> Catalog:
    """A catalog of `datasets` datasets with two files each, of 50 municipalities."""
    shared = _Shared()
    made = tuple(_dataset(number, shared) for number in range(datasets))
    return Catalog(
        iri=f"{BASE}catalog",
        title=text("大きなカタログ", "A large catalog"),
        description=text("計測のためのカタログです。", "A catalog for measuring."),
        publisher=shared.agents[0],
        homepage=BASE,
        issued=date(2020, 4, 1),
        modified=date(2026, 4, 1),
        licence=shared.licence,
        places=tuple(shared.places),
        theme_schemes=(terms.DATA_THEMES, terms.FIELDS),
        datasets=made,
    )


class _Shared:
    """What many datasets have in common."""

    def __init__(self) -> None:
        self.agents = [_agent(number) for number in range(TOWNS)]
        self.places = [_place(number) for number in range(TOWNS)]
        self.licence = terms.licence("CC-BY-4.0", "benchmark")
        self.rights = Statement(f"{BASE}rights/CC-BY-4.0", text("利用の条件", "Conditions of use"))
        self.themes = terms.themes(("行財政",), "benchmark")
        self.frequency = terms.frequency("毎年", "benchmark")
        self.provenance = Statement(f"{BASE}provenance", text("印刷された表から作成"))


def _dataset(number: int, shared: _Shared) -> Dataset:
    name = f"{number % TOWNS:06d}-plan-{number}"
    iri = f"{BASE}dataset/{name}"
    day = date(2020, 4, 1) + timedelta(days=number % 2000)
    return Dataset(
        iri=iri,
        identifier=name,
        title=text(f"計画{number}の指標と実績"),
        description=text(f"計画{number}の表から作ったデータです。"),
        publisher=shared.agents[number % TOWNS],
        contact=None,
        keywords=(f"計画{number % 100}",),
        themes=shared.themes,
        frequency=shared.frequency,
        place=shared.places[number % TOWNS],
        period=None,
        conforms_to=(terms.DATA_PACKAGE,),
        landing_page=f"{BASE}{name}/index.html",
        version="1.0.0",
        issued=day,
        modified=day,
        provenance=shared.provenance,
        sources=(),
        distributions=tuple(_file(name, slug, day, shared) for slug in FILES),
        rights=shared.rights,
        licence=shared.licence,
    )


def _place(number: int) -> Place:
    code = f"{number:06d}"
    return Place(f"{BASE}place/{code}", code, text(f"県{number}市", f"City {number}"))


def _agent(number: int) -> Agent:
    return Agent(
        iri=f"{BASE}organization/{number:06d}",
        name=text(f"県{number}市"),
        identifier=f"{number:06d}",
        kind=terms.publisher_type("LocalAuthority"),
        homepage="https://example.jp/",
    )


def _file(name: str, slug: str, day: date, shared: _Shared) -> Distribution:
    path = f"data/{name[:6]}_{slug}.csv"
    return Distribution(
        iri=f"{BASE}dataset/{name}/{slug}",
        slug=slug,
        path=path,
        title=text(f"{name} – {slug}"),
        description=text("UTF-8（BOM付き）のCSV。"),
        access_url=f"{BASE}{name}/{slug}.html",
        download_url=f"{BASE}{name}/{path}",
        format=terms.CSV,
        size=1000 + len(name),
        sha256="",
        rows=10,
        issued=day,
        modified=day,
        conforms_to=(Standard(f"{BASE}schemas/{slug}.json", text(f"表スキーマ: {slug}")),),
        rights=shared.rights,
        licence=shared.licence,
    )
