"""Clean text never alarms, whatever it is made of; planted faults in a plan are all found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.check import check
from pipelines.check.text import check_text
from pipelines.check.text.alike import PAIRS
from pipelines.model import Tables
from pipelines.read import read
from pipelines.tidy import identify, tidy
from pipelines.vocabulary import old_kanji
from tests.check.text.making import case, told

ALARMS = {"letters-foreign", "letters-alike", "kanji-old", "character-lost", "named-two-ways"}
HIRAGANA = [chr(code) for code in range(0x3041, 0x3094)]
KATAKANA = [chr(code) for code in range(0x30A1, 0x30F5)] + ["ー", "・"]
KANJI = [
    char
    for char in map(chr, range(0x4E00, 0x9FA0))
    if char not in PAIRS and char not in old_kanji() and char.encode("cp932", "ignore")
]
WORDS = st.sampled_from(["DX", "ICT", "Web", "plan", "AI", "OCR", "KPI", "LINE", "No.", "R6"])
JAPANESE = st.text(
    st.sampled_from(HIRAGANA + KANJI + KATAKANA + list("、。（）「」０９ 12")), max_size=12
)


@settings(max_examples=200)
@given(st.lists(st.one_of(JAPANESE, WORDS), max_size=12))
def test_japanese_and_words_of_ascii_never_alarm(parts: list[str]) -> None:
    text = "計画\n\n" + "\n\n".join(parts) + "\n\n取組\t" + "\t".join(parts)
    lonely = {"エ", "ロ", "ニ", "ハ", "タ", "ト"}  # beside kanji these need the word with the kanji
    found = [row for row in told(text) if row[0] in ALARMS and not set(row[2]) & lonely]
    assert found == []


PLAN = """\
八戸市DX推進計画

第1章 計画の基本事項

基本方針1 便利なサービスの実現

取組\tKPI\t令和5年度\t令和6年度\t内容
1. 行政手続のオンライン化\t手続数\t10手続\t20手続\tオンラインで申請する手続を増やす。
2. マイナンバーカードの普及\t普及率\t80%\t85%\tマイナンバーカードの申請を助ける。
3. デジタルデバイド対策\t教室の数\t3回\t4回\tスマートフォンの教室を開く。
4. Webサイトの更新\t閲覧数\t100件\t200件\tニーズの調査を行い、Webサイトを更新する。
"""


def findings(text: str) -> set[tuple[str, str, str]]:
    document = read(text.encode(), "plan.txt")
    municipality, plan = identify(document, "022039")
    tables: Tables = tidy([("plan", document)], plan, municipality)
    found = check(tables, [("plan", document)])
    return {(one.code, one.found, one.expected) for one in found}


def test_a_clean_plan_is_silent() -> None:
    assert findings(PLAN) == set()


def test_planted_faults_are_each_found_with_their_reading() -> None:
    planted = {
        ("Webサイトの更新", "Wеbサイトの更新"): ("letters-foreign", "Wеb", "Web"),
        ("調査を行い、Web", "調査を行い、Wοb"): ("letters-foreign", "Wοb", "Web"),
        ("デバイド", "デバйд"): ("letters-foreign", "デジタルデバйд", "デジタルデバイド"),
        ("ニーズ", "二ーズ"): ("letters-alike", "二ーズ", "ニーズ"),
        ("カードの普及", "力ードの普及"): (
            "letters-alike",
            "マイナンバー力ード",
            "マイナンバーカード",
        ),
        ("申請する手続", "申請する手續"): ("kanji-old", "手續", "手続"),
        ("サービス", "ｻｰﾋﾞｽ"): ("width-mixed", "ｻｰﾋﾞｽ 1・サービス 0", ""),
        ("教室の数", "教室か\u3099数"): ("character-lost", "か\u3099", "が"),
    }
    for (right, wrong), expected in planted.items():
        assert right in PLAN
        assert expected in findings(PLAN.replace(right, wrong, 1)), wrong


def test_a_finding_names_the_row_that_was_read_from_its_place() -> None:
    document = read(PLAN.replace("デバイド", "デバйд").encode(), "plan.txt")
    municipality, plan = identify(document, "022039")
    tables = tidy([("plan", document)], plan, municipality)
    (found,) = (f for f in check(tables, [("plan", document)]) if f.code == "letters-foreign")
    assert (found.table, found.place) == ("initiative", "L10:C1")
    assert found.row_id == f"{plan}-03"


def test_without_documents_there_is_nothing_to_say() -> None:
    assert list(check_text(case())) == []
