"""A stated total against the parts printed with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.arithmetic.making import brief, cell, items, row, told

RIGHT = [
    "相談は合計1,210件(R4年度:310 R5年度:400 R6年度:500)あった。",
    "講座に72件の申込があった。（R4年度:21件、R5年度:18件、R6年度:33件）",
    "①12か所（防災課分） ②5件（学校課分） 計17か所",
    "①１２か所　②５か所　計１７か所",
    "窓口30件、郵送20件、オンライン50件の計100件を受け付けた。",
    "合計100件：窓口30件、郵送20件、オンライン50件",
    "貸出は計60台、内訳は本館25台、分館35台である。",
    "東館12回 30人、西館8回 25人、計20回 55人",
    "累計500件（R4年度:200件 R5年度:300件）",
    "延べ60人、計9回（R4:4回・20人、R5:5回・40人）",
    "利用は約1.4万人（男性6,900人、女性7,050人）",
]
WRONG = [
    (RIGHT[0].replace("1,210", "1,220"), "1,220件", "1,210件"),
    (RIGHT[0].replace("400", "480"), "1,210件", "1,290件"),
    (RIGHT[1].replace("72", "12"), "12件", "72件"),
    (RIGHT[1].replace("、R6年度:33件", ""), "72件", "39件"),
    (RIGHT[2].replace("計17", "計18"), "18か所", "17か所"),
    (RIGHT[2].replace("②5", "②6"), "17か所", "18か所"),
    (RIGHT[2].replace("①12か所（防災課分） ", ""), "17か所", "5か所"),
    (RIGHT[2].replace("②5件（学校課分） ", ""), "17か所", "12か所"),
    (RIGHT[3].replace("１７", "１９"), "19か所", "17か所"),
    (RIGHT[4].replace("20", "70"), "100件", "150件"),
    (RIGHT[5].replace("、郵送20件", ""), "100件", "80件"),
    (RIGHT[6].replace("25", "26"), "60台", "61台"),
    (RIGHT[7].replace("55人", "56人"), "56人", "55人"),
    (RIGHT[7].replace("20回", "21回"), "21回", "20回"),
    (RIGHT[8].replace("500", "510"), "510件", "500件"),
    ("重点の5施策、一般の4施策の計8施策", "8施策", "9施策"),
    (RIGHT[9].replace("計9回", "計7回"), "7回", "9回"),
    (RIGHT[9].replace("20人", "26人"), "60人", "66人"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_total_is_not_reported(text: str) -> None:
    assert brief(cell(text)) == []
    assert brief(text + "\n") == []


@pytest.mark.parametrize(("text", "found", "expected"), WRONG)
def test_a_wrong_total_or_part_is_reported(text: str, found: str, expected: str) -> None:
    assert brief(cell(text)) == [("total-differs", found, expected)]
    assert brief(text + "\n") == [("total-differs", found, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "登録者1,000人（R3:400人 R4:700人 R5:1,000人）",  # levels, the last is today's
        "整備済みは12か所（R3年度:5か所 R4年度:9か所 R5年度:11か所）",
        "申請100件（うち窓口30件、うち郵送20件）",
        "申請100件（窓口30件、郵送20件など）",
        "目標10件（R4:3件、R5:5件、R6:8件）",
        "参加30人（定員40人、昨年25人）",
        "R4 118件、R5 194件、累計 500件",  # the years before are not printed
        "研修30人（講座2回、演習3回）",
        "申請は合計100件〔略〕窓口30件〔略〕郵送20件",
        "申請100件（窓口30件〔略〕）",
        "第1回 30人、第2回 40人、計画 90人",
        "今後20年で約3割、合計特殊出生率は1.3、65歳以上は12,000人",
        "利用時間は9:30から17:00まで、合計3回",
    ],
)
def test_what_is_no_total_of_parts_is_not_reported(text: str) -> None:
    assert brief(cell(text)) == []


def test_items_of_a_cell_and_their_total() -> None:
    right = items("■スマホ教室", "・本庁 12回 60人", "・支所 8回 45人", "計20回 105人")
    assert brief(row("取組", right)) == []
    assert brief(row("取組", right.replace("105", "106"))) == [("total-differs", "106人", "105人")]
    assert brief(row("取組", right.replace("12回", "13回"))) == [("total-differs", "20回", "21回")]


def test_an_extract_tells_one_name_year_by_year() -> None:
    text = "〔略〕通知 80件〔略〕R4年度 通知 10件〔略〕R5年度 通知 30件〔略〕R6年度 通知 40件"
    assert brief(cell(text)) == []
    assert brief(cell(text.replace("80", "81"))) == [("total-differs", "81件", "80件")]
    # A part that was left out, or another name among them, leaves nothing to decide.
    assert brief(cell(text.replace("R5年度 通知 30件", "R5年度 相談 30件"))) == []


def test_a_finding_says_where_and_what_the_parts_make() -> None:
    one = told(cell(WRONG[0][0]))[0]
    assert (one.place, one.severity) == ("L3:C2", "警告")
    assert "310+400+500 = 1,210件" in one.message
    assert "310+400+500 = 1,210件" in one.message_en
    assert one.fix
    two = told("導入\n", WRONG[0][0] + "\n")
    assert [one.place for one in two] == ["d2 L1"]


PARTS = st.lists(st.integers(1, 9_999), min_size=2, max_size=7)
NAMES = "東西南北中上下"


@given(parts=PARTS, style=st.integers(0, 3))
def test_parts_with_their_total_are_never_reported(parts: list[int], style: int) -> None:
    assert brief(cell(_written(parts, sum(parts), style))) == []


@given(parts=PARTS, style=st.integers(0, 3), change=st.integers(1, 50_000))
def test_a_changed_total_is_always_reported(parts: list[int], style: int, change: int) -> None:
    text = _written(parts, sum(parts) + change, style)
    ends = [sum(parts[first:]) for first in range(len(parts) - 1)]
    assert sum(parts) + change not in ends
    found = f"{sum(parts) + change:,}件"
    assert brief(cell(text)) == [("total-differs", found, f"{sum(parts):,}件")]


def _written(parts: list[int], total: int, style: int) -> str:
    named = [f"{NAMES[n]}館{part:,}件" for n, part in enumerate(parts)]
    if style == 0:
        return f"相談は合計{total:,}件（{'、'.join(named)}）であった。"
    if style == 1:
        return f"{'、'.join(named)}の計{total:,}件を受けた。"
    if style == 2:
        rings = "①②③④⑤⑥⑦"
        return " ".join(f"{rings[n]}{p:,}件" for n, p in enumerate(parts)) + f" 計{total:,}件"
    years = [f"R{n}年度:{part}" for n, part in enumerate(parts, 1)]
    return f"相談は合計{total:,}件({' '.join(years)})であった。"
