"""Where the documents of a package do not agree: numbers, counts, years, targets."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class NumberAbsent(FindingKind):
    code = "number-absent"
    severity = "警告"
    title = "一つの文書にない番号"
    title_en = "Number absent from one document"
    ja = "文書「{source}」に、{which}の取組がありません。文書「{other}」にはあります: {expected}"
    en = "The document '{source}' lacks initiatives {which_en}; '{other}' has them: {expected}"
    fix = "文書「{source}」に行が抜けていないか、対象外とした取組なのかを担当課に確かめてください。"
    fix_en = (
        "Ask the department whether rows are missing in '{source}' or were left out on purpose."
    )


class NumberGap(FindingKind):
    code = "number-gap"
    severity = "警告"
    title = "番号の欠け"
    title_en = "Gap in the numbers"
    ja = "番号が {before} から {after} へ飛び、{found} がどの文書にもありません。"
    en = "The numbers go from {before} to {after}; {found} is in no document."
    fix = "行が抜けていないか、欠番なのかを原文で確かめてください。"
    fix_en = "Check in the document whether a row is missing or the number was given up."


class NumberTwice(FindingKind):
    code = "number-twice"
    severity = "警告"
    title = "番号の重なり"
    title_en = "Number used twice"
    ja = "番号「{found}」が、違う名前のもの（{expected}）に使われています。"
    en = "The number '{found}' is given to different things ({expected})."
    fix = "原文の番号を確かめてください。データのIDは -2 などを付けて分けてあります。"
    fix_en = (
        "Check the numbering of the document; the IDs in the data are told apart by -2 and so on."
    )


class NumberEmpty(FindingKind):
    code = "number-empty"
    severity = "情報"
    title = "名称のない番号"
    title_en = "Numbers without names"
    ja = "番号だけのセルがあります（{found}）。番号に続く名称がありません。"
    en = "A cell holds numbers only ({found}); no names follow them."
    fix = "原文の表で、名称が抜けていないか、番号が余分でないかを確かめてください。"
    fix_en = "Check whether names are missing in the table or the numbers are left over."


class CountDiffers(FindingKind):
    code = "count-differs"
    severity = "警告"
    title = "記載された数と行数の違い"
    title_en = "Declared number and rows differ"
    ja = "「{what}」は {found} と書かれていますが、並んでいるのは {expected} です。"
    en = "'{what}' is said to have {found}, but {expected} are listed."
    fix = "数が古いままか、行が抜けていないかを原文で確かめてください。"
    fix_en = "Check whether the number is out of date or a row is missing."


class MarkCountDiffers(FindingKind):
    code = "mark-count-differs"
    severity = "警告"
    title = "記号の集計と行数の違い"
    title_en = "Declared number of marks differs"
    ja = "記号「{what}」の数は {found} と書かれていますが、表には {expected} あります。"
    en = "The mark '{what}' is counted as {found}, but the table has {expected}."
    fix = "集計と各項目の記号のどちらが正しいかを確かめてください。"
    fix_en = "Check whether the count or the marks of the items are right."


class StatusDiffers(FindingKind):
    code = "status-differs"
    severity = "警告"
    title = "再掲された項目の記号の違い"
    title_en = "Repeated item has another mark"
    ja = "「{what}」の{year}の記号が {found} ですが、再掲の元では {expected} です。"
    en = "'{what}' has the mark {found} for {year}, but {expected} where it is printed first."
    fix = "どちらの記号が正しいかを担当課に確かめてください。"
    fix_en = "Ask the department which mark is right."


class YearColumnDiffers(FindingKind):
    code = "year-column-differs"
    severity = "警告"
    title = "年度の列と【年度】の違い"
    title_en = "Column and mark of the year differ"
    ja = "「{what}」は{found}の列にありますが、取組実績では【{expected}】です。"
    en = "'{what}' stands in the column of {found}, but the list of results marks it {expected}."
    fix = "列がずれていないか、【 】の年度が誤っていないかを原文で確かめてください。"
    fix_en = "Check whether the columns are shifted or the year in the brackets is wrong."


class YearInColumn(FindingKind):
    code = "year-in-column"
    severity = "情報"
    title = "列の年度とセルの年度の違い"
    title_en = "Year of the column and of the cell differ"
    ja = "{expected}の列のセルに「{found}」と書かれています。"
    en = "A cell in the column of {expected} says '{found}'."
    fix = "セルの位置がずれていないか（矢印の終わりの年度でないか）を原文で確かめてください。"
    fix_en = "Check whether the cell is shifted, or the year is where an arrow ends."


class YearOrder(FindingKind):
    code = "year-order"
    severity = "警告"
    title = "年度の並びの乱れ"
    title_en = "Years out of order"
    ja = "年度の並びが乱れています: {found}"
    en = "The years are out of order: {found}"
    fix = "年度の誤記でないかを原文で確かめてください。"
    fix_en = "Check whether a year is misprinted."


class GoalTargetDiffers(FindingKind):
    code = "goal-target-differs"
    severity = "警告"
    title = "成果目標と目標値の違い"
    title_en = "Goal and target differ"
    ja = "成果目標は {found} ですが、指標「{what}」の{year}の目標値は {expected} です。"
    en = "The goal says {found}, but the target of '{what}' for {year} is {expected}."
    fix = "どちらの目標が正しいかを担当課に確かめてください。"
    fix_en = "Ask the department which of the two is right."


class BaselineDiffers(FindingKind):
    code = "baseline-differs"
    severity = "警告"
    title = "現状値と基準値の違い"
    title_en = "Present state and baseline differ"
    ja = "「{what}」の現状は {found} と書かれていますが、基準値は {expected} です。"
    en = "The present state of '{what}' is given as {found}, but its baseline is {expected}."
    fix = "時点の違いか、どちらかの誤りかを担当課に確かめてください。"
    fix_en = "Ask the department whether the dates differ or one of the two is wrong."


class ScheduleDiffers(FindingKind):
    code = "schedule-differs"
    severity = "警告"
    title = "目標の年度と工程表の年度の違い"
    title_en = "Goal and schedule name other years"
    ja = "「{what}」は工程表では{found}ですが、{other}では{expected}です。"
    en = "'{what}' is in {found} of the schedule, but in {expected} of the {other_en}."
    fix = "どちらの年度が正しいかを担当課に確かめてください。"
    fix_en = "Ask the department which year is right."


class TargetPassed(FindingKind):
    code = "target-passed"
    severity = "情報"
    title = "すでに達している目標"
    title_en = "Target already reached"
    ja = "「{what}」の{year}の目標 {found} には、{when}の {expected} ですでに達しています。"
    en = "The target {found} of '{what}' for {year} was already reached in {when} ({expected})."
    fix = "目標か値に誤りがないか、目標を見直すかを担当課に確かめてください。"
    fix_en = "Ask the department whether the figures are right and the target still holds."


class TargetFalls(FindingKind):
    code = "target-falls"
    severity = "警告"
    title = "前の年度より後退する目標"
    title_en = "Target falls behind the year before"
    ja = "「{what}」の{year}の目標 {found} は、その前の目標 {expected} より後退しています。"
    en = "The target {found} of '{what}' for {year} falls behind the one before it ({expected})."
    fix = "目標の数字の誤りでないかを原文で確かめてください。"
    fix_en = "Check whether a digit of the targets is wrong."


class ValueJumps(FindingKind):
    code = "value-jumps"
    severity = "警告"
    title = "桁の違う値"
    title_en = "Value of another order of magnitude"
    ja = "「{what}」の{year}の値 {found} は、並ぶ値 {expected} と桁が違います。"
    en = (
        "The value {found} of '{what}' for {year} is ten times or a tenth of its neighbours ("
        "{expected})."
    )
    fix = "桁・読点・単位の誤りでないかを原文で確かめてください。"
    fix_en = "Check the digits, the commas and the unit in the document."


class UnitsDiffer(FindingKind):
    code = "series-units-differ"
    severity = "警告"
    title = "年度によって違う単位"
    title_en = "Unit changes between years"
    ja = "「{what}」の単位が年度によって違います: {found}"
    en = "The unit of '{what}' is not the same in every year: {found}"
    fix = "単位の誤記でないか、測り方が変わったのかを確かめてください。"
    fix_en = "Check whether a unit is misprinted or the way of measuring changed."


class UnitUnlikeName(FindingKind):
    code = "unit-unlike-name"
    severity = "情報"
    title = "名称に合わない単位"
    title_en = "Unit does not suit the name"
    ja = "指標「{what}」の値の単位が「{found}」です。名称からは「{expected}」が考えられます。"
    en = "The values of '{what}' are in '{found}'; its name suggests '{expected}'."
    fix = "指標の名称と単位のどちらを直すかを担当課に確かめてください。"
    fix_en = "Ask the department whether the name or the unit is meant."
