"""Labelled figures of running text."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.numerals import decimal_of, unit_concept
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures, is_time_span
from pipelines.tidy.text import narrow
from pipelines.vocabulary import scheme


def said(figure: Figure) -> str:
    """A figure in one line: `利用者 延べ 41 人 @2023`."""
    year = f"@{figure.moment.fiscal_year}" if figure.moment else ""
    words = (figure.label, figure.qualifier, f"{figure.value:f}", figure.unit, year)
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("利用回数413件", ["利用回数 413 件"]),
        ("利用回数は413件", ["利用回数 413 件"]),
        ("朝市の席 30枚", ["朝市の席 30 枚"]),
        ("延べ3,588人", ["延べ 3588 人"]),
        ("参加者(延べ)41人", ["参加者(延べ) 延べ 41 人"]),
        ("全32課中28課", ["全 32 課", "28 課"]),
        ("5～15分", ["下限 5 分", "上限 15 分"]),
        ("5〜15分", ["下限 5 分", "上限 15 分"]),
        ("前年比▲5件", ["前年比 -5 件"]),
        ("前年比△1,234.5件", ["前年比 -1234.5 件"]),
        ("利用は1.4万人", ["利用 14000 人"]),
        ("10%→15%", ["10 %", "15 %"]),
        ("窓口12時間、受付7日", ["窓口 12 時間", "受付 7 日"]),
        # the last character of a word is no qualifier
        ("予約10件", ["予約 10 件"]),
        ("朝市の予約10件", ["朝市の予約 10 件"]),
        ("契約5件", ["契約 5 件"]),
        ("設計3件", ["設計 3 件"]),
        ("安全10件", ["安全 10 件"]),
        ("順延2回", ["順延 2 回"]),
        # composed numbers, ranges with a hyphen
        ("利用は1万2千人", ["利用 12000 人"]),
        ("客は1億2,000万人", ["客 120000000 人"]),
        ("5-15分", ["下限 5 分", "上限 15 分"]),
        # the sentence before a figure that stands alone
        ("予約をはじめた。延べ120人。", ["予約をはじめた 延べ 120 人"]),
        # composed labels
        ("育児相談は、91.3%がオンライン", ["育児相談 オンライン 91.3 %"]),
        ("1件当たり5分削減", ["1件当たりの削減 5 分"]),
        ("講座(3講座 視聴回数5回)", ["講座 3 講座", "講座 視聴回数 5 回"]),
        ("到達率12.4% 5,683件/45,824件",
         ["到達率 12.4 %", "到達率(分子) 5683 件", "到達率(分母) 45824 件"]),
        ("1日あたり30分", ["1日あたり 30 分"]),
        ("棚40枚。席20枚。", ["棚 40 枚", "席 20 枚"]),
        ("■研修 10回", ["研修 10 回"]),
        ("棚を40枚、席を20枚", ["棚 40 枚", "席 20 枚"]),
        ("０件", ["0 件"]),
        ("棚：12個", ["棚 12 個"]),
        ("利用率46.1%（窓口）", ["利用率 46.1 %"]),
        # a year beside the figure
        ("令和5年度 閲覧者 1,200人", ["閲覧者 1200 人 @2023"]),
        ("R3年度:1,256件", ["1256 件 @2021"]),
        ("(R3年度:12件、R4年度:34件)", ["12 件 @2021", "34 件 @2022"]),
        ("朝市の客 1,200人（令和5年度）", ["朝市の客 1200 人 @2023"]),
        # names and classes with digits, dates, numbering
        ("65歳以上の利用者は40人", ["65歳以上の利用者 40 人"]),
        ("A4用紙 100枚", ["A4用紙 100 枚"]),
        ("(1) 10件", ["10 件"]),
        ("1. 10件", ["10 件"]),
        ("※1 10件", ["10 件"]),
        ("①10件②20件", ["10 件", "20 件"]),
        ("令和5年10月1日から10件", ["10 件"]),
        ("平成30年度から5年間で棚100枚", ["5 年間", "棚 100 枚"]),
    ],
)  # fmt: skip
def test_figures(printed: str, expected: list[str]) -> None:
    assert [said(figure) for figure in figures(printed)] == expected


@pytest.mark.parametrize(
    "printed",
    ["", "朝市をひらく", "第3次計画", "第5条", "3丁目", "令和5年度", "2024年", "R5.3.31", "H28.3",
     "090-1234-5678", "0172-35-2111", "〒036-0000", "192.168.0.1", "v1.2.3", "法律第57号", "①",
     "65歳以上", "12/15時点", "10月1日", "9時", "1人当たり", "10日付", "創立100周年", "ISO27001",
     "※10", "24時間365日", "x64", "2/3", "Ⅳ", "²", "数値なし",
     "8:30から17:15まで", "9時30分から17時15分まで", "午後5時半", "8：30"],
)  # fmt: skip
def test_digits_that_are_no_figures(printed: str) -> None:
    assert figures(printed) == []


def test_the_context_names_what_has_no_label() -> None:
    assert [figure.label for figure in figures("10件", "朝市")] == ["朝市"]
    assert [figure.label for figure in figures("席10枚", "朝市")] == ["席"]


def test_a_unit_is_shared_inside_brackets() -> None:
    found = figures("合計 24,953件(R3年度:1,256 R4年度:3,459)")
    assert [said(figure) for figure in found] == ["計 24953 件", "1256 件 @2021", "3459 件 @2022"]


def test_printed_words() -> None:
    (figure,) = figures("朝市で、利用者は延べ1,200人だった")
    assert figure.printed == "利用者は延べ1,200人"
    assert (figure.unit, figure.unit_key) == ("人", "person")


def test_time_spans_are_told_from_what_is_to_be_reached() -> None:
    span, months, reached = figures("5年間、3か月、10時間")
    assert (is_time_span(span), is_time_span(months), is_time_span(reached)) == (True, True, False)


UNITS = [
    label
    for concept in scheme("units")
    for label in (concept.labels["ja"], *concept.alt)
    if not concept.first("classifier")
]


@given(
    st.decimals(0, 10**7, places=1) | st.integers(0, 10**9).map(Decimal),
    st.sampled_from(UNITS),
    st.sampled_from(["朝市の客", "利用者は", "棚：", "延べ", "約", ""]),
    st.sampled_from(["", "。", "以上", "だった。", "（窓口）"]),
)
def test_every_figure_with_a_unit_is_found(
    value: Decimal, unit: str, before: str, after: str
) -> None:
    (found,) = figures(f"{before}{value:,f}{unit}{after}")
    concept = unit_concept(unit)
    assert concept is not None
    assert (found.value, found.unit_key) == (value, concept.notation)


PROSE = st.text(
    alphabet="0123456789０５,.%件人回分万千約延べ計全①②()（）※-△▲:：～、。・/ "
    "年度月令和R利用者の数は第中",
    max_size=40,
)
_NUMBER = re.compile(r"\d[\d,.千万億]*")
_COMPOSED = re.compile(r"\((?:分子|分母)\)|の")
"""What may stand in a label without standing in the text."""


@given(st.one_of(PROSE, st.text(max_size=40)), st.sampled_from(["", "朝市"]))
def test_figures_never_raise_and_say_only_what_is_printed(text: str, context: str) -> None:
    last = 0
    for figure in figures(text, context):
        start, end = figure.span
        assert last <= start < end <= len(text)
        last = end
        assert 0 <= figure.label_span[0] <= figure.label_span[1] <= len(text)
        printed = _NUMBER.search(narrow(text)[start:end])
        assert printed is not None
        assert abs(figure.value) == decimal_of(printed.group().rstrip(",."))
        assert figure.printed in text
        # A label may be composed of several pieces; each of its words is printed.
        label = figure.label.removeprefix(context)
        assert all(word in narrow(text) for word in _COMPOSED.sub(" ", label).split())


@given(PROSE)
def test_figures_are_the_same_in_full_width(text: str) -> None:
    wide = text.translate(str.maketrans("0123456789,.%()", "０１２３４５６７８９，．％（）"))
    assert [(f.value, f.unit, f.span) for f in figures(wide)] == [
        (f.value, f.unit, f.span) for f in figures(text)
    ]
