"""What the letters of a document show: misread letters, one thing under two names, lost characters.

`found` and `expected` hold a word at most. `{sure}` says in words how sure the reading is.
"""

from __future__ import annotations

from pipelines.findings.kind import FindingKind

_MEND = (
    "原文を確かめ、誤りであれば原文を直してください。直せないときは、package.yaml の corrections "
    "に訂正を書くと、データでは直せます。"
)
_MEND_EN = (
    "Check the source and mend it if it is wrong. If it cannot be mended, write a correction in "
    "'corrections' of package.yaml."
)


class LettersForeign(FindingKind):
    code = "letters-foreign"
    severity = "警告"
    title = "語の中の別の文字体系の文字"
    title_en = "Letters of another script inside a word"
    ja = "「{found}」に{script}文字「{letters}」が混じっています。{sure}"
    en = "'{found}' holds the {script_en} letters '{letters}'. {sure_en}"
    fix = _MEND
    fix_en = _MEND_EN


class LettersAlike(FindingKind):
    code = "letters-alike"
    severity = "警告"
    title = "形の似た別の文字"
    title_en = "A letter that looks like another"
    ja = "「{found}」の「{letters}」は、形の似た別の文字と思われます。{sure}"
    en = "'{letters}' in '{found}' seems to stand for a letter that looks like it. {sure_en}"
    fix = _MEND
    fix_en = _MEND_EN


class KanjiOld(FindingKind):
    code = "kanji-old"
    severity = "情報"
    title = "旧字体の混じった語"
    title_en = "A word with an old form of a kanji"
    ja = "「{found}」は旧字体です。同じパッケージのほかの箇所では「{expected}」と書かれています。"
    en = "'{found}' has an old form of a kanji; elsewhere the package writes '{expected}'."
    fix = _MEND
    fix_en = _MEND_EN


class NamedTwoWays(FindingKind):
    code = "named-two-ways"
    severity = "警告"
    title = "一つのものの二通りの名前"
    title_en = "One thing named in two ways"
    ja = "同じものが「{found}」と「{expected}」（{other}）の二通りに書かれているようです。"
    en = "One thing seems to be written both '{found}' and '{expected}' ({other})."
    fix = "どちらが正しいかを担当課に確かめてください。別のものであれば、このままで構いません。"
    fix_en = (
        "Ask the department which one is right. If they are two things, leave them as they are."
    )


class SpellingVaries(FindingKind):
    code = "spelling-varies"
    severity = "情報"
    title = "表記のゆれ"
    title_en = "A word spelled in two ways"
    ja = "「{found}」（{count}か所）は、ほかでは「{expected}」（{other}か所）と書かれています。"
    en = "'{found}' ({count} times) is written '{expected}' elsewhere ({other} times)."
    fix = "検索で漏れないように、文書の表記をそろえるとよいでしょう。"
    fix_en = "Writing it in one way in the document keeps a search from missing it."


class WidthMixed(FindingKind):
    code = "width-mixed"
    severity = "情報"
    title = "全角と半角の混在"
    title_en = "Half-width and full-width characters mixed"
    ja = "同じ文字が、全角と半角（または字間の空いた形）の両方で書かれています: {found}"
    en = "The same characters are written in two widths (or with blanks between them): {found}"
    fix = "値は読むときにそろえています。文書でもどちらかにそろえるとよいでしょう。"
    fix_en = "Values are made even when they are read; the document could use one of the two."


class CharacterLost(FindingKind):
    code = "character-lost"
    severity = "情報"
    title = "Shift_JIS（CP932）で保存できない文字"
    title_en = "A character that does not survive CP932"
    ja = (
        "「{found}」（{number}、{count}か所）は、表計算ソフトで Shift_JIS（CP932）として保存する"
        "と、失われるか別の文字になります。"
    )
    en = (
        "'{found}' ({number}, {count} times) is lost or changed when a spreadsheet saves the "
        "data as Shift_JIS (CP932)."
    )
    fix = "CSV は UTF-8 のまま使ってください。文字化けや外字であれば、原文の文字を直します。"
    fix_en = "Keep the CSV in UTF-8. If the character is broken or private, mend it in the source."
