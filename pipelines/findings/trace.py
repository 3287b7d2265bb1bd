"""What breaks the promise that every value can be followed to its printed cell."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class ValueUntraced(FindingKind):
    code = "value-untraced"
    severity = "誤り"
    title = "出どころの無い値"
    title_en = "A value without provenance"
    ja = "表「{table}」の列「{column}」の値「{found}」に、出どころ（provenance の行）がありません。"
    en = "The value '{found}' ({table}, '{column}') has no row in the table provenance."
    fix = "読み取りの不具合です。文書の名前とこの指摘を添えて、開発者に知らせてください。"
    fix_en = "The reading is at fault: report this finding with the name of the document."
