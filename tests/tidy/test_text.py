"""Clean text: narrow forms, closed blanks, numbering, flags, offices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tidy.text import (
    CIRCLED,
    Numbered,
    circled_number,
    close_blanks,
    close_blanks_in_prose,
    is_office,
    letters,
    narrow,
    split_number,
    without_marks,
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("１２３", "123"),
        ("ＫＰＩ", "KPI"),
        ("（目標）　実績", "(目標) 実績"),
        ("９９．９％", "99.9%"),
        ("６〜８", "6～8"),
        ("６～８", "6～8"),
        ("①⑳", "①⑳"),  # numbering, no digits
        ("㎡", "㎡"),  # two letters would move what follows
        ("ｰ", "ー"),
        ("", ""),
    ],
)
def test_narrow(printed: str, expected: str) -> None:
    assert narrow(printed) == expected


@given(st.text())
def test_narrow_keeps_positions(text: str) -> None:
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("窓口のオン ライン化", "窓口のオンライン化"),
        ("あさ いち", "あさいち"),
        ("件 数", "件数"),
        ("全 庁", "全庁"),
        ("あ  い", "あい"),
        ("席・ 棚", "席・棚"),
        ("I C T", "ICT"),
        ("A I ・ R P A の利用", "AI ・ RPA の利用"),
        # Blanks between words stay.
        ("総務課 観光課", "総務課 観光課"),
        ("研修 延べ人数", "研修 延べ人数"),
        ("DX 推進", "DX 推進"),
        ("10 件", "10 件"),
        ("第2 期", "第2 期"),
        ("棚 (2階)", "棚 (2階)"),
        ("Wi-Fi 整備", "Wi-Fi 整備"),
        ("", ""),
        # words, no qualifiers
        ("推進 計画", "推進計画"),
        ("最短 延長", "最短延長"),
    ],
)
def test_close_blanks(printed: str, expected: str) -> None:
    assert close_blanks(printed) == expected


WORDS = st.text(alphabet="あいオン計延約全課館窓口AbC123 　・（）ー。①", max_size=30)


@given(WORDS)
def test_close_blanks_loses_only_blanks_and_is_done_at_once(text: str) -> None:
    closed = close_blanks(text)
    assert "".join(closed.split()) == "".join(text.split())
    assert close_blanks(closed) == closed


@pytest.mark.parametrize(
    ("printed", "evidence", "expected"),
    [
        ("朝市をひ らく", "", "朝市をひらく"),  # both sides hiragana
        ("オン ライン", "", "オンライン"),  # both sides katakana
        ("古い 棚", "", "古い棚"),  # the word before ends no phrase
        ("朝市 を開く", "", "朝市を開く"),  # a particle follows
        ("朝 市を開く", "朝市の席", "朝市を開く"),  # the word stands elsewhere
        ("朝 市を開く", "席だけ", "朝 市を開く"),  # no evidence
        ("総務課 観光課", "", "総務課 観光課"),
        ("R P A を使う", "", "RPA を使う"),
    ],
)
def test_close_blanks_in_prose_wants_evidence(printed: str, evidence: str, expected: str) -> None:
    assert close_blanks_in_prose(printed, evidence) == expected


@given(WORDS, WORDS)
def test_close_blanks_in_prose_loses_only_blanks(text: str, evidence: str) -> None:
    closed = close_blanks_in_prose(text, evidence)
    assert "".join(closed.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("printed", "number", "name"),
    [
        ("1. 書庫の電子化", "1", "書庫の電子化"),
        ("1．書庫", "1", "書庫"),
        ("１．書庫", "1", "書庫"),
        ("12) 書庫", "12", "書庫"),
        ("(1) 書庫", "1", "書庫"),
        ("（1）書庫", "1", "書庫"),
        ("（１）書庫", "1", "書庫"),
        ("① 書庫", "1", "書庫"),
        ("⑳書庫", "20", "書庫"),
        ("1_01", "1_01", ""),
        ("1_01 書庫", "1_01", "書庫"),
        ("2-3 書庫", "2-3", "書庫"),
        ("１＿０１", "1_01", ""),
        ("7", "7", ""),
        ("１０", "10", ""),
        # no numbering
        ("書庫", "", "書庫"),
        ("10年計画", "", "10年計画"),
        ("2024年の朝市", "", "2024年の朝市"),
        ("5か所", "", "5か所"),
        ("1.", "", "1."),
        ("", "", ""),
        ("1.5倍化", "", "1.5倍化"),
        ("1.1 書庫", "1.1", "書庫"),
        ("①", "1", ""),
        ("1-1-1 書庫", "1-1-1", "書庫"),
        ("No.1 書庫", "1", "書庫"),
    ],
)
def test_split_number(printed: str, number: str, name: str) -> None:
    assert split_number(printed) == Numbered(number, name)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("【新】1. 書庫", Numbered("1", "書庫", ("新",))),
        ("1. 【新】書庫", Numbered("1", "書庫", ("新",))),
        ("書庫【完了】", Numbered("", "書庫", ("完了",))),
        ("【新】【完了】 3", Numbered("3", "", ("新", "完了"))),
        ("【新規】", Numbered("", "", ("新規",))),
        ("【】書庫", Numbered("", "【】書庫")),
    ],
)
def test_flags_are_taken_off(printed: str, expected: Numbered) -> None:
    assert split_number(printed) == expected


@given(st.text(max_size=40))
def test_split_number_never_raises_and_invents_nothing(text: str) -> None:
    found = split_number(text)
    assert found.name in text or "【" in text
    circled = any(char in CIRCLED for char in text)
    assert circled or all(char in narrow(text) for char in found.number)


def test_circled_numbers() -> None:
    assert [circled_number(char) for char in CIRCLED] == list(range(1, 21))
    with pytest.raises(ValueError, match="substring not found"):
        circled_number("1")


@pytest.mark.parametrize(
    "word",
    ["総務課", "観光部", "市民室", "朝市支所", "中央公民館", "水道局", "全庁", "消防本部", "病院",
     "公民館3館", "生活センター"],
)  # fmt: skip
def test_offices(word: str) -> None:
    assert is_office(word)


@pytest.mark.parametrize(
    "word", ["課", "一部", "全部", "内部", "教室", "結局", "朝市", "総務課の", "", "部長"]
)
def test_no_offices(word: str) -> None:
    assert not is_office(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＩ・ＲＰＡ の利用", "AIRPAの利用"),
        ("書庫の 電子化", "書庫の電子化"),
        ("書庫（棚を含む）の電子化", "書庫の電子化"),
        ("朝市、夕市", "朝市夕市"),
    ],
)
def test_names_that_agree(one: str, other: str) -> None:
    assert letters(one) == letters(other)


def test_names_that_differ() -> None:
    assert letters("朝市") != letters("夕市")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("・朝市", "朝市"), ("■ 朝市", "朝市"), ("- 朝市", "朝市"), ("  朝市 ", "朝市"), ("・", "")],
)
def test_without_marks(printed: str, expected: str) -> None:
    assert without_marks(printed) == expected
