"""The findings that the official shapes of DCAT-AP lead to; `vocab/shapes/japan.ttl` has its own.

A shape of DCAT-AP says how serious its result is, so the severity stated here is only the usual
one. `{about}` is the thing, `{item}` the property, `{remedy}` what to do, each in plain words.
"""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class DcatMissing(FindingKind):
    code = "dcat-ap-missing"
    severity = "誤り"
    title = "必要な項目がない"
    title_en = "Missing item"
    ja = "{about}に「{item}」がありません。"
    en = "The {about_en} has no {item_en}."
    fix = "{remedy}"
    fix_en = "{remedy_en}"


class DcatTooMany(FindingKind):
    code = "dcat-ap-too-many"
    severity = "誤り"
    title = "多すぎる項目"
    title_en = "Item given too often"
    ja = "{about}の「{item}」が多すぎます。{expected}つまでです。"
    en = "The {about_en} has more than {expected} of this item: {item_en}."
    fix = "{remedy}"
    fix_en = "{remedy_en}"


class DcatValue(FindingKind):
    code = "dcat-ap-value"
    severity = "誤り"
    title = "使えない形の値"
    title_en = "Value in a form that cannot be used"
    ja = "{about}の「{item}」の値が、決められた形（{wanted}）ではありません。"
    en = "The {item_en} of the {about_en} cannot be used; it must be {wanted_en}."
    fix = "{remedy}"
    fix_en = "{remedy_en}"


class DcatClass(FindingKind):
    code = "dcat-ap-class"
    severity = "誤り"
    title = "種類の違う参照先"
    title_en = "Reference to a thing of another kind"
    ja = "{about}の「{item}」が指すものは、「{wanted}」として書かれていません。"
    en = "What the {item_en} of the {about_en} points to must be described as: {wanted_en}."
    fix = "{remedy}"
    fix_en = "{remedy_en}"


class DcatVocabulary(FindingKind):
    code = "dcat-ap-vocabulary"
    severity = "誤り"
    title = "一覧にない値"
    title_en = "Value outside the prescribed list"
    ja = "{about}の「{item}」の値が、{wanted}にありません。"
    en = "The {item_en} of the {about_en} is not an entry of {wanted_en}."
    fix = "{remedy}"
    fix_en = "{remedy_en}"


class RuleBroken(FindingKind):
    code = "metadata-rule"
    severity = "誤り"
    title = "規則に合わない項目"
    title_en = "Item that breaks a rule"
    ja = "{about}の「{item}」が、検査の規則{said}に合いません。"
    en = "The {item_en} of the {about_en} breaks a rule of the shapes{said_en}."
    fix = "{remedy}"
    fix_en = "{remedy_en}"
