"""What the corrections of `package.yaml` find: what was mended, and what can no longer be."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class Corrected(FindingKind):
    code = "corrected"
    severity = "情報"
    title = "訂正した文字"
    title_en = "Text that was corrected"
    ja = (
        "原文の「{found}」を「{expected}」に直して読みました（理由: {reason}）。原文の列には"
        "印刷どおりの文字があります。"
    )
    en = (
        "'{found}' of the source was read as '{expected}' (reason: {reason}). The column 原文 "
        "keeps it as printed."
    )
    fix = "原文が直ったら、package.yaml の corrections からこの行を消してください。"
    fix_en = "Once the source is mended, remove this entry from 'corrections' of package.yaml."


class CorrectionStale(FindingKind):
    code = "correction-stale"
    severity = "誤り"
    title = "合わなくなった訂正"
    title_en = "A correction that no longer fits"
    ja = "package.yaml の訂正が期待する「{expected}」は、この場所にありません。{now_ja}"
    en = "'{expected}', which a correction of package.yaml expects, does not stand here. {now_en}"
    fix = (
        "package.yaml の corrections を見直してください。原文が直っていれば消し、行がずれてい"
        "れば place を書き換えます。"
    )
    fix_en = (
        "Look at 'corrections' in package.yaml: remove the entry if the source is mended, or "
        "change its place if the line has moved."
    )
