"""Dates, periods and eras that do not agree with each other or with their fiscal year."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class EraDiffers(FindingKind):
    code = "era-differs"
    severity = "警告"
    title = "西暦と和暦の違い"
    title_en = "Western and Japanese year differ"
    ja = "西暦と和暦が合いません: {found}（{expected}）"
    en = "The Western and the Japanese year do not agree: {found} ({expected})."
    fix = "どちらの年が正しいかを原文で確かめてください。"
    fix_en = "Check which of the two years is right."


class DayImpossible(FindingKind):
    code = "day-impossible"
    severity = "警告"
    title = "暦にない日付"
    title_en = "Day that the calendar does not have"
    ja = "暦にない日付です: {found}"
    en = "The calendar has no such day: {found}"
    fix = "日付の誤記でないかを原文で確かめてください。"
    fix_en = "Check whether the date is misprinted."


class PeriodReversed(FindingKind):
    code = "period-reversed"
    severity = "警告"
    title = "始まりより前に終わる期間"
    title_en = "Period ends before it starts"
    ja = "期間の終わりが始まりより前です: {found}"
    en = "The period ends before it starts: {found}"
    fix = "年の誤記でないかを原文で確かめてください。"
    fix_en = "Check whether a year is misprinted."


class PeriodLength(FindingKind):
    code = "period-length"
    severity = "警告"
    title = "期間と年数の違い"
    title_en = "Length of a period does not agree"
    ja = "期間の年数が合いません: {found}（数えると {expected} です）"
    en = "The length does not agree with the period: {found} (counted: {expected})."
    fix = "始まり・終わり・年数のどれが誤っているかを原文で確かめてください。"
    fix_en = "Check whether the start, the end or the number of years is wrong."


class RevisedBefore(FindingKind):
    code = "revised-before-adopted"
    severity = "警告"
    title = "策定より前の改訂"
    title_en = "Revised before it was adopted"
    ja = "改訂（{found}）が策定（{expected}）より前です。"
    en = "It was revised ({found}) before it was adopted ({expected})."
    fix = "策定と改訂の年月を原文で確かめてください。"
    fix_en = "Check both dates in the document."


class DateOutside(FindingKind):
    code = "date-outside-year"
    severity = "警告"
    title = "年度の外の日付"
    title_en = "Date outside its fiscal year"
    ja = "日付「{found}」は、書かれている年度（{expected}）の中にありません。"
    en = "The date '{found}' is not within the fiscal year that is printed with it ({expected})."
    fix = "日付と年度のどちらが正しいかを原文で確かめてください。"
    fix_en = "Check whether the date or the fiscal year is right."


class StartYear(FindingKind):
    code = "start-year-differs"
    severity = "警告"
    title = "開始日と実施の年度の違い"
    title_en = "Start and first year of the values differ"
    ja = (
        "「{what}」は {found} に始まったとありますが、値が「{expected}」になるのはその後の年"
        "度です。"
    )
    en = (
        "'{what}' is said to have started on {found}, but its values turn to '{expected}' in "
        "a later year."
    )
    fix = "開始日と、年度ごとの値のどちらが正しいかを担当課に確かめてください。"
    fix_en = "Ask the department whether the date or the values of the years are right."
