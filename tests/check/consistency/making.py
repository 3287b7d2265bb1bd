"""Invented plans, read and tidied, and what the checks of consistency find in them."""

from __future__ import annotations

from pipelines.check.case import Case
from pipelines.check.consistency import consistency
from pipelines.check.consistency.index import Index
from pipelines.model import Finding, Tables
from pipelines.tidy import identify, tidy
from tests.tidy.making import TOWN, document, tab

PLAN = (
    "八戸市DX推進計画\n\n令和4年10月策定\n\n令和5年4月改訂\n\n"
    "本計画の計画期間は、2022年（令和4年）10月から2026年（令和8年）3月までとします。\n\n"
    "基本方針1 便利な窓口\n\n(取組施策1) 手続の電子化\n\n"
    + tab(
        "現状と課題|これまで61手続を電子化したが、利用が少ない。|||",
        "成果目標|(1) 需要の高い200手続を電子化する。|||",
        "取組工程表|令和4年度|令和5年度|令和6年度|令和7年度",
        "手続の電子化|電子化 100手続|電子化 140手続|電子化 170手続|電子化 200手続",
    )
    + "\n(取組施策2) 収納の改善\n\n"
    + tab(
        "成果目標|(1) 窓口及び市税の納付において、令和6年度中に電子収納を導入する。|||",
        "取組工程表|令和4年度|令和5年度|令和6年度|令和7年度",
        "電子収納の導入||窓口に電子収納を導入|市税の納付に電子収納を導入|収納の見直し",
    )
    + "\n基本方針2 働き方の変革\n\n(取組施策3) 会議の電子化\n\n"
    + tab(
        "成果目標|(1) 会議を電子化する。|||",
        "取組工程表|令和4年度|令和5年度|令和6年度|令和7年度",
        "会議の電子化||会議室の整備||",
    )
    + "\n(取組施策4) 職員の育成\n\n"
    + tab(
        "成果目標|(1) 研修を広げる。|||",
        "取組工程表|令和4年度|令和5年度|令和6年度|令和7年度",
        "職員の育成|研修の計画|||",
    )
)
HEADING = (
    "基本方針|取組施策|取組|活動指標|基準値 令和3年度|令和4年度|令和5年度|令和6年度|令和7年度"
    "|取組実績|令和4年度|令和5年度|令和6年度|令和7年度"
)
PROGRESS = "八戸市DX推進計画の進捗管理\n\n" + tab(
    HEADING,
    "|||||(目標) 実績|(目標) 実績|(目標) 実績|(目標) 実績|||||",
    "便利な窓口|手続の電子化|1. 手続の電子化|電子化手続数|61手続|(100手続) 105手続"
    "|(140手続) 168手続|(170手続) 190手続|(200手続) 415手続"
    "|<ul><li>転入届の電子化を開始した。【R4年度】</li>"
    "<li>令和6年7月23日に窓口体験調査を行った。【R6年度】</li>"
    "<li>端末の更新を行った。</li></ul>"
    "|転入届の電子化|端末の更新|窓口体験調査|",
    "|収納の改善|2. 電子収納の導入|窓口に電子収納を導入|未実施|(-)未実施|(実施)未実施"
    "|(実施)実施|(実施)実施||||||",
    "働き方の変革|会議の電子化|3. 会議の電子化|会議数|10回|(20回) 21回|(30回) 31回|(40回) 41回"
    "|(50回) 51回||||||",
    "|職員の育成|4. 職員の育成|受講者数|100人|(110人) 112人|(120人) 121人|(130人) 131人"
    "|(140人) 144人||||||",
)


def case(*texts: str) -> Case:
    """The case of one plan in one or several documents (`plan`, `progress`)."""
    keys = ("plan", "progress")[: len(texts)]
    documents = [(key, document(text, f"{key}.txt")) for key, text in zip(keys, texts, strict=True)]
    municipality, plan = identify(documents[0][1], TOWN)
    return Case(tidy(documents, plan, municipality), tuple(documents))


def findings(*texts: str) -> list[Finding]:
    """What the checks find in a plan of these documents."""
    return list(consistency(case(*texts)))


def told(*texts: str) -> list[tuple[str, str, str]]:
    """(code, found, expected) of what the checks find."""
    return [(one.code, one.found, one.expected) for one in findings(*texts)]


def index(*texts: str) -> Index:
    """The index of a plan of these documents."""
    return Index.of(case(*texts))


def of_tables(tables: Tables) -> list[Finding]:
    """What the checks find in tables alone."""
    return list(consistency(Case(tables)))
