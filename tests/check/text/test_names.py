"""One thing under two names: only where the place says that the same is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.text import check_text
from pipelines.check.text.near import differing, inside, is_near
from pipelines.findings.tidy import JoinInexact
from tests.check.text.making import case, told

CODE = "named-two-ways"


def pairs(*texts: str) -> list[tuple[str, str, str]]:
    return [(place, found, expected) for _, place, found, expected in told(*texts, code=CODE)]


def test_a_heading_and_the_contents() -> None:
    text = "第2章 基本文項と方針 … 8\n\n第2章 基本事項と方針\n\n主な事項は次のとおりです。"
    assert pairs(text) == [("L1", "基本文項と方針", "基本事項と方針")]


def test_the_heading_of_a_column_in_tables_of_one_form() -> None:
    table = "施策\t状況\t令和6年度の予定\nア\tイ\tウ\n\n"
    assert pairs(table * 2 + table.replace("予定", "子定") + table) == [
        ("L7:C3", "令和6年度の子定", "令和6年度の予定")
    ]
    assert pairs(table * 2 + table.replace("6", "7")) == []


def test_a_name_and_the_sentence_of_its_row() -> None:
    row = "番号\t実績\t名称\n1\t市税、保険料等の電子収納を実施した。\t市税、保育料等の電子収納\n"
    assert pairs(row) == [("L2:C3", "市税、保育料等の電子収納", "市税、保険料等の電子収納")]
    assert pairs(row.replace("保育料", "保険料")) == []


def test_a_long_word_of_katakana_that_is_nearly_a_usual_one() -> None:
    usual = "マイナンバーカードの普及\n\n" * 3
    assert pairs(usual + "マインナンバーカードの普及") == [
        ("L7", "マインナンバーカード", "マイナンバーカード")
    ]
    assert pairs("オンランインシステム\n\n" + "オンラインシステム\n\n" * 3) == [
        ("L1", "オンランインシステム", "オンラインシステム")
    ]


def test_offices_in_lists() -> None:
    right = "担当（総務課、こども政策課）\n\n担当（こども政策課、税務課）"
    text = f"{right}\n\n担当（子ども政策課、税務課）"
    assert pairs(text) == [("L5", "子ども政策課", "こども政策課")]


def test_a_rare_value_of_a_column() -> None:
    rows = [f"{n}\t市民向け情報施策\tア\n" for n in range(1, 5)]
    assert pairs("番号\t区分\t名\n" + "".join(rows) + "5\t市民向け情報施索\tア\n") == [
        ("L6:C2", "市民向け情報施索", "市民向け情報施策")
    ]


def test_an_acronym_that_lacks_a_letter() -> None:
    assert pairs("LWAN上のシステム") == [("L1", "LWAN", "LGWAN")]
    assert pairs("LWANとLWAN、WAN、EBPM、LGWAN") == []


@pytest.mark.parametrize(
    "text",
    [
        "第1章 転入届の手続\n\n第1章 転出届の手続きと届出",
        "施策\t状況\t目標\nア\tイ\tウ\n\n施策\t状況\t実績\nア\tイ\tウ\n\n施策\t状況\t目標\nア\tイ\tウ",
        "番号\t実績\t名称\n1\t転入届のオンライン申請を開始した。\tオンライン申請の導入の検討",
        "1\t庶務管理システムの導入\t庶務管理システムを導入し、申請する。",
        "1\t庁内ネットワーク無線化事業\t庁内ネットワークを無線化し、移す。",
        "オンライン申請\n\nオンライン申込\n\nオンライン申請\n\nオンライン申請",
        "コミュニティバス\n\nコミュニティ\n\nコミュニティ\n\nコミュニティ",
        "ダウンロード数とアップロード数とダウンロードとダウンロード",
        "番号\t値\n1\t(実施) 未実施\n2\t(実施) 実施\n3\t(実施) 実施\n4\t(実施) 実施",
        "担当（上下水道整備課、税務課）\n\n担当（下水道整備課、税務課）\n\n担当（下水道整備課、総務課）",
        "番号\t区分\t名\n1\t第1グループの業務\tア\n2\t第2グループの業務\tイ\n3\t第2グループの業務\tウ",
        "番号\t予定\n1\t令和6年度末まで〔略〕\n2\t令和6年度まで〔略〕\n3\t令和6年まで整備する",
        "市民向け情 報施策\n\n市民向け情報施策\n\n市民向け情報施策\n\n市民向け情報施策",
    ],
)
def test_two_things_are_no_alarm(text: str) -> None:
    assert pairs(text) == []


def test_what_the_reading_has_told_is_not_told_again() -> None:
    text = "マイナンバーカードの普及\n\n" * 3 + "マインナンバーカードの普及"
    known = JoinInexact.at(
        place="L7", found="マインナンバーカードの普及", expected="マイナンバーカードの普及"
    )
    assert [f.code for f in check_text(case(text))] == [CODE]
    assert [f.code for f in check_text(case(text, findings=(known,)))] == []


@given(st.text("施策事項あア1", max_size=8), st.text("施策事項あア1", max_size=8))
def test_texts_differ_in_the_pieces_that_are_told(one: str, other: str) -> None:
    a, b, start = differing(one, other)
    assert one[:start] + b + one[start + len(a) :] == other
    assert (a == b == "") is (one == other)
    assert is_near(one, other) is is_near(other, one)
    assert not (is_near(one, other) and one == other)


@given(
    st.text("電子収納保険料等のと", min_size=6, max_size=12), st.integers(2, 9), st.text("を。した")
)
def test_a_name_with_one_letter_changed_is_seen_in_a_sentence(
    name: str, at: int, rest: str
) -> None:
    planted = name[:at] + "税" + name[at + 1 :]
    if at >= len(name) - 2 or name[at] in "のと" or not is_near(name, planted):
        return
    assert inside(name, f"市の{planted}{rest}") in (planted, *_pieces(planted + rest, name))
    if len(set(name)) == len(name):
        assert inside(name, f"市の{name}") == ""


def _pieces(text: str, name: str) -> list[str]:
    """Other pieces of a repetitive text that are as near."""
    sizes = range(len(name) - 1, len(name) + 2)
    parts = {text[n : n + size] for n in range(len(text)) for size in sizes}
    return [part for part in parts if is_near(name, part)]
