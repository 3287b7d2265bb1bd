"""A plan written by hand, with something of everything that a plan can say."""

from __future__ import annotations

from dataclasses import replace

from pipelines.publish.plan.model import (
    DatasetChange,
    Drift,
    FieldChange,
    FileChange,
    Plan,
    ResourceChange,
    StoreChange,
    Version,
)
from pipelines.publish.plan.tables import Column, TableText, diff_tables, severity
from pipelines.publish.plan.versions import changelog, derive

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\x1b[31m赤\x1b[0m\x07",
    "\u202e逆さ\u2066",
    "行1\r\n# 見出し\n- 項目",
    "`code` **bold** [x](javascript:alert(1)) ![y](http://e.example/p.png)",
    "@mayor #12 https://e.example www.e.example a|b \\| $x$ &lt;b&gt; {{ 7*7 }}",
    "</code></table></style><!-- --> ]]>",
    "0123456789" * 1_000,
)
HASHES = ("1" * 64, "2" * 64, "3" * 64)


def table(names: str, *lines: str) -> TableText:
    rows = [tuple("" if cell == "-" else cell for cell in line.split()) for line in lines]
    kinds = {"年度": "integer", "値": "number"}
    return TableText(tuple(Column(n, kinds.get(n, "string")) for n in names.split()), ("ID",), rows)


INDICATORS = diff_tables(
    table("ID 名称 単位", "dx-04-1 手続数 手続", "dx-04-2 利用率 %"),
    table(
        "ID 名称 単位 方向", "dx-04-1 手続数 手続 増", "dx-04-2 利用率 % 増", "dx-05-1 台数 台 -"
    ),
)
OBSERVATIONS = diff_tables(
    table("ID 年度 値", "dx-04-1-2023 2023 100", "dx-04-1-2024 2024 -", "dx-04-2-2023 2023 30"),
    table("ID 年度 値", "dx-04-1-2023 2023 105", "dx-04-1-2024 2024 120"),
)


def resource(key: str, title: str, **changes: object) -> ResourceChange:
    given: dict[str, object] = {
        "key": key,
        "iri": f"https://data.example/022055-dx-plan/{key}",
        "id": f"id-{key}",
        "title": title,
        "action": "update",
    }
    return ResourceChange(**{**given, **changes})  # type: ignore[arg-type]


def _changed() -> DatasetChange:
    resources = (
        resource(
            "indicator",
            "指標",
            fields=(FieldChange("hash", HASHES[0][:8], HASHES[1][:8]),),
            file=FileChange("022055_indicator.csv", HASHES[0], 1_204, HASHES[1], 1_377),
            store=StoreChange("replace", written=3, dictionary=True),
            diff=INDICATORS,
        ),
        resource(
            "observation",
            "実績値",
            file=FileChange("022055_observation.csv", HASHES[1], 80_211, HASHES[2], 80_190),
            store=StoreChange("rows", written=2, deleted=1),
            diff=OBSERVATIONS,
            moved=True,
        ),
        resource(
            "term",
            "用語",
            action="create",
            file=FileChange("022055_term.csv", "", 0, HASHES[2], 512),
            store=StoreChange("create", written=7),
            diff=diff_tables(None, table("ID 用語", *(f"t{n} 語{n}" for n in range(7)))),
        ),
        resource(
            "plan",
            "計画",
            action="keep",
            file=FileChange("022055_plan.csv", HASHES[0], 320, HASHES[0], 320),
            store=StoreChange("keep"),
        ),
        resource("goal", "目標", action="withdraw"),
    )
    worst = severity(OBSERVATIONS)
    return DatasetChange(
        name="022055-dx-plan",
        iri="https://data.example/022055-dx-plan",
        id="7f4c",
        title="五所川原市 DX推進計画",
        action="update",
        seen=HASHES[0],
        target=HASHES[1],
        fields=(
            FieldChange(
                "notes", "五所川原市の計画の指標です。", "五所川原市の計画の指標と実績です。"
            ),
            FieldChange("tags", None, ["DX", "KPI"]),
            FieldChange("maintainer", "総務課", None),
        ),
        resources=resources,
        reordered=True,
        drift=(
            Drift("", "field:title", "DX推進計画", "DX推進計画（案）", "DX推進計画", "overwrite"),
            Drift("", "field:maintainer_email", None, "dx@city.example", None, "keep"),
            Drift("observation", "file", HASHES[0], HASHES[1], HASHES[2], "conflict"),
            Drift("photo", "added", None, None, None, "keep"),
            Drift("goal", "removed", None, None, None, "overwrite"),
            Drift("", "order", ["a", "b"], ["b", "a"], ["a", "b"], "overwrite"),
            Drift("indicator", "rows", 2, 5, 3, "overwrite"),
        ),
        severity=worst,
        version=Version("1.2.0", "1.3.0", derive("1.2.0", worst)),
    )


def sample() -> Plan:
    """An update with drift and a conflict; a new, a withdrawn, a revived and a kept dataset."""

    def plain(name: str, title: str, action: str, **changes: object) -> DatasetChange:
        iri = f"https://data.example/{name}"
        return DatasetChange(name, iri, f"id-{name}", title, action, **changes)  # type: ignore[arg-type]

    changed = _changed()
    new = plain(
        "024465-dx-plan",
        "階上町 DX推進計画",
        "create",
        severity="additive",
        version=Version("", "1.0.0", ""),
        resources=(resource("status", "進捗", action="create"),),
    )
    datasets = (
        replace(changed, changelog=changelog(changed)),
        replace(new, changelog=changelog(new)),
        plain("082163-dx-plan", "笠間市 DX計画", "withdraw"),
        plain("152064-ict-plan", "新発田市 ICT計画", "revive", recorded=False),
        plain("352012-aed", "AED", "keep"),
    )
    return Plan(
        catalog="青い森オープンデータカタログ",
        url="https://catalog.example/",
        software="CKAN 2.12.0",
        base="https://data.example/",
        datasets=datasets,
        approval=True,
        notes=(("行は比べていません。", "Rows were not compared."),),
    )


def hostile(text: str) -> Plan:
    """A plan that says `text` wherever a stranger could have written it."""
    key = text[:20]
    before = TableText((Column("ID"), Column(text)), ("ID",), [("a", "1"), (key, text)])
    after = TableText((Column("ID"), Column(text)), ("ID",), [("a", text), ("b", text)])
    diff = diff_tables(before, after)
    one = ResourceChange(
        key=text,
        iri=text,
        id=text,
        title=text,
        action="update",
        fields=(FieldChange(text, text, {text: [text]}), FieldChange(text, None, text)),
        file=FileChange(text, "", 0, "x", 1),
        diff=diff,
    )
    dataset = DatasetChange(
        name=text,
        iri=text,
        id=text,
        title=text,
        action="update",
        fields=(FieldChange(text, text, None),),
        resources=(one,),
        drift=(
            Drift(text, f"field:{text}", text, text, text, "conflict"),
            Drift(text, text, text, text, text, "keep"),
        ),
        severity="breaking",
        version=Version(text, "1.0.0", "2.0.0"),
        changelog=((text, text),),
    )
    dataset = replace(dataset, changelog=(*dataset.changelog, *changelog(dataset)))
    kept = DatasetChange(name=text, iri="", id="", title=text, action="keep")
    return Plan(text, text, text, text, (dataset, kept), notes=((text, text),))
