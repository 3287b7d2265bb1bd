"""Every finding that the line can report, declared once: code, severity, sentence and fix.

A stage reports with `kind.at(...)`; nothing else builds a `Finding`. The codes are stable: they
stand in `package.yaml`, in reports and in other people's programs. `{found}`, `{expected}` and any
keyword given to `at` fill the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A declared finding; `ja`/`en` and `fix`/`fix_en` are templates filled by `at`."""

    code: str
    severity: Severity
    ja: str
    en: str
    fix: str
    fix_en: str

    def at(
        self,
        *,
        table: str = "",
        row_id: str = "",
        place: object = "",
        found: str = "",
        expected: str = "",
        **words: str,
    ) -> Finding:
        """The finding at one place. Raises KeyError when a template's word is not given."""
        known = {"found": found, "expected": expected, "table": table, "row_id": row_id, **words}
        return Finding(
            code=self.code,
            severity=self.severity,
            table=table,
            row_id=row_id,
            place=str(place),
            found=found,
            expected=expected,
            message=self.ja.format_map(known),
            message_en=self.en.format_map(known),
            fix=self.fix.format_map(known),
            fix_en=self.fix_en.format_map(known),
        )


REGISTRY: dict[str, FindingKind] = {}


def _declare(code: str, severity: Severity, ja: str, en: str, fix: str, fix_en: str) -> FindingKind:
    if code in REGISTRY:
        raise ValueError(f"finding declared twice: {code}")
    kind = FindingKind(code, severity, ja, en, fix, fix_en)
    REGISTRY[code] = kind
    return kind


declare = _declare  # for the modules of findings of one room (pipelines/findings_*.py)


# --- tidy: what the tables say -----------------------------------------------------------------

COLUMN_MISSING = _declare(
    "row-short",
    "警告",
    "この行は見出しより列が少なく、「{column}」の列が無いものとして読みました: {found}",
    "This row has fewer cells than the header; it was read as if the column '{column}' were "
    "absent: {found}",
    "原文の表で、どの列が空いているかを確かめてください。",
    "Look at the printed table and check which cell is absent.",
)
COLUMN_EXTRA = _declare(
    "row-long",
    "警告",
    "この行には年度の見出しより多くのセルがあり、どの年度のものか決められません: {found}",
    "This row has more filled cells than year headings; their years cannot be told: {found}",
    "原文の表で年度を確かめてください。データの年度は空欄です。",
    "Check the years in the printed table; the year is left empty in the data.",
)
HEADER_UNKNOWN = _declare(
    "header-unknown",
    "警告",
    "見出し「{found}」は語彙にありません。この列は読まれていません。",
    "The heading '{found}' is not in the vocabulary; the column was not read.",
    "vocab/roles.ttl の該当する概念に altLabel として加えてください。",
    "Add it as an altLabel of the right concept in vocab/roles.ttl.",
)
HEADER_BY_POSITION = _declare(
    "header-by-position",
    "警告",
    "見出し「{found}」は語彙にありません。前のページの同じ列と同じ「{expected}」として読みました。",
    "The heading '{found}' is unknown; it was read as '{expected}', like the same column before.",
    "見出しの誤字でないか、原文を確かめてください。",
    "Check whether the heading is misprinted.",
)
TABLE_UNKNOWN = _declare(
    "table-unknown",
    "警告",
    "「{found}」で始まる表は、見出しが語彙に無く、どの種類の表か分かりません。数値だけを読みました。",
    "The table that starts with '{found}' has no heading of the vocabulary; only its labelled "
    "figures were read.",
    "見出しを vocab/roles.ttl に加えるか、読まなくてよい表かを確かめてください。",
    "Add its headings to vocab/roles.ttl, or check that it need not be read.",
)
VALUE_UNKNOWN = _declare(
    "value-unknown",
    "警告",
    "値「{found}」を数値・状態・欠測のどれとも読めません。印刷どおり状態に残しました。",
    "The value '{found}' is neither a number, a known state nor a missing mark; kept as the state.",
    "vocab/words.ttl に語を加えるか、原文を確かめてください。",
    "Add the word to vocab/words.ttl or check the printed cell.",
)
UNIT_UNKNOWN = _declare(
    "unit-unknown",
    "情報",
    "単位「{found}」は語彙にありません。印刷どおり残しました。",
    "The unit '{found}' is not in the vocabulary; kept as printed.",
    "vocab/units.ttl に単位を加えてください。",
    "Add the unit to vocab/units.ttl.",
)
UNIT_DIFFERS = _declare(
    "unit-differs",
    "警告",
    "目標「{found}」の単位が、指標「{expected}」の実績値の単位と異なります。",
    "The target '{found}' is in another unit than the actuals of the indicator '{expected}'.",
    "目標がこの指標のものかを原文で確かめてください。",
    "Check whether the target is one of this indicator.",
)
YEAR_UNKNOWN = _declare(
    "year-unknown",
    "警告",
    "「{found}」を年度として読めません。",
    "'{found}' cannot be read as a fiscal year.",
    "原文を確かめてください。",
    "Check the printed text.",
)
MARK_UNKNOWN = _declare(
    "mark-unknown",
    "警告",
    "記号「{found}」は進捗の語彙にありません。",
    "The mark '{found}' is not in the vocabulary of progress marks.",
    "vocab/marks.ttl に記号を加えてください。",
    "Add the mark to vocab/marks.ttl.",
)
NOTE = _declare(
    "note",
    "情報",
    "注記: {found}",
    "Printed note: {found}",
    "データを使うときに読んでください。",
    "Read it when you use the data.",
)
MARKS_UNEVEN = _declare(
    "marks-uneven",
    "警告",
    "記号の数が年度の数（{expected}）と異なります: {found}",
    "There are not as many marks as fiscal years ({expected}): {found}",
    "原文の表で、どの年度の記号かを確かめてください。",
    "Check in the printed table which year each mark belongs to.",
)
ROW_SHIFTED = _declare(
    "row-shifted",
    "警告",
    "この行のセルはほかの行とずれています。記号を左から順に年度に当てました: {found}",
    "The cells of this row are shifted; its marks were given to the years from left to right: "
    "{found}",
    "原文の表で年度を確かめてください。",
    "Check the years in the printed table.",
)
YEAR_IN_CELL = _declare(
    "year-in-cell",
    "情報",
    "値のセルに、列の見出し（{expected}）と異なる年（{found}）が書かれています。",
    "The value's cell prints another year ({found}) than the heading of its column ({expected}).",
    "どの年度の値かを原文で確かめてください。データの年度は見出しのものです。",
    "Check which year is meant; the data have the year of the heading.",
)
TIMETABLE_START = _declare(
    "timetable-start",
    "警告",
    "工程表の値が年度より1つ多いため、日付のある最初の値「{found}」を基準値として読みました。",
    "The timetable has one value more than years; the first, dated one ('{found}') was read as the "
    "baseline.",
    "原文の工程表で、値と年度の対応を確かめてください。",
    "Check in the printed timetable which value belongs to which year.",
)
JOIN_INEXACT = _declare(
    "join-inexact",
    "情報",
    "「{found}」を「{expected}」と同じものとして結び付けました（表記が少し異なります）。",
    "'{found}' was joined with '{expected}'; the two are written a little differently.",
    "同じものでなければ、原文の表記をそろえてください。",
    "If they are not the same, make the wording of the sources agree.",
)
NAME_DIFFERS = _declare(
    "name-differs",
    "警告",
    "番号 {number} の名称が文書の中で異なります: 「{found}」と「{expected}」。",
    "Number {number} is named in two ways: '{found}' and '{expected}'.",
    "どちらが正しいかを担当課に確かめてください。",
    "Ask the department which one is right.",
)
VALUE_DIFFERS = _declare(
    "value-differs",
    "警告",
    "同じ指標・年度・種別の値が二つの箇所で異なります: {found} と {expected}。",
    "The same indicator, year and kind has two values: {found} and {expected}.",
    "どちらが正しいかを原文で確かめてください。データには先に印刷された値があります。",
    "Check which is right; the data keep the one printed first.",
)
ROW_REPEATED = _declare(
    "row-repeated",
    "情報",
    "この行は {found} の行と同じ内容です。データには一度だけ入れました。",
    "This row says the same as the one at {found}; it is in the data once.",
    "同じ行が二度印刷されていないか確かめてください。",
    "Check whether the same row is printed twice.",
)
NUMBER_REPEATED = _declare(
    "number-repeated",
    "警告",
    "番号「{found}」が二度使われています。",
    "The number '{found}' is used twice.",
    "原文の番号を確かめてください。",
    "Check the numbering of the document.",
)
SPAN_UNKNOWN = _declare(
    "span-unknown",
    "情報",
    "工程表の矢印の長さは文字に残っていません。期限年度は空欄です。",
    "How far the arrow of this schedule reaches is not in the text; the due year is left empty.",
    "原文の図で期間を確かめてください。",
    "Look at the printed chart.",
)
PROSE_OMITTED = _declare(
    "prose-omitted",
    "情報",
    "本文を省いた抄録から作ったため、文章の列は空です。",
    "Made from an extract without the prose; the columns of running text are empty.",
    "文章も要るときは --documents で文書全体を読んでください。",
    "Read the whole document with --documents to fill them.",
)
NOTHING_READ = _declare(
    "nothing-read",
    "誤り",
    "計画・指標・進捗の表が一つも見つかりません。",
    "No table of a plan, its indicators or its progress was found.",
    "文書の種類を確かめるか、見出しを vocab/roles.ttl に加えてください。",
    "Check that this is a plan, or add its headings to vocab/roles.ttl.",
)

# --- check: schema ------------------------------------------------------------------------------

SCHEMA_ERROR = _declare(
    "schema-error",
    "誤り",
    "表の値がスキーマに合いません（{kind}）: {found}",
    "A value breaks the table's schema ({kind}): {found}",
    "原文を確かめ、値か語彙を直してください。期待される形: {expected}",
    "Check the source, then mend the value or the vocabulary. Expected: {expected}",
)
SCHEMA_TYPE = _declare(
    "schema-type",
    "誤り",
    "列「{column}」の値「{found}」は、決められた型（{expected}）ではありません。",
    "The value '{found}' in the column '{column}' is not of the type {expected}.",
    "単位や記号を別の列に分け、値を {expected} の形に直してください。",
    "Move units and marks to their own columns and write the value as {expected}.",
)
SCHEMA_REQUIRED = _declare(
    "schema-required",
    "誤り",
    "列「{column}」は空にできません。",
    "The column '{column}' must not be empty.",
    "原文を確かめ、列「{column}」の値を補ってください。",
    "Look at the source and fill in '{column}'.",
)
SCHEMA_PATTERN = _declare(
    "schema-pattern",
    "誤り",
    "列「{column}」の値「{found}」は、決められた書き方ではありません。",
    "The value '{found}' in the column '{column}' is not written in the prescribed way.",
    "次の書き方に直してください: {expected}",
    "Write it in this way: {expected}",
)
SCHEMA_ENUM = _declare(
    "schema-enum",
    "誤り",
    "列「{column}」の値「{found}」は、選べる値にありません。",
    "The value '{found}' is not one of those that the column '{column}' allows.",
    "次のどれかにしてください: {expected}",
    "Use one of: {expected}",
)
SCHEMA_RANGE = _declare(
    "schema-range",
    "誤り",
    "列「{column}」の値「{found}」は、あり得る範囲の外です。",
    "The value '{found}' in the column '{column}' is outside the possible range.",
    "原文を確かめてください。範囲: {expected}",
    "Check the source. Range: {expected}",
)
SCHEMA_KEY = _declare(
    "schema-key",
    "誤り",
    "ID「{found}」が表の中で二度使われています。",
    "The ID '{found}' is used twice in the table.",
    "原文の番号の重なりを確かめてください。最初の行: {expected}",
    "Check whether the source repeats a number. First row: {expected}",
)
SCHEMA_REFERENCE = _declare(
    "schema-reference",
    "誤り",
    "列「{column}」が指す「{found}」が見つかりません。",
    "'{found}', to which the column '{column}' points, does not exist.",
    "次にある値を書くか、指される行を加えてください: {expected}",
    "Write a value of {expected}, or add the row that is meant.",
)
SCHEMA_COLUMN = _declare(
    "schema-column",
    "誤り",
    "列が表の定義と合いません（見つかった列: 「{found}」、決められた列: 「{expected}」）。",
    "The columns differ from the table's definition (found '{found}', expected '{expected}').",
    "列の名前・順序・数を、表の定義に合わせてください。",
    "Make the names, order and number of the columns agree with the definition.",
)
SCHEMA_CHARACTER = _declare(
    "schema-character",
    "誤り",
    "列「{column}」の値に、データとして渡せない文字（{found}）があります。",
    "A value in the column '{column}' holds a character that data cannot carry ({found}).",
    "その文字を取り除いてください。制御文字や壊れた文字です。",
    "Remove it; it is a control character or a broken one.",
)
SCHEMA_MUNICIPALITY = _declare(
    "schema-municipality",
    "誤り",
    "全国地方公共団体コード「{found}」は正しくありません（正しくは {expected}）。",
    "The local government code '{found}' is not right (expected: {expected}).",
    "検査数字を含む6桁のコードを書いてください。",
    "Write the six-digit code, check digit included.",
)

# --- read and new: whose document it is ----------------------------------------------------------

MUNICIPALITY_DIFFERS = _declare(
    "municipality-differs",
    "警告",
    "文書は「{found}」のものに見えますが、指定された「{expected}」のものとして読みました。",
    "The document names {found}; it was read as one of {expected}, which was given.",
    "文書とコードの組み合わせを確かめてください。",
    "Check that the document and the code belong together.",
)
