"""What breaks the Table Schema of a tidy table."""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class SchemaError(FindingKind):
    code = "schema-error"
    severity = "誤り"
    title = "スキーマに合わない値"
    title_en = "Value against the schema"
    ja = "表の値がスキーマに合いません（{kind}）: {found}"
    en = "A value breaks the table's schema ({kind}): {found}"
    fix = "原文を確かめ、値か語彙を直してください。期待される形: {expected}"
    fix_en = "Check the source, then mend the value or the vocabulary. Expected: {expected}"


class SchemaType(FindingKind):
    code = "schema-type"
    severity = "誤り"
    title = "型の違う値"
    title_en = "Value of a wrong type"
    ja = "列「{column}」の値「{found}」は、決められた型（{expected}）ではありません。"
    en = "The value '{found}' in the column '{column}' is not of the type {expected}."
    fix = "単位や記号を別の列に分け、値を {expected} の形に直してください。"
    fix_en = "Move units and marks to their own columns and write the value as {expected}."


class SchemaRequired(FindingKind):
    code = "schema-required"
    severity = "誤り"
    title = "必須の列の空欄"
    title_en = "Empty required cell"
    ja = "列「{column}」は空にできません。"
    en = "The column '{column}' must not be empty."
    fix = "原文を確かめ、列「{column}」の値を補ってください。"
    fix_en = "Look at the source and fill in '{column}'."


class SchemaPattern(FindingKind):
    code = "schema-pattern"
    severity = "誤り"
    title = "書き方の違う値"
    title_en = "Value in a wrong form"
    ja = "列「{column}」の値「{found}」は、決められた書き方ではありません。"
    en = "The value '{found}' in the column '{column}' is not written in the prescribed way."
    fix = "次の書き方に直してください: {expected}"
    fix_en = "Write it in this way: {expected}"


class SchemaEnum(FindingKind):
    code = "schema-enum"
    severity = "誤り"
    title = "選べない値"
    title_en = "Value that is not allowed"
    ja = "列「{column}」の値「{found}」は、選べる値にありません。"
    en = "The value '{found}' is not one of those that the column '{column}' allows."
    fix = "次のどれかにしてください: {expected}"
    fix_en = "Use one of: {expected}"


class SchemaRange(FindingKind):
    code = "schema-range"
    severity = "誤り"
    title = "範囲の外の値"
    title_en = "Value out of range"
    ja = "列「{column}」の値「{found}」は、あり得る範囲の外です。"
    en = "The value '{found}' in the column '{column}' is outside the possible range."
    fix = "原文を確かめてください。範囲: {expected}"
    fix_en = "Check the source. Range: {expected}"


class SchemaKey(FindingKind):
    code = "schema-key"
    severity = "誤り"
    title = "重なるID"
    title_en = "Repeated ID"
    ja = "ID「{found}」が表の中で二度使われています。"
    en = "The ID '{found}' is used twice in the table."
    fix = "原文の番号の重なりを確かめてください。最初の行: {expected}"
    fix_en = "Check whether the source repeats a number. First row: {expected}"


class SchemaReference(FindingKind):
    code = "schema-reference"
    severity = "誤り"
    title = "行き先のない参照"
    title_en = "Reference that leads nowhere"
    ja = "列「{column}」が指す「{found}」が見つかりません。"
    en = "'{found}', to which the column '{column}' points, does not exist."
    fix = "次にある値を書くか、指される行を加えてください: {expected}"
    fix_en = "Write a value of {expected}, or add the row that is meant."


class SchemaColumn(FindingKind):
    code = "schema-column"
    severity = "誤り"
    title = "定義と合わない列"
    title_en = "Columns against the definition"
    ja = "列が表の定義と合いません（見つかった列: 「{found}」、決められた列: 「{expected}」）。"
    en = "The columns differ from the table's definition (found '{found}', expected '{expected}')."
    fix = "列の名前・順序・数を、表の定義に合わせてください。"
    fix_en = "Make the names, order and number of the columns agree with the definition."


class SchemaCharacter(FindingKind):
    code = "schema-character"
    severity = "誤り"
    title = "渡せない文字"
    title_en = "Character that data cannot carry"
    ja = "列「{column}」の値に、データとして渡せない文字（{found}）があります。"
    en = "A value in the column '{column}' holds a character that data cannot carry ({found})."
    fix = "その文字を取り除いてください。制御文字や壊れた文字です。"
    fix_en = "Remove it; it is a control character or a broken one."


class SchemaMunicipality(FindingKind):
    code = "schema-municipality"
    severity = "誤り"
    title = "正しくない団体コード"
    title_en = "Wrong local government code"
    ja = "全国地方公共団体コード「{found}」は正しくありません（正しくは {expected}）。"
    en = "The local government code '{found}' is not right (expected: {expected})."
    fix = "検査数字を含む6桁のコードを書いてください。"
    fix_en = "Write the six-digit code, check digit included."
