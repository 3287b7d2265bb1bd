"""What the reading of a document finds: what the tables say, and whose they are."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class ColumnMissing(FindingKind):
    code = "row-short"
    severity = "警告"
    title = "列の足りない行"
    title_en = "Row with too few cells"
    ja = "この行は見出しより列が少なく、「{column}」の列が無いものとして読みました: {found}"
    en = (
        "This row has fewer cells than the header; it was read as if the column '{column}' "
        "were absent: {found}"
    )
    fix = "原文の表で、どの列が空いているかを確かめてください。"
    fix_en = "Look at the printed table and check which cell is absent."


class ColumnExtra(FindingKind):
    code = "row-long"
    severity = "警告"
    title = "列の多すぎる行"
    title_en = "Row with too many cells"
    ja = "この行には年度の見出しより多くのセルがあり、どの年度のものか決められません: {found}"
    en = "This row has more filled cells than year headings; their years cannot be told: {found}"
    fix = "原文の表で年度を確かめてください。データの年度は空欄です。"
    fix_en = "Check the years in the printed table; the year is left empty in the data."


class HeaderUnknown(FindingKind):
    code = "header-unknown"
    severity = "警告"
    title = "知らない見出し"
    title_en = "Unknown heading"
    ja = "見出し「{found}」は語彙にありません。この列は読まれていません。"
    en = "The heading '{found}' is not in the vocabulary; the column was not read."
    fix = "vocab/roles.ttl の該当する概念に altLabel として加えてください。"
    fix_en = "Add it as an altLabel of the right concept in vocab/roles.ttl."


class HeaderByPosition(FindingKind):
    code = "header-by-position"
    severity = "警告"
    title = "位置で読んだ見出し"
    title_en = "Heading read by its position"
    ja = (
        "見出し「{found}」は語彙にありません。前のページの同じ列と同じ「{expected}」として"
        "読みました。"
    )
    en = (
        "The heading '{found}' is unknown; it was read as '{expected}', like the same "
        "column before."
    )
    fix = "見出しの誤字でないか、原文を確かめてください。"
    fix_en = "Check whether the heading is misprinted."


class TableUnknown(FindingKind):
    code = "table-unknown"
    severity = "警告"
    title = "種類の分からない表"
    title_en = "Table of an unknown kind"
    ja = (
        "「{found}」で始まる表は、見出しが語彙に無く、どの種類の表か分かりません。数値だけ"
        "を読みました。"
    )
    en = (
        "The table that starts with '{found}' has no heading of the vocabulary; only its "
        "labelled figures were read."
    )
    fix = "見出しを vocab/roles.ttl に加えるか、読まなくてよい表かを確かめてください。"
    fix_en = "Add its headings to vocab/roles.ttl, or check that it need not be read."


class ValueUnknown(FindingKind):
    code = "value-unknown"
    severity = "警告"
    title = "読めない値"
    title_en = "Value that cannot be read"
    ja = "値「{found}」を数値・状態・欠測のどれとも読めません。印刷どおり状態に残しました。"
    en = (
        "The value '{found}' is neither a number, a known state nor a missing mark; kept "
        "as the state."
    )
    fix = "vocab/words.ttl に語を加えるか、原文を確かめてください。"
    fix_en = "Add the word to vocab/words.ttl or check the printed cell."


class UnitUnknown(FindingKind):
    code = "unit-unknown"
    severity = "情報"
    title = "知らない単位"
    title_en = "Unknown unit"
    ja = "単位「{found}」は語彙にありません。印刷どおり残しました。"
    en = "The unit '{found}' is not in the vocabulary; kept as printed."
    fix = "vocab/units.ttl に単位を加えてください。"
    fix_en = "Add the unit to vocab/units.ttl."


class UnitDiffers(FindingKind):
    code = "unit-differs"
    severity = "警告"
    title = "目標と実績の単位の違い"
    title_en = "Target and actual in different units"
    ja = "目標「{found}」の単位が、指標「{expected}」の実績値の単位と異なります。"
    en = "The target '{found}' is in another unit than the actuals of the indicator '{expected}'."
    fix = "目標がこの指標のものかを原文で確かめてください。"
    fix_en = "Check whether the target is one of this indicator."


class YearUnknown(FindingKind):
    code = "year-unknown"
    severity = "警告"
    title = "読めない年度"
    title_en = "Fiscal year that cannot be read"
    ja = "「{found}」を年度として読めません。"
    en = "'{found}' cannot be read as a fiscal year."
    fix = "原文を確かめてください。"
    fix_en = "Check the printed text."


class MarkUnknown(FindingKind):
    code = "mark-unknown"
    severity = "警告"
    title = "知らない進捗の記号"
    title_en = "Unknown progress mark"
    ja = "記号「{found}」は進捗の語彙にありません。"
    en = "The mark '{found}' is not in the vocabulary of progress marks."
    fix = "vocab/marks.ttl に記号を加えてください。"
    fix_en = "Add the mark to vocab/marks.ttl."


class Note(FindingKind):
    code = "note"
    severity = "情報"
    title = "印刷された注記"
    title_en = "Printed note"
    ja = "注記: {found}"
    en = "Printed note: {found}"
    fix = "データを使うときに読んでください。"
    fix_en = "Read it when you use the data."


class MarksUneven(FindingKind):
    code = "marks-uneven"
    severity = "警告"
    title = "記号と年度の数の違い"
    title_en = "Marks that do not match the years"
    ja = "記号の数が年度の数（{expected}）と異なります: {found}"
    en = "There are not as many marks as fiscal years ({expected}): {found}"
    fix = "原文の表で、どの年度の記号かを確かめてください。"
    fix_en = "Check in the printed table which year each mark belongs to."


class RowShifted(FindingKind):
    code = "row-shifted"
    severity = "警告"
    title = "ずれた行"
    title_en = "Shifted row"
    ja = "この行のセルはほかの行とずれています。記号を左から順に年度に当てました: {found}"
    en = (
        "The cells of this row are shifted; its marks were given to the years from left to "
        "right: {found}"
    )
    fix = "原文の表で年度を確かめてください。"
    fix_en = "Check the years in the printed table."


class YearInCell(FindingKind):
    code = "year-in-cell"
    severity = "情報"
    title = "見出しと異なる年"
    title_en = "Year other than the heading's"
    ja = "値のセルに、列の見出し（{expected}）と異なる年（{found}）が書かれています。"
    en = (
        "The value's cell prints another year ({found}) than the heading of its column "
        "({expected})."
    )
    fix = "どの年度の値かを原文で確かめてください。データの年度は見出しのものです。"
    fix_en = "Check which year is meant; the data have the year of the heading."


class TimetableStart(FindingKind):
    code = "timetable-start"
    severity = "警告"
    title = "工程表の先頭の値"
    title_en = "First value of a timetable"
    ja = "工程表の値が年度より1つ多いため、日付のある最初の値「{found}」を基準値として読みました。"
    en = (
        "The timetable has one value more than years; the first, dated one ('{found}') was "
        "read as the baseline."
    )
    fix = "原文の工程表で、値と年度の対応を確かめてください。"
    fix_en = "Check in the printed timetable which value belongs to which year."


class JoinInexact(FindingKind):
    code = "join-inexact"
    severity = "情報"
    title = "表記の異なる結び付け"
    title_en = "Inexact join of names"
    ja = "「{found}」を「{expected}」と同じものとして結び付けました（表記が少し異なります）。"
    en = "'{found}' was joined with '{expected}'; the two are written a little differently."
    fix = "同じものでなければ、原文の表記をそろえてください。"
    fix_en = "If they are not the same, make the wording of the sources agree."


class NameDiffers(FindingKind):
    code = "name-differs"
    severity = "警告"
    title = "二通りの名称"
    title_en = "Name written in two ways"
    ja = "番号 {number} の名称が文書の中で異なります: 「{found}」と「{expected}」。"
    en = "Number {number} is named in two ways: '{found}' and '{expected}'."
    fix = "どちらが正しいかを担当課に確かめてください。"
    fix_en = "Ask the department which one is right."


class ValueDiffers(FindingKind):
    code = "value-differs"
    severity = "警告"
    title = "二つの箇所で異なる値"
    title_en = "Value that differs between two places"
    ja = "同じ指標・年度・種別の値が二つの箇所で異なります: {found} と {expected}。"
    en = "The same indicator, year and kind has two values: {found} and {expected}."
    fix = "どちらが正しいかを原文で確かめてください。データには先に印刷された値があります。"
    fix_en = "Check which is right; the data keep the one printed first."


class RowRepeated(FindingKind):
    code = "row-repeated"
    severity = "情報"
    title = "重なる行"
    title_en = "Repeated row"
    ja = "この行は {found} の行と同じ内容です。データには一度だけ入れました。"
    en = "This row says the same as the one at {found}; it is in the data once."
    fix = "同じ行が二度印刷されていないか確かめてください。"
    fix_en = "Check whether the same row is printed twice."


class NumberRepeated(FindingKind):
    code = "number-repeated"
    severity = "警告"
    title = "重なる番号"
    title_en = "Repeated number"
    ja = "番号「{found}」が二度使われています。"
    en = "The number '{found}' is used twice."
    fix = "原文の番号を確かめてください。"
    fix_en = "Check the numbering of the document."


class SpanUnknown(FindingKind):
    code = "span-unknown"
    severity = "情報"
    title = "読めない矢印の期間"
    title_en = "Span of an arrow that cannot be read"
    ja = "工程表の矢印の長さは文字に残っていません。期限年度は空欄です。"
    en = (
        "How far the arrow of this schedule reaches is not in the text; the due year is left empty."
    )
    fix = "原文の図で期間を確かめてください。"
    fix_en = "Look at the printed chart."


class ProseOmitted(FindingKind):
    code = "prose-omitted"
    severity = "情報"
    title = "本文を省いた抄録"
    title_en = "Extract without prose"
    ja = "本文を省いた抄録から作ったため、文章の列は空です。"
    en = "Made from an extract without the prose; the columns of running text are empty."
    fix = "文章も要るときは --documents で文書全体を読んでください。"
    fix_en = "Read the whole document with --documents to fill them."


class NothingRead(FindingKind):
    code = "nothing-read"
    severity = "誤り"
    title = "読める表がない"
    title_en = "No table that can be read"
    ja = "計画・指標・進捗の表が一つも見つかりません。"
    en = "No table of a plan, its indicators or its progress was found."
    fix = "文書の種類を確かめるか、見出しを vocab/roles.ttl に加えてください。"
    fix_en = "Check that this is a plan, or add its headings to vocab/roles.ttl."


class MunicipalityDiffers(FindingKind):
    code = "municipality-differs"
    severity = "警告"
    title = "文書と異なる自治体"
    title_en = "Municipality other than the document's"
    ja = "文書は「{found}」のものに見えますが、指定された「{expected}」のものとして読みました。"
    en = "The document names {found}; it was read as one of {expected}, which was given."
    fix = "文書とコードの組み合わせを確かめてください。"
    fix_en = "Check that the document and the code belong together."
