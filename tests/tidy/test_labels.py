"""What names a figure: words before it, behind it, the topic, its neighbour, the context."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tidy.figures import figures
from pipelines.tidy.labels import label_before, moment_near
from pipelines.tidy.text import narrow
from pipelines.tidy.years import moments


def names(text: str, context: str = "") -> list[str]:
    """The labels of a text's figures."""
    return [figure.label for figure in figures(text, context)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("席30枚", ["席"]),
        ("席 30枚", ["席"]),
        ("席：30枚", ["席"]),
        ("席は30枚", ["席"]),
        ("席を30枚", ["席"]),
        ("・席 30枚", ["席"]),
        ("席として30枚", ["席"]),
        ("朝市、席30枚", ["席"]),
        ("朝市。席30枚", ["席"]),
        ("朝市①席30枚", ["席"]),
        ("朝市※席30枚", ["席"]),
        ("朝市→席30枚", ["席"]),
        ("朝市／席30枚", ["席"]),
        ("〔略〕席30枚", ["席"]),
    ],
)
def test_the_words_right_before(printed: str, expected: list[str]) -> None:
    assert names(printed) == expected


def test_a_long_label_is_cut_at_its_start() -> None:
    (label,) = names("山" * 60 + "の席30枚")
    assert label.endswith("の席")
    assert len(label) == 40


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("令和5年度閲覧者 12人", ["閲覧者"]),
        ("閲覧者 令和5年度 12人", ["閲覧者"]),
        ("閲覧者（令和5年度末現在） 12人", ["閲覧者（令和5年度末現在）"]),
        ("令和5年度は12人", [""]),
        ("閲覧者(R5:12人、R6:34人)", ["閲覧者", "閲覧者"]),
    ],
)
def test_dates_are_no_names(printed: str, expected: list[str]) -> None:
    assert names(printed) == [narrow(label) for label in expected]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("講座(3回)", ["講座"]),
        ("講座(参加者3人)", ["講座 参加者"]),
        ("講座(3講座 視聴者5人)", ["講座", "講座 視聴者"]),
        ("手間 通常15分→電子5分", ["手間 通常", "手間 電子"]),
    ],
)
def test_composed_labels_of_brackets_and_arrows(printed: str, expected: list[str]) -> None:
    assert names(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("46名が受講", ["受講"]),
        ("3つの方針を示す", ["方針"]),
        ("育児相談は、91.3%がオンライン", ["育児相談 オンライン"]),
        ("1件当たり5分削減", ["1件当たりの削減"]),
        ("席が前年度比10%", ["席 前年度比"]),
        ("到達率12.4% 5,683件/45,824件", ["到達率", "到達率(分子)", "到達率(分母)"]),
        ("棚をかたづけた。12枚。", ["棚をかたづけた"]),
        ("席は30枚で、10枚", ["席", "席"]),
    ],
)
def test_the_words_behind_the_topic_and_the_neighbour(printed: str, expected: list[str]) -> None:
    assert names(printed) == expected


@pytest.mark.parametrize("printed", ["10件", "10件です", "およそ10件", "本市の10件", "今後は10件"])
def test_the_context_names_the_rest(printed: str) -> None:
    assert names(printed, "朝市") == ["朝市"]


def test_the_span_of_a_label() -> None:
    assert label_before("朝市の席は30枚", "朝市の席は30枚", 5, []) == ("朝市の席", (0, 4))
    assert label_before("30枚", "30枚", 0, [])[0] == ""


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("令和5年度 席30枚", 2023),
        ("令和5年度の席は30枚", 2023),
        ("席30枚（令和5年度）", 2023),
        ("令和5年度までに席30枚", 2023),
        ("席30枚。令和5年度", None),
        ("令和5年度に開いた朝市の、席30枚", None),
        ("席30枚（令和5年度:20枚）", None),  # the year is of what follows it
    ],
)
def test_the_year_printed_with_a_figure(printed: str, year: int | None) -> None:
    figure = figures(printed)[0]
    found = moment_near(narrow(printed), moments(printed), figure.span, figure.label_span)
    assert (found.fiscal_year if found else None) == year
    assert figure.moment == found


TEXT = st.text(
    alphabet="席棚朝市のはがを、。・（）()「」 →①③3つ10件分/：令和5年度当たり", max_size=40
)


@given(TEXT)
def test_a_label_is_the_text_of_its_span_unless_composed(text: str) -> None:
    for figure in figures(text):
        start, end = figure.label_span
        assert 0 <= start <= end <= len(text)
        if start < end <= figure.span[0] and " " not in figure.label:
            assert narrow(text)[start:end].strip() == figure.label or "の" in figure.label
