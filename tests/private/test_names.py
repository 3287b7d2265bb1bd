"""Names of people: found beside what stands with names alone, and not in the words of an office."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.private import is_field, masked, private_parts
from pipelines.private.words import words


def kinds(text: str, heading: str = "") -> list[str]:
    return [part.kind for part in private_parts(text, heading)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("山田太郎さん", "山○○○さん"),
        ("山田 太郎 氏", "山○ ○○ 氏"),
        ("山田　太郎様から", "山○ ○○様から"),
        ("渡辺 さくら 様", "渡○ ○○○ 様"),
        ("佐々木孝昌氏", "佐○○○○氏"),
        ("五所川原花子氏は", "五所川原花子氏は"),
        ("講師の鈴木さん", "講師の鈴○さん"),
        ("山田太郎議員", "山○○○議員"),
        ("林 一郎委員", "林 ○○委員"),
        ("佐々木 一さん", "佐○○ ○さん"),
        ("委員 山田太郎", "委員 山○○○"),
        ("課長 鈴木一郎、係長", "課長 鈴○○○、係長"),
        ("黒石 花子 殿", "黒○ ○○ 殿"),
    ],
)
def test_names_beside_a_word_of_respect_or_a_post(text: str, shown: str) -> None:
    if shown == text:
        assert kinds(text) == []  # six kanji run together: not told from other words
    else:
        assert kinds(text) == ["name"]
        assert masked(text).replace("\u3000", " ") == shown


@pytest.mark.parametrize(
    "text",
    [
        *("皆様", "お客様", "各位", "利用者様", "市民の皆さん", "お子さん", "職員さん", "町民さん"),
        *(
            "同様",
            "仕様",
            "多様",
            "様々な",
            "様式",
            "模様",
            "標準仕様書",
            "一様に",
            "様子",
            "同様に",
        ),
        *("市長", "町長", "総務課長", "情報 政策課長", "デジタル推進委員", "民生委員", "各議員"),
        *("委員会 中野区", "農業委員会", "選挙管理委員", "中山間地域委員", "小林地区委員"),
        *("石川県議員", "福島県議会議員", "山口県知事", "千葉市長", "中野から市長へ", "木村市長"),
        *("課長 山口県", "市長 中野区", "委員 中村地区", "たくさん", "参加者の皆さん", "皆さんか"),
        *("エリック・ストルターマン教授", "摂氏20度", "氏名", "各氏", "同氏", "平氏", "殿堂"),
        *(
            "氏名：任意",
            "氏名：記載必須",
            "氏名：",
            "氏名: 漢字で記入",
            "氏名、住所",
            "名前：申請者",
        ),
        *("20業務 標準仕様", "手続 標準仕様書", "全国 同様に", "事業 多様化", "文化財 本殿の修理"),
        *("保育 士 さん", "看護 師 さん", "森 林 課長", "原 案 委員", "林 業 委員", "星 空 さん"),
        *("市長 宮崎県知事", "渡辺 電機 様", "山本組さん", "会長 長谷川 河川", "高橋医院さん"),
        *("株式会社 高橋 様式", "事業者様", "申請者 各位 様", "上田の委員", "住民 皆 様"),
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    assert private_parts(text) == []


@pytest.mark.parametrize(
    "text", ["氏名：山田太郎", "氏名: 黒石 花子", "お名前：佐々木孝昌", "世帯主：鈴木一郎"]
)
def test_a_field_for_a_name(text: str) -> None:
    assert kinds(text) == ["name-field"]
    assert masked(text)[-1] == "○"


def test_a_cell_below_the_heading_of_names() -> None:
    assert is_field("氏名")
    assert is_field("お名前")
    assert not is_field("名称")
    assert not is_field("施設の名前")
    assert kinds("黒石 花子", "氏名") == ["name-field"]
    assert kinds("山田太郎", "名前") == ["name-field"]
    assert kinds("給食センター", "名前") == []
    assert kinds("黒石 花子", "担当") == []


def test_what_a_field_tells_stands_where_it_is() -> None:
    [part] = private_parts("山田 太郎", "氏名")
    assert (part.start, part.end, part.shown) == (0, 5, "山○ ○○")


@given(st.sampled_from(words("surname")), st.sampled_from(["太郎", "花子", "一郎", "美佐子"]))
def test_every_frequent_surname_is_known(surname: str, given_name: str) -> None:
    assert kinds(f"{surname} {given_name}さん") == ["name"]


@given(st.sampled_from(words("nobody")), st.sampled_from(words("honorific")))
def test_the_words_for_nobody_are_nobody(word: str, respect: str) -> None:
    assert kinds(word + respect) == []


@given(st.text(max_size=30))
def test_masking_keeps_the_length_of_all_else_and_is_done_once(text: str) -> None:
    parts = private_parts(text)
    once = masked(text)
    assert (once == text) is all(part.kind.endswith("-office") for part in parts)
    assert sorted(parts, key=lambda part: part.start) == parts
