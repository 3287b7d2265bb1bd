"""Texts and inner lines of cells: HTML, entities, bullets, rules, note marks."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Place
from pipelines.read.cells import cell, drop_notes, plain, tidy_space
from pipelines.read.markup import is_html

UL = '<ul style="list-style-type: none">'


@pytest.mark.parametrize(
    ("raw", "text", "lines"),
    [
        # no mark-up
        ("", "", ()),
        (" \u00a0　", "", ()),
        ("  約50名 ", "約50名", ("約50名",)),
        ("公用車　の\u00a0\u00a0台数", "公用車 の 台数", ("公用車 の 台数",)),
        ("a<b", "a<b", ("a<b",)),
        ("1 < 2 > 0", "1 < 2 > 0", ("1 < 2 > 0",)),
        ("<市名>", "<市名>", ("<市名>",)),
        ("R&D &amp; A&B", "R&D & A&B", ("R&D & A&B",)),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;", ("&lt;b&gt;",)),
        ("&#9312;件&nbsp;2", "①件 2", ("①件 2",)),
        # lists and paragraphs
        (f"{UL} <li>甲 乙</li> <li>丙</li> </ul>", "甲 乙 丙", ("甲 乙", "丙")),
        (f"{UL} 甲 乙 </ul>", "甲 乙", ("甲 乙",)),
        (f"{UL} 閉じない 一覧", "閉じない 一覧", ("閉じない 一覧",)),
        ("前<ul><li>甲</li>間<li>乙</ul>後", "前 甲 間 乙 後", ("前", "甲", "間", "乙", "後")),
        (
            "<ul><li>甲<ul><li>乙</li></ul>丙</li><li>丁</li></ul>",
            "甲 乙 丙 丁",
            ("甲", "乙", "丙", "丁"),
        ),
        ("<p>甲</p> <p>乙</p>", "甲 乙", ("甲", "乙")),
        ("甲<br>乙<BR/>丙<br />丁", "甲 乙 丙 丁", ("甲", "乙", "丙", "丁")),
        ("<td>1</td><td>2</td>", "1 2", ("1", "2")),
        ("<table><tr><td>1<td>2</table>", "1 2", ("1", "2")),
        ("<p>窓<b>口</b>の<span class='x'>改善</span></p>", "窓口の改善", ("窓口の改善",)),
        ("<p>a<b と c<d の比較</p>", "a<b と c<d の比較", ("a<b と c<d の比較",)),
        ("<p>&amp;lt; &lt;p&gt;</p>", "&lt; <p>", ("&lt; <p>",)),
        ("<p>問合せ <info@example.jp> まで</p>", "問合せ <info@example.jp> まで", None),
        # what must not reach the text
        ("甲<script>alert(1<2)</script>乙", "甲乙", ("甲乙",)),
        ("<style>p{}</style><p onclick='x(\">\")'>甲</p>", "甲", ("甲",)),
        ("<!-- <p>秘</p> --><p>甲</p>", "甲", ("甲",)),
        ('<img src=x onerror="alert(1)">甲', "甲", ("甲",)),
        ("<p>甲</p><frameset><template>乙</template>", "甲 <frameset>", ("甲", "<frameset>")),
        # bullets whose line breaks were lost
        ("■甲 ・乙 1件 ・丙", "■甲 ・乙 1件 ・丙", ("■甲", "・乙 1件", "・丙")),
        ("・甲 ・乙", "・甲 ・乙", ("・甲", "・乙")),
        ("■甲■乙", "■甲■乙", ("■甲", "■乙")),
        ("効率化・省力化", "効率化・省力化", ("効率化・省力化",)),
        ("A I ・ R P A", "A I ・ R P A", ("A I ・ R P A",)),
        ("<ul><li>甲 ・乙</li></ul>", "甲 ・乙", ("甲", "・乙")),
        # rules printed inside a cell
        ("<p>甲</p> <p>-----</p> <p>率 9.7%</p>", "甲 ----- 率 9.7%", ("甲", "率 9.7%")),
        ("甲 ----- 乙", "甲 ----- 乙", ("甲", "乙")),
        ("-", "-", ("-",)),
        ("-----", "-----", ("-----",)),
        ("03-1234---5", "03-1234---5", ("03-1234---5",)),
        # note marks
        ("デジタルデバイド ^{※3} 対策", "デジタルデバイド対策", None),
        ("A I・R P A ^{※2} の利用", "A I・R P Aの利用", None),
        ("業務改革(BPR ^{※2})に取り組む", "業務改革(BPR)に取り組む", None),
        ("Wi-Fi^{※1}、AI^{※2}", "Wi-Fi、AI", None),
        ("IoT ^{※1} device", "IoT device", None),
        ("面積 10m^{2} と 5", "面積 10m^{2} と 5", None),
        ("窓口<sup>※1</sup>の改善", "窓口の改善", None),
        ("100<sup>1</sup>", "100^{1}", None),
        ("^{※1}", "", ()),
    ],
)
def test_plain(raw: str, text: str, lines: tuple[str, ...] | None) -> None:
    assert plain(raw) == (text, (text,) if lines is None else lines)


def test_cell_keeps_its_source_and_place() -> None:
    place = Place("f" * 64, 12, 6)
    made = cell("  <p>甲</p>^{※1} ", place)
    assert (made.raw, made.text, made.place) == ("<p>甲</p>^{※1}", "甲", place)
    assert str(made.place) == "L12:C6"


def test_invisible_and_forbidden_characters() -> None:
    assert tidy_space("甲\u200b乙\ufeff\u202e丙\x00\x1f丁\uffff") == "甲乙丙 丁"


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("<ul>" * 100_000 + "底", 1),
        ("<ul><li>" * 100_000 + "底" + "</li></ul>" * 100_000, 1),
        ("<div>甲" * 100_000, 100_000),
        ("<b>" * 100_000 + "<p>甲" * 50_000, 50_000),
        ("<td>" * 100_000 + "底", 1),
        ("<h1>" * 100_000 + "底", 1),
        ("<sup>" * 100_000 + "底<br>", 1),
        ("<!-- <b>" * 100_000, 1),
        ("<b '" * 100_000 + "<p>", 1),
        ("<p " * 200_000, 1),
        (" ・" * 300_000, 1),
        ("--- " * 200_000, 1),
        ("^{※" + "・1" * 300_000, 1),
        (" ^{※" * 200_000, 1),
    ],
)
def test_bombs_take_linear_time(raw: str, count: int) -> None:
    start = time.perf_counter()
    assert len(plain(raw)[1]) == count
    assert time.perf_counter() - start < 5


PRINTED = st.text(st.sampled_from("あ漢カA1 　・■%()（）、。-<>&;/pbuli\u00a0"), max_size=40)


@given(PRINTED)
def test_no_printed_character_of_a_plain_cell_is_lost(raw: str) -> None:
    if is_html(raw) or "&" in raw:
        return
    text, lines = plain(raw)
    assert _ink(text) == _ink(raw)
    assert "".join(_ink(line) for line in lines).replace("-", "") == _ink(raw).replace("-", "")


@given(st.lists(PRINTED.filter(lambda text: not is_html(text) and not set("<>&") & set(text))))
def test_no_printed_character_of_a_list_is_lost(items: list[str]) -> None:
    raw = "<ul>" + "".join(f"<li class='a'>{item}</li>" for item in items) + "</ul>"
    text, lines = plain(raw)
    assert _ink(text) == "".join(map(_ink, items))
    assert bool(lines) == bool(text)
    assert all(line == line.strip() and line for line in lines)


@given(st.text(max_size=60))
def test_text_is_one_clean_line_and_stays_so(raw: str) -> None:
    text, lines = plain(raw)
    for one in (text, *lines):
        assert one == tidy_space(one)
    assert drop_notes(text) == text


def _ink(text: str) -> str:
    return re.sub(r"\s+", "", text)
