"""What does not add up in a document: totals, rates, hours, changes and shares.

`{found}` is the printed figure, `{expected}` what the others make, `{sum}` the figures with their
signs (`118+194+289`).
"""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class TotalDiffers(FindingKind):
    code = "total-differs"
    severity = "警告"
    title = "合計が内訳と合わない"
    title_en = "A total is not the sum of its parts"
    ja = "合計「{found}」が内訳の和と合いません: {sum} = {expected}"
    en = "The total {found} is not the sum of its parts: {sum} = {expected}"
    fix = "合計と内訳のどの数字が誤りかを担当課に確かめ、原文を直してください。"
    fix_en = "Ask the department which figure is wrong, the total or a part, and mend the document."


class SummaryDiffers(FindingKind):
    code = "summary-differs"
    severity = "警告"
    title = "まとめの合計が各表の数値と合わない"
    title_en = "A total of the summary is not the sum of the tables' figures"
    ja = (
        "まとめの「{found}」が、文書の中の「{label}」{count}か所（{places}）の和 {expected} "
        "と合いません。"
    )
    en = (
        "The summary's {found} is not the sum {expected} of the {count} figures labelled "
        "'{label}' in the document ({places})."
    )
    fix = "足し漏れた数値、重ねて数えた数値、書き誤りがないかを確かめてください。"
    fix_en = "Look for a figure left out, counted twice, or misprinted."


class SummaryFigureDiffers(FindingKind):
    code = "summary-figure-differs"
    severity = "警告"
    title = "まとめの数値が表の数値と異なる"
    title_en = "A figure of the summary is another one than in its table"
    ja = "まとめの「{found}」が、同じことを書いた {where} では「{expected}」です。"
    en = "The summary's {found} is {expected} at {where}, which says the same."
    fix = "どちらが正しいかを担当課に確かめ、原文をそろえてください。"
    fix_en = "Ask the department which is right and make the two places agree."


class RateDiffers(FindingKind):
    code = "rate-differs"
    severity = "警告"
    title = "割合が件数と合わない"
    title_en = "A rate does not follow from its two counts"
    ja = "割合「{found}」が、印刷された二つの数と合いません: {sum} = {expected}"
    en = "The rate {found} does not follow from the two counts printed: {sum} = {expected}"
    fix = "割合と二つの数のどれが誤りかを担当課に確かめ、原文を直してください。"
    fix_en = "Ask the department which is wrong, the rate or one of the counts."


class RateTruncated(FindingKind):
    code = "rate-truncated"
    severity = "情報"
    title = "割合が切り捨てられている"
    title_en = "A rate is cut off instead of rounded"
    ja = "割合「{found}」は切り捨てた値です。四捨五入すると {expected} です（{sum}）。"
    en = "The rate {found} is cut off; rounded it would be {expected} ({sum})."
    fix = "ほかの割合と端数処理をそろえるか、切り捨てであることを注記してください。"
    fix_en = "Round it as the other rates are, or note that rates are cut off."


class HoursDiffer(FindingKind):
    code = "hours-differ"
    severity = "警告"
    title = "時間数が件数と1件当たりの分数に合わない"
    title_en = "Hours do not follow from a count and minutes each"
    ja = "時間数「{found}」が、件数と1件当たりの時間に合いません: {sum} = {expected}"
    en = "The hours {found} do not follow from the count and the time each: {sum} = {expected}"
    fix = "時間数、件数、1件当たりの時間のどれが誤りかを担当課に確かめてください。"
    fix_en = "Ask the department which is wrong: the hours, the count, or the time each."


class HoursTruncated(FindingKind):
    code = "hours-truncated"
    severity = "情報"
    title = "時間数が切り捨てられている"
    title_en = "Hours are cut off instead of rounded"
    ja = "時間数「{found}」は切り捨てた値です。四捨五入すると {expected} です（{sum}）。"
    en = "The hours {found} are cut off; rounded they would be {expected} ({sum})."
    fix = "ほかの時間数と端数処理をそろえるか、切り捨てであることを注記してください。"
    fix_en = "Round them as the other hours are, or note that hours are cut off."


class ChangeDiffers(FindingKind):
    code = "change-differs"
    severity = "警告"
    title = "増減が前後の値と合わない"
    title_en = "A change does not follow from its two values"
    ja = "増減「{found}」が、前後の二つの値と合いません: {sum} = {expected}"
    en = "The change {found} does not follow from the values before and after: {sum} = {expected}"
    fix = "増減と前後の値のどれが誤りかを確かめ、原文を直してください。"
    fix_en = "Check which is wrong, the change or one of the two values."


class SharesDiffer(FindingKind):
    code = "shares-differ"
    severity = "警告"
    title = "構成比の和が100%にならない"
    title_en = "Shares do not make 100 %"
    ja = "構成比の和が {expected} になりません: {sum} = {found}"
    en = "The shares do not make {expected}: {sum} = {found}"
    fix = "抜けた区分か、誤った割合がないかを確かめてください（端数処理の差は除いてあります）。"
    fix_en = "Look for a class left out or a wrong share; rounding has been allowed for."
