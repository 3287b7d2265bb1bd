"""Random small documents, made of fragments of tables and lines of plans."""

from __future__ import annotations

from hypothesis import strategies as st

from pipelines.vocabulary import scheme

HEADINGS = [
    *(label for one in scheme("roles") for label in (one.ja, *one.alt)),
    "令和5年度", "令和6年度", "R7", "2024年度", "備考", "基準値 令和3年度", "目標値（R8）",
    "令和5年度 実績値", "",
]  # fmt: skip
BELOW = ["", "令和5年度", "令和6年度", "(目標) 実績", "目標値", "実績値"]
CELLS = [
    "", "-", "—", "1", "2", "04", "4", "1_01", "1-01", "(1)", "①", "① 棚", "②", "10件", "1.4万人",
    "(10件) 8件", "(-)未実施", "()", "①1件②2件", "①1件 計1件", "○", "▲", "×", "取り下げ",
    "基本方針1 くらし", "基本目標2 しごと", "(1) 手続", "(2) 庁内", "①窓口", "②紙", "令和5年度",
    "R4.4.1 5人", "99% ※12/15時点", "総務課", "書庫の電子化", "朝市", "【新】", "【完了】1",
    "令和8年度までに10件", "(1) 令和7年度に20% (2) 拡大", "■学び（総務課） 10回。",
    "・席をふやした。【R4年度】", "約50名", "実施", "65歳以上", "1-1", "くらし", "3事業", "凡例",
    "5～15分", "概要", "成果目標", "取組工程表", "ABC10件", "<b>席</b>", "⑳⑳", "※", "第2", "１",
    "0% ※計画を令和5年度としているため。", "7人 9回", "延べ", "1万",
    "<ul><li>棚</li><li>席 3枚</li></ul>",
    "&lt;b&gt;", "a\\|b", "朝市を開いて、席を30枚ふやした。",
]  # fmt: skip
LINES = [
    "計画期間：令和5年度～令和7年度", "基本方針1 くらし", "基本方針2 しごと", "(取組施策 1) 手続",
    "# 朝市", "1. 概要", "利用者は1,200人です。", "※1 席は10枚", "令和4年10月策定",
    "朝市を、令和7年度までに3回ひらく。", "",
]  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table with tabs or pipes, with or without a header; rows may be a cell short or long."""
    width = draw(st.integers(1, 8))
    rows: list[list[str]] = []
    if draw(st.integers(0, 4)):
        rows.append(draw(_row(HEADINGS, width)))
    if not draw(st.integers(0, 3)):
        rows.append(draw(_row(BELOW, width)))
    for _ in range(draw(st.integers(0, 5))):
        more = draw(st.sampled_from([0, 0, 0, -1, 1]))
        rows.append(draw(_row(CELLS, max(1, width + more))))
    if draw(st.booleans()):
        return "\n".join("\t".join(row) for row in rows)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines[:1], "|" + "---|" * width, *lines[1:]])


def _row(words: list[str], width: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), min_size=width, max_size=width)


@st.composite
def plans(draw: st.DrawFn) -> str:
    """A whole document: a title, then tables and lines."""
    parts = draw(st.lists(st.one_of(tables(), st.sampled_from(LINES)), min_size=1, max_size=5))
    return "\n\n".join(["八戸市DX推進計画", *parts]) + "\n"
