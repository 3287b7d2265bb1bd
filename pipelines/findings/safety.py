"""What a spreadsheet or a browser would run instead of showing; our outputs have defused it."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class CellFormula(FindingKind):
    code = "cell-formula"
    severity = "警告"
    title = "数式として動くセル"
    title_en = "Cell that a spreadsheet would run"
    ja = (
        "表計算ソフトが数式として実行するセルです: {found}。CSVでは先頭にアポストロフィを付けます。"
    )
    en = (
        "A spreadsheet would run this cell as a formula: {found}. The CSV has an apostrophe in "
        "front of it."
    )
    fix = "数式のつもりでなければ、原文の先頭の記号を取り除いてください。"
    fix_en = "If no formula is meant, take the sign at its start off in the source."


class CellHtml(FindingKind):
    code = "cell-html"
    severity = "警告"
    title = "動くHTMLを含むセル"
    title_en = "Cell with active HTML"
    ja = "セルに、ブラウザーで動くHTML（{found}）があります。文字だけを読み、HTMLは渡しません。"
    en = (
        "The cell holds HTML that a browser would run ({found}); only its text is read and passed "
        "on."
    )
    fix = "原文を作ったソフトウェアを確かめ、HTMLを取り除いてください。"
    fix_en = "Check what made the source, and remove the HTML."
