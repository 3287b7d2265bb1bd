"""The findings of the five stars of open data (5stardata.info): a missing star, and what to do.

`{found}` is what was seen instead; of the first star `{expected}` is how many stars the data would
have with an open licence.
"""

from __future__ import annotations

from pipelines.findings.kind import FindingKind


class StarLicence(FindingKind):
    code = "star-licence"
    severity = "警告"
    title = "星一つ: 利用条件"
    title_en = "First star: open licence"
    ja = (
        "開かれた利用条件で公開されていないため、星がありません（{found}）。付けば星"
        "{expected}です。"
    )
    en = (
        "There is no star, because it is not on the web under an open licence ({found}). "
        "With one it would have {expected}."
    )
    fix = (
        "発行者に利用条件を確かめてから、package.yaml の licence に書いてください（例: "
        "CC-BY-4.0）。"
    )
    fix_en = (
        "Ask the publisher for the conditions of use, then write them in 'licence' of "
        "package.yaml (such as CC-BY-4.0)."
    )


class StarStructured(FindingKind):
    code = "star-structured"
    severity = "警告"
    title = "星二つ: 表のデータ"
    title_en = "Second star: structured data"
    ja = "表として読めるファイルがないため、二つ目の星がありません（{found}）。"
    en = "The second star is missing: no file can be read as data ({found})."
    fix = "PDF などのほかに、表そのものを CSV で公開してください。"
    fix_en = "Publish the tables themselves as CSV, beside the PDF or picture."


class StarFormat(FindingKind):
    code = "star-format"
    severity = "情報"
    title = "星三つ: 開かれた形式"
    title_en = "Third star: open format"
    ja = "特定のソフトウェアに頼らない形式のデータがないため、三つ目の星がありません（{found}）。"
    en = "The third star is missing: no data are in a format that any software can use ({found})."
    fix = "表を CSV でも公開してください。"
    fix_en = "Publish the tables as CSV too."


class StarIris(FindingKind):
    code = "star-iris"
    severity = "情報"
    title = "星四つ: もののIRI"
    title_en = "Fourth star: IRIs of things"
    ja = "データの中の一つ一つのものにIRIがないため、四つ目の星がありません（{found}）。"
    en = "The fourth star is missing: the things in the data have no IRIs ({found})."
    fix = "指標の値や進捗の表があれば、machidata build が RDF（cube.ttl）を作り、IRIが付きます。"
    fix_en = "Of indicator values and progress, machidata build makes RDF (cube.ttl) with IRIs."


class StarLinks(FindingKind):
    code = "star-links"
    severity = "情報"
    title = "星五つ: 他のデータへのリンク"
    title_en = "Fifth star: links to other data"
    ja = "ほかのデータへのリンクがないため、五つ目の星がありません（{found}）。"
    en = "The fifth star is missing: the data link to no other data ({found})."
    fix = "単位を語彙（vocab/units.ttl）の語にすると、QUDT の単位につながります。"
    fix_en = "Use units of the vocabulary (vocab/units.ttl): they lead to the units of QUDT."
