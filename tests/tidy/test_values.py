"""Value cells: every form that documents print, and its neighbours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tidy.values import Reading, read_value
from pipelines.vocabulary import scheme


def said(reading: Reading) -> str:
    """A reading in one line: `約 50 名`, `=実施`, `!対象外`, `①48.2 %`, `計 37 か所`."""
    words = [f"[{reading.part}]" if reading.part else "", reading.qualifier]
    words += ["" if reading.value is None else f"{reading.value:f}", reading.unit]
    words += [f"={reading.state}" if reading.state else ""]
    words += [f"!{reading.missing}" if reading.missing else "", "" if reading.known else "?"]
    return " ".join(word for word in words if word)


def everything(text: str, **options: Any) -> list[str]:
    """All readings of a cell, each in one line."""
    return [said(reading) for reading in read_value(text, **options)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # the forms that the documents print
        ("1.4万人", "14000 人"),
        ("約50名", "約 50 名"),
        ("延べ41人", "延べ 41 人"),
        ("R3投稿件数 82件", "82 件"),
        ("346名（138%）", "346 名"),
        ("0% ※計画を令和5年度としているため。", "0 % !計画前"),
        ("0% ※計画を令和6年 度としているため。", "0 % !計画前"),
        ("-", "!対象外"),
        ("—", "!対象外"),
        ("数値なし", "!数値なし"),
        ("数値なし。", "!数値なし"),
        ("(未実施)", "=未実施 !未実施"),
        ("（未実施）", "=未実施 !未実施"),
        ("未実施", "=未実施"),
        ("実施", "=実施"),
        ("拡大", "=拡大"),
        ("", "!空欄"),
        ("99.9%準拠 ※全5,412ページ中、5,409ページが準拠", "99.9 %"),
        # zero and nothing are different things
        ("0", "0"),
        ("0件", "0 件"),
        ("0.0%", "0.0 %"),
        ("０", "0"),
        # other dashes, and blanks alone
        ("－", "!対象外"),
        ("ー", "!対象外"),
        ("―", "!対象外"),
        ("–", "!対象外"),
        ("ｰ", "!対象外"),
        ("(-)", "!対象外"),
        ("（－）", "!対象外"),
        ("  ", "!空欄"),
        ("　", "!空欄"),
        # signs
        ("△3.2%", "-3.2 %"),
        ("▲3.2%", "-3.2 %"),
        ("-3.2%", "-3.2 %"),
        ("−5", "-5"),
        ("▲1,234件", "-1234 件"),
        # full width, separators, multipliers
        ("３０％", "30 %"),
        ("１，２３４", "1234"),
        ("１２．５％", "12.5 %"),
        ("1,234", "1234"),
        ("1,000,000円", "1000000 円"),
        ("3億円", "300000000 円"),
        ("1.5億円", "150000000 円"),
        ("1,234.5千円", "1234500 円"),
        ("100万円", "1000000 円"),
        ("12千人", "12000 人"),
        ("38.0%", "38.0 %"),
        ("30 %", "30 %"),
        ("30パーセント", "30 %"),
        ("１　件", "1 件"),
        # qualifiers
        ("約1.2倍", "約 1.2 倍"),
        ("約 50 名", "約 50 名"),
        ("およそ50名", "約 50 名"),
        ("のべ41名", "延べ 41 名"),
        ("延べ約41人", "延べ;約 41 人"),
        ("累計10人", "累計 10 人"),
        ("合計10件", "計 10 件"),
        ("最大10人", "最大 10 人"),
        ("100％以上", "以上 100 %"),
        ("20%以内", "以下 20 %"),
        ("20%未満", "未満 20 %"),
        ("20%超", "超 20 %"),
        ("1000人程度", "程度 1000 人"),
        # spellings of one unit
        ("3か所", "3 か所"),
        ("3ヶ所", "3 か所"),
        ("3ケ所", "3 か所"),
        ("3ヵ所", "3 か所"),
        ("3箇所", "3 か所"),
        ("15㎡", "15 m2"),
        ("3.5km", "3.5 km"),
        # words of the vocabulary
        ("実施済み", "=実施済み"),
        ("検討中", "=検討中"),
        ("運用開始", "=運用開始"),
        ("一部実施", "=一部実施"),
        ("令和6年4月から実施", "=令和6年4月から実施"),
        # a range: its lower end is the headline
        ("10〜15人", "下限 10 人"),
        ("10～15人", "下限 10 人"),
        ("10~15人", "下限 10 人"),
        ("10-15人", "下限 10 人"),
        # composed numbers
        ("1万2千人", "12000 人"),
        ("2万5,300人", "25300 人"),
        ("1億2,000万円", "120000000 円"),
        # a qualifier without a unit, in brackets, a sum before its parts
        ("約31", "約 31"),
        ("10人(延べ)", "延べ 10 人"),
        ("10人（累計）", "累計 10 人"),
        ("計10人(男:4人 女:6人)", "計 10 人"),
        ("予約10件", "10 件"),
        # signs as words and apart
        ("マイナス5件", "-5 件"),
        ("▲ 5件", "-5 件"),
        # units with digits, and longer ones that begin as others do
        ("20m2", "20 m2"),
        ("10ha", "10 ha"),
        ("5回線", "5 回線"),
        ("30分野", "30 分野"),
        ("100人日", "100 人日"),
    ],
)
def test_one_reading(printed: str, expected: str) -> None:
    assert everything(printed) == [expected]


@pytest.mark.parametrize(
    ("printed", "unit"),
    [("3升", "升"), ("100泊", "泊"), ("1,000隻", "隻"), ("8畝", "畝"), ("5往復", "往復"),
     ("3社会", "社会")],
)  # fmt: skip
def test_a_unit_that_the_vocabulary_does_not_know_is_kept_as_printed(
    printed: str, unit: str
) -> None:
    (reading,) = read_value(printed)
    assert (reading.unit, reading.unit_key) == (unit, "")
    assert "unit-as-printed" in reading.rules


@pytest.mark.parametrize(
    "printed",
    ["該当なし", "未定", "調査中", "なし", "N/A", "○", "▲", "△", "A", "増加", "12,34", "1/4",
     "1.2.3", "1,2345人", "=10+5", "※10件", "<10", "数十件", "...", "・", "十件", "R6実施予定",
     "1,00人", "12345,678人", "10:30", "8:30", "1:2"],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_and_said(printed: str) -> None:
    (reading,) = read_value(printed)
    assert (reading.value, reading.missing, reading.known) == (None, "", False)
    assert reading.state == printed


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(100手続) 105手続", ["100 手続", "105 手続"]),
        ("（１００手続）１０５手続", ["100 手続", "105 手続"]),
        ("(100手続)105手続", ["100 手続", "105 手続"]),
        ("(-)未実施", ["!対象外", "=未実施"]),
        ("(-)未 実施", ["!対象外", "=未実施"]),
        ("(実施) 未実施", ["=実施", "=未実施"]),
        ("(拡大) 1課", ["=拡大", "1 課"]),
        ("() 5件", ["!空欄", "5 件"]),
        ("(10件)", ["10 件", "!空欄"]),
        ("(10件以上) 12件", ["以上 10 件", "12 件"]),
        ("(約50%) 48%", ["約 50 %", "48 %"]),
        ("(17,000人) 17,568人", ["17000 人", "17568 人"]),
        ("(-) -", ["!対象外", "!対象外"]),
        ("(▲3%) △2.5%", ["-3 %", "-2.5 %"]),
        ("(100件(累計)) 90件", ["累計 100 件", "90 件"]),
        ("(目標値) 10件 (実績値) 8件", ["10 件", "8 件"]),
        ("目標：10件 実績：8件", ["10 件", "8 件"]),
    ],
)
def test_target_and_actual_in_one_cell(printed: str, expected: list[str]) -> None:
    readings = read_value(printed, target_actual=True)
    assert [said(reading) for reading in readings] == expected
    assert [reading.kind for reading in readings] == ["目標値", "実績値"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("105手続", "105 手続"),
        ("-", "!対象外"),
        ("実施", "=実施"),
        ("", "!空欄"),
        ("①1件", "[1] 1 件"),
    ],
)
def test_a_cell_without_a_bracket_is_an_actual(printed: str, expected: str) -> None:
    (reading,) = read_value(printed, target_actual=True)
    assert (said(reading), reading.kind) == (expected, "実績値")


def test_brackets_mean_a_target_only_below_such_a_heading() -> None:
    assert everything("(10件)") == ["10 件"]
    assert read_value("(10件)")[0].kind == ""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("①48.2% ②0% ③0%", ["[1] 48.2 %", "[2] 0 %", "[3] 0 %"]),
        ("①36か所（A・B） ②1件 計37か所", ["[1] 36 か所", "[2] 1 件", "計 37 か所"]),
        ("①10件②20件", ["[1] 10 件", "[2] 20 件"]),
        ("① 10件 ② －", ["[1] 10 件", "[2] !対象外"]),
        ("①未実施 ②実施", ["[1] =未実施", "[2] =実施"]),
        ("⑪10件 ⑫20件", ["[11] 10 件", "[12] 20 件"]),
        ("①1.4万人 ②約50名 合計1.5万人", ["[1] 14000 人", "[2] 約 50 名", "計 15000 人"]),
        ("① ②3件", ["[1] !空欄", "[2] 3 件"]),
        ("ICT基礎研修:28人 DX推進研修:43人", ["[1] 28 人", "[2] 43 人"]),
        ("男：4人 女：6人", ["[1] 4 人", "[2] 6 人"]),
    ],
)
def test_parts(printed: str, expected: list[str]) -> None:
    assert everything(printed) == expected


def test_parts_are_named() -> None:
    basic, further = read_value("窓口研修:28人 書庫研修:43人")
    assert (basic.label, further.label) == ("窓口研修", "書庫研修")
    here, there, total = read_value("①36か所（朝市・夕市） ②1件 計37か所")
    assert (here.label, there.label) == ("朝市・夕市", "")
    assert (there.total, total.total, total.part) == (False, True, "")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("346名（138%）", ["138 %"]),
        ("99.9%準拠 ※全5,412ページ中、5,409ページが準拠", ["5412 ページ", "5409 ページ"]),
        ("10人(男4人、女6人)", ["4 人", "6 人"]),
        ("10〜15人", ["15 人"]),
        ("計10人(男:4人 女:6人)", ["4 人", "6 人"]),
        ("10件", []),
    ],
)
def test_figures_that_explain_the_headline(printed: str, expected: list[str]) -> None:
    (reading,) = read_value(printed)
    assert [f"{figure.value} {figure.unit}" for figure in reading.explained] == expected


def test_dates_printed_in_a_cell() -> None:
    (counted,) = read_value("H30.4.1 1.4万人")
    assert counted.value == Decimal(14000)
    assert counted.moment is not None
    assert counted.moment.date == "2018-04-01"
    (tested,) = read_value("99% ※点検 (12/15時点)")
    assert tested.month_day == (12, 15)
    (none,) = read_value("99%")
    assert (none.moment, none.month_day) == (None, None)


def test_notes_are_kept() -> None:
    assert read_value("99% ※点検のため")[0].note == "※点検のため"
    assert read_value("10件（うち朝市を除く）")[0].note == "うち朝市を除く"


def test_rules_say_what_was_done() -> None:
    assert "man-unit" in read_value("1.4万人")[0].rules
    assert "man-unit" not in read_value("14,000人")[0].rules
    assert "missing-mark" in read_value("-")[0].rules
    assert "note-reason" in read_value("0% ※計画を令和5年度としているため。")[0].rules
    assert all("parts" in reading.rules for reading in read_value("①1件 ②2件"))
    both = read_value("(1件) 2件", target_actual=True)
    assert all("target-actual" in reading.rules for reading in both)


UNITS = [
    (label, concept)
    for concept in scheme("units")
    for label in (concept.labels["ja"], *concept.alt)
    if not concept.first("classifier")
]
DECIMALS = st.decimals(0, 10**9, places=2) | st.integers(0, 10**12).map(Decimal)


@given(DECIMALS, st.sampled_from(UNITS), st.booleans(), st.sampled_from(["", "△", "▲", "-"]))
def test_any_number_with_any_unit_is_read_back(
    value: Decimal, unit: tuple[str, Any], separated: bool, sign: str
) -> None:
    label, concept = unit
    printed = f"{sign}{value:,f}" if separated else f"{sign}{value:f}"
    (reading,) = read_value(printed + label)
    assert reading.value == (-value if sign else value)
    assert (reading.unit, reading.unit_key) == (concept.ja, concept.notation)
    assert reading.known


@given(st.integers(1, 9999), st.sampled_from("千万億"), st.sampled_from(["人", "円", "件"]))
def test_multipliers(number: int, multiplier: str, unit: str) -> None:
    by = {"千": 10**3, "万": 10**4, "億": 10**8}[multiplier]
    (reading,) = read_value(f"{number}{multiplier}{unit}")
    assert (reading.value, reading.unit) == (number * by, unit)


@given(DECIMALS, DECIMALS, st.sampled_from(UNITS))
def test_any_target_and_actual(target: Decimal, actual: Decimal, unit: tuple[str, Any]) -> None:
    label = unit[0]
    readings = read_value(f"({target:,f}{label}) {actual:,f}{label}", target_actual=True)
    assert [reading.value for reading in readings] == [target, actual]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(["件", "%", "人"])), min_size=1,
                max_size=20))  # fmt: skip
def test_any_parts(parts: list[tuple[int, str]]) -> None:
    printed = " ".join(f"{chr(0x2460 + n)}{value:,}{unit}" for n, (value, unit) in enumerate(parts))
    found = [(reading.part, reading.value, reading.unit) for reading in read_value(printed)]
    assert found == [(str(n), value, unit) for n, (value, unit) in enumerate(parts, 1)]


CELLS = st.text(
    alphabet="0123456789,.%件人万約延べ計①②③()（）※-—△▲:：～/ 実施未目標年度R令和、。", max_size=30
)


@given(st.one_of(CELLS, st.text(max_size=30)), st.booleans())
def test_no_cell_raises_and_none_says_nothing(text: str, both: bool) -> None:
    readings = read_value(text, target_actual=both)
    assert readings
    for reading in readings:
        silent = reading.value is None and not reading.state and not reading.missing
        assert not silent
        assert reading.known or reading.value is None
        assert not both or reading.kind in {"目標値", "実績値"}
