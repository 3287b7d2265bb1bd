"""The comparison itself, on small tables made up for it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from golden_answers import ANSWERS, DOCUMENTS, answers, fits, names, number
from golden_compare import compare, not_printed, printed_figures, recall, report
from golden_tables import Flat
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Table, Tables


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("(1)", "1"),
        ("①", "1"),
        ("1_01", "1_01"),
        ("NO 3", "3"),
        ("1-4", "1-4"),
        ("", ""),
        ("—", ""),
    ],
)
def test_number(printed: str, bare: str) -> None:
    assert number(printed) == bare


@pytest.mark.parametrize(
    ("expected", "actual", "column", "agree"),
    [
        ("38.0", "38", "値", True),
        ("38.0", "38.1", "値", False),
        ("0", "", "値", False),
        ("", "0", "値", False),
        ("|件", "", "単位", True),
        ("|件", "件", "単位", True),
        ("|件", "人", "単位", False),
        ("橋の点検", "橋 の 点検", "名称", True),
        ("ＡＢＣ（案）", "abc(案)", "名称", True),
        ("○", "▲", "記号", False),
        ("(2)", "②", "施策番号", True),
        ("1", "", "番号", False),
        ("道路課 水道課", "水道課;道路課", "担当課", True),
        ("道路課 水道課", "道路課", "担当課", False),
    ],
)
def test_fits(expected: str, actual: str, column: str, agree: bool) -> None:
    assert fits(expected, actual, column) is agree


def test_names_keep_a_middle_dot() -> None:
    assert names("移住・定住課、道路課") == {"移住・定住課", "道路課"}


def row(no: str, year: str, value: str, unit: str = "件") -> dict[str, str]:
    return {"番号": no, "年度": year, "値": value, "単位": unit}


KEY, FIELDS = ("番号", "年度"), ("値", "単位")


def test_equal_tables_have_no_difference_in_any_order() -> None:
    rows = [row("1", "2022", "5"), row("1", "2023", "6"), row("2", "2022", "7")]
    assert compare(rows, rows[::-1], KEY, FIELDS) == []


def test_compare_tells_missing_extra_and_differing_rows() -> None:
    expected = [row("1", "2022", "5"), row("2", "2022", "7")]
    actual = [row("1", "2022", "5", "人"), row("3", "2022", "8")]
    assert compare(expected, actual, KEY, FIELDS) == [
        "differs 番号=1 年度=2022: 単位 '人', not '件'",
        "missing 番号=2 年度=2022 値=7 単位=件",
        "extra   番号=3 年度=2022 値=8 単位=件",
    ]


def test_extra_rows_can_be_allowed() -> None:
    actual = [row("1", "2022", "5"), row("9", "2022", "1")]
    assert compare(actual[:1], actual, KEY, FIELDS, extra=False) == []
    assert len(compare(actual[:1], actual, KEY, FIELDS)) == 1


def test_a_repeated_row_is_extra() -> None:
    one = row("1", "2022", "5")
    assert compare([one], [one, one], KEY, FIELDS) == ["extra   番号=1 年度=2022 値=5 単位=件"]


def test_rows_with_one_key_are_paired_by_what_agrees() -> None:
    expected = [row("1", "2022", "5"), row("1", "2022", "6")]
    actual = [row("1", "2022", "6"), row("1", "2022", "4")]
    assert compare(expected, actual, KEY, FIELDS) == ["differs 番号=1 年度=2022: 値 '4', not '5'"]


def test_recall_counts_equal_figures_one_by_one() -> None:
    expected = [row("", "", "5"), row("", "", "5"), row("", "", "7")]
    found = recall(expected, [row("", "", "5"), row("", "", "7")], FIELDS)
    assert (found.wanted, found.found) == (3, 2)
    assert found.missing == ["値=5 単位=件"]
    assert str(found).startswith("2 of 3 (66.7%)")


def test_recall_lets_an_answer_with_one_reading_choose_first() -> None:
    expected = [row("", "", "5", "|件"), row("", "", "5", "件")]
    found = recall(expected, [row("", "", "5", "件"), row("", "", "5", "")], FIELDS)
    assert found.missing == []


def test_recall_of_nothing_is_whole() -> None:
    assert recall([], [], FIELDS).share == 1.0


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1,256件と1.4万人", ["1256", "1.4", "14000"]),
        ("△3.2%", ["3.2", "-3.2"]),
        ("①４８.2％ ②0%", ["48.2", "0"]),
        ("12 3,000", ["12", "3000"]),
        ("数は無い", []),
    ],
)
def test_printed_figures(text: str, figures: list[str]) -> None:
    assert printed_figures(text) == {Decimal(f) for f in figures}


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_with_commas_is_printed(value: int) -> None:
    assert Decimal(value) in printed_figures(f"合わせて{value:,}回")


def test_not_printed_finds_the_wrong_line_and_the_wrong_value() -> None:
    lines = ["橋は12か所", "道は3本"]
    good = {"行": "1", "名称": "橋", "値": "12", "単位": "か所"}
    assert not_printed([good], lines) == []
    wrong = [good | {"行": "2"}, good | {"行": ""}, good | {"行": "9"}, good | {"値": ""}]
    assert len(not_printed(wrong, lines)) == 4


def test_report_is_short() -> None:
    text = report([f"difference {i}" for i in range(100)])
    assert text.startswith("100 differences")
    assert text.endswith("… 70 more")


@pytest.fixture
def flat() -> Flat:
    """A made-up package: one policy, one initiative, one indicator and a row of every kind."""
    tables = Tables("012025", "北海道函館市", "012025-plan")
    tables.tables = {
        slug: Table(slug, rows)
        for slug, rows in {
            "policy": [
                {"ID": "p1", "番号": "3", "名称": "上の柱", "上位ID": None},
                {"ID": "p2", "番号": "(2)", "名称": "下の柱", "上位ID": "p1"},
            ],
            "initiative": [{"ID": "i1", "番号": "4", "名称": "橋 を直す", "施策ID": "p2"}],
            "indicator": [{"ID": "k1", "枝番": "2", "名称": "橋の数"}],
            "observation": [
                {
                    "ID": "o1",
                    "取組ID": "i1",
                    "指標ID": "k1",
                    "指標名": "橋の数",
                    "値": Decimal("1.5"),
                }
            ],
            "status": [{"ID": "s1", "取組ID": "i1", "項目番号": "①", "記号": "○"}],
            "goal": [{"ID": "g1", "施策ID": "p2", "値": None}],
            "measurement": [{"ID": "m1", "値": 7}, {"ID": "m2", "値": 8}],
            "provenance": [{"表": "measurement", "行ID": "m1", "列": "値", "位置": "L12:C6"}],
        }.items()
    }
    return Flat(tables)


def test_flat_follows_the_references(flat: Flat) -> None:
    observation = flat.observations()[0]
    wanted = {"取組番号": "4", "取組名": "橋を直す", "指標": "橋の数", "枝番": "2", "値": "1.5"}
    assert wanted.items() <= observation.items()
    assert flat.initiatives()[0]["施策"] == "下の柱"
    status = flat.statuses()[0]
    assert (status["基本戦略番号"], status["施策番号"]) == ("3", "(2)")
    assert flat.goals()[0] | {"ID": ""} == {"ID": "", "施策ID": "p2", "値": "", "施策番号": "(2)"}


def test_flat_gives_measurements_their_line(flat: Flat) -> None:
    assert [row["行"] for row in flat.measurements()] == ["12", ""]


def test_flat_bears_rows_that_refer_to_nothing(flat: Flat) -> None:
    lost = Tables("012025", "北海道函館市", "012025-plan")
    lost.tables = {"observation": Table("observation", [{"ID": "o1", "取組ID": "?", "値": 1}])}
    assert Flat(lost).observations()[0]["取組番号"] == ""


# The answers themselves

COUNTS = {
    ("goshogawara-progress", "observation"): 17 * 9,
    ("goshogawara-progress", "initiative"): 11,
    ("goshogawara-plan", "initiative"): 15,
    ("goshogawara-plan", "policy"): 3 + 11,
    ("goshogawara-plan", "term"): 23,
    ("shibata", "initiative"): 43,
    ("hashikami", "initiative"): 46,
    ("kasama", "status"): 39 * 3,
    ("kasama", "initiative"): 39,
}


@pytest.mark.parametrize(("document", "table"), COUNTS)
def test_answers_are_as_many_as_the_issue_says(document: str, table: str) -> None:
    assert len(answers(document, table)) == COUNTS[document, table]


def test_answers_are_plain_files_that_say_each_thing_once() -> None:
    folders = sorted(path.name for path in ANSWERS.iterdir() if path.is_dir())
    assert folders == sorted(DOCUMENTS)
    for path in sorted(ANSWERS.glob("*/*.csv")):
        data = path.read_bytes()
        assert b"\r" not in data
        assert not data.startswith(b"\xef\xbb\xbf")
        if path.stem in ("observation", "status", "policy", "term"):
            rows = data.decode().splitlines()
            assert len(rows) == len(set(rows)), path.name


def test_declared_projects_agree_with_the_listed_ones() -> None:
    declared = [r for r in answers("hashikami", "measurement") if r["単位"] == "事業"]
    assert sum(int(r["値"]) for r in declared) == len(answers("hashikami", "initiative"))


def test_every_value_is_a_number_and_every_year_a_year() -> None:
    for document in DOCUMENTS:
        for table in ("observation", "measurement", "goal"):
            for answer in answers(document, table):
                assert not answer["値"] or Decimal(answer["値"]).is_finite()
                year = answer.get("年度") or answer.get("期限年度") or ""
                assert all(2000 <= int(y) <= 2050 for y in year.split("|") if y)


def test_an_observation_says_something() -> None:
    for document in DOCUMENTS:
        for answer in answers(document, "observation"):
            assert answer["値"] or answer["状態"] or answer["欠測理由"], answer
