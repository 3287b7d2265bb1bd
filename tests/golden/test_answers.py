"""The tidy tables of the five documents against the answers written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from golden_answers import DOCUMENTS, answers, fold, names
from golden_compare import compare, not_printed, recall, report
from golden_tables import Flat

pytestmark = pytest.mark.documents

Tidied = Callable[..., Flat]

VALUES = ("値", "単位", "限定", "状態", "欠測理由")
ALL = list(DOCUMENTS)
PLANS = [name for name in ALL if name != "kasama"]
# The plan and the progress table word two names differently (as the answers cut them).
OTHER_WORDING = {
    "マインナンバーカードの普": "マインナンバーカードの普|マイナンバーカードの普及",
    "窓口のオンライン化": "窓口のオンライン化|窓口のオンライン化(「書",
}
FIGURES_FOUND = 0.98  # the bar for figures in running text


def observation_key(rows: list[dict[str, str]]) -> tuple[str, ...]:
    """By the printed number, or by the name where the document prints none."""
    named = any(not row["取組番号"] for row in rows)
    return ("取組名" if named else "取組番号", "枝番", "年度", "種別")


@pytest.mark.parametrize("document", ALL)
def test_observations(document: str, tidied: Tidied) -> None:
    expected = answers(document, "observation")
    key = observation_key(expected)
    found = compare(expected, tidied(document).observations(), key, VALUES)
    assert not found, report(found)


@pytest.mark.parametrize("document", ["goshogawara-progress", "shibata"])
def test_indicator_names(document: str, tidied: Tidied) -> None:
    expected = [row for row in answers(document, "observation") if "-" not in row["枝番"]]
    expected = [row for row in expected if row["指標"]]
    key = observation_key(expected)
    found = compare(expected, tidied(document).observations(), key, ("指標",), extra=False)
    assert not found, report(found)


@pytest.mark.parametrize("document", PLANS)
def test_initiatives(document: str, tidied: Tidied) -> None:
    fields = ("番号", "担当課", "担当グループ", "継続区分", "施策")
    found = compare(
        answers(document, "initiative"), tidied(document).initiatives(), ("名称",), fields
    )
    assert not found, report(found)


def test_initiatives_of_kasama_are_its_items(tidied: Tidied) -> None:
    # The blocks of the second half may be initiatives too, so more rows are no difference.
    expected = answers("kasama", "initiative")
    actual = tidied("kasama").initiatives()
    found = compare(expected, actual, ("名称", "施策"), (), extra=False)
    assert not found, report(found)


@pytest.mark.parametrize("document", ALL)
def test_policies(document: str, tidied: Tidied) -> None:
    found = compare(
        answers(document, "policy"), tidied(document).plain("policy"), ("名称",), ("階層", "番号")
    )
    assert not found, report(found)


@pytest.mark.parametrize("document", ALL)
def test_statuses(document: str, tidied: Tidied) -> None:
    key = ("基本戦略番号", "施策番号", "項目番号", "項目名", "年度")
    found = compare(answers(document, "status"), tidied(document).statuses(), key, ("記号", "進捗"))
    assert not found, report(found)


@pytest.mark.parametrize("document", ALL)
def test_figures_of_running_text(document: str, tidied: Tidied) -> None:
    sure = [row for row in answers(document, "measurement") if row["確度"] == "sure"]
    found = recall(sure, tidied(document).measurements(), ("値", "単位"))
    assert found.share >= FIGURES_FOUND, str(found)


@pytest.mark.parametrize("document", ALL)
def test_no_figure_that_is_not_printed(
    document: str, tidied: Tidied, lines_of: Callable[[str], list[str]]
) -> None:
    wrong = not_printed(tidied(document).measurements(), lines_of(document))
    assert not wrong, report(wrong)


@pytest.mark.parametrize("document", ["hashikami", "kasama"])
def test_departments_of_figures(document: str, tidied: Tidied) -> None:
    expected = [
        row
        for row in answers(document, "measurement")
        if row["確度"] == "sure" and "" not in row["担当課"].split("|")
    ]
    found = recall(expected, tidied(document).measurements(), ("行", "値", "単位", "担当課"))
    assert found.share >= FIGURES_FOUND, str(found)


def test_every_department_of_kasama_stands_in_a_table(tidied: Tidied) -> None:
    flat = tidied("kasama")
    rows = [*flat.measurements(), *flat.initiatives()]
    found = frozenset[str]().union(*(names(row.get("担当課", "")) for row in rows))
    prose = "".join(fold(row["内容"]) for row in flat.plain("activity"))
    wanted = {row["担当課"] for row in answers("kasama", "department")}
    missing = sorted(d for d in wanted if fold(d) not in found and fold(d) not in prose)
    assert not missing, missing


def test_goals_of_goshogawara(tidied: Tidied) -> None:
    # Steps of the timetable (工程表) are goals too, without a printed number.
    numbered = [row for row in tidied("goshogawara-plan").goals() if row["番号"]]
    found = compare(
        answers("goshogawara-plan", "goal"),
        numbered,
        ("施策番号", "番号"),
        ("値", "単位", "期限年度"),
    )
    assert not found, report(found)


def test_goals_of_shibata(tidied: Tidied) -> None:
    # A figure that the two schedule columns repeat is one goal or two; a figure with a year is a
    # target as well. So each different figure with its year must be found once, in either table.
    wanted = {(r["値"], r["単位"], r["期限年度"]) for r in answers("shibata", "goal") if r["値"]}
    expected = [dict(zip(("値", "単位", "期限年度"), w, strict=True)) for w in sorted(wanted)]
    flat = tidied("shibata")
    targets = [row | {"期限年度": row["年度"]} for row in flat.observations()]
    found = recall(expected, [*flat.goals(), *targets], ("値", "単位", "期限年度"))
    assert not found.missing, str(found)


def test_activities(tidied: Tidied) -> None:
    expected = answers("goshogawara-progress", "activity")
    whole = {(r["取組番号"], r["内容"]) for r in expected if r["出所"] == "column"}
    actual = tidied("goshogawara-progress").activities()
    for row in actual:  # of a bullet the answers hold no more than the first eight characters
        text = "".join(row["内容"].split())
        row["内容"] = text if (row["取組番号"], text) in whole else text[:8]
    found = compare(expected, actual, ("取組番号", "内容"), ("年度",))
    assert not found, report(found)


def test_terms(tidied: Tidied) -> None:
    found = compare(
        answers("goshogawara-plan", "term"),
        tidied("goshogawara-plan").plain("term"),
        ("用語",),
        ("索引",),
    )
    assert not found, report(found)


@pytest.mark.parametrize("document", ALL)
def test_plan(document: str, tidied: Tidied) -> None:
    years = ("開始年度", "終了年度", "策定年月", "改訂年月")
    found = compare(answers(document, "plan"), tidied(document).plain("plan"), ("名称",), years)
    assert not found, report(found)


def test_the_two_documents_of_goshogawara_join(tidied: Tidied) -> None:
    """The plan adds four initiatives, a baseline of 2022 and one target to the progress table."""
    both = tidied("goshogawara-progress", "goshogawara-plan")
    joined = {fold(row["名称"]) for row in both.initiatives()}
    assert len(joined) == len(both.initiatives()) == len(answers("goshogawara-plan", "initiative"))

    new = [("市のSNSの登録人数", "2022", "基準値"), ("AI・RPAの利用促進", "2025", "目標値")]
    added = [
        row
        for row in answers("goshogawara-plan", "observation")
        if (row["取組名"], row["年度"], row["種別"]) in new
    ]
    assert len(added) == len(new)
    expected = [*answers("goshogawara-progress", "observation"), *added]
    for row in expected:  # either wording may name the joined initiative
        row["取組名"] = OTHER_WORDING.get(row["取組名"], row["取組名"])
    found = compare(expected, both.observations(), ("取組名", "枝番", "年度", "種別"), VALUES)
    assert not found, report(found)
