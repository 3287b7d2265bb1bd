"""The findings of the five stars of open data (5stardata.info): a missing star, and what to do.

`{found}` is what was seen instead; of the first star `{expected}` is how many stars the data would
have with an open licence.
"""

from __future__ import annotations

from pipelines.findings import declare

STAR_LICENCE = declare(
    "star-licence",
    "警告",
    "開かれた利用条件で公開されていないため、星がありません（{found}）。付けば星{expected}です。",
    "There is no star, because it is not on the web under an open licence ({found}). With one it "
    "would have {expected}.",
    "発行者に利用条件を確かめてから、package.yaml の licence に書いてください（例: CC-BY-4.0）。",
    "Ask the publisher for the conditions of use, then write them in 'licence' of package.yaml "
    "(such as CC-BY-4.0).",
)
STAR_STRUCTURED = declare(
    "star-structured",
    "警告",
    "表として読めるファイルがないため、二つ目の星がありません（{found}）。",
    "The second star is missing: no file can be read as data ({found}).",
    "PDF などのほかに、表そのものを CSV で公開してください。",
    "Publish the tables themselves as CSV, beside the PDF or picture.",
)
STAR_FORMAT = declare(
    "star-format",
    "情報",
    "特定のソフトウェアに頼らない形式のデータがないため、三つ目の星がありません（{found}）。",
    "The third star is missing: no data are in a format that any software can use ({found}).",
    "表を CSV でも公開してください。",
    "Publish the tables as CSV too.",
)
STAR_IRIS = declare(
    "star-iris",
    "情報",
    "データの中の一つ一つのものにIRIがないため、四つ目の星がありません（{found}）。",
    "The fourth star is missing: the things in the data have no IRIs ({found}).",
    "指標の値や進捗の表があれば、machidata build が RDF（cube.ttl）を作り、IRIが付きます。",
    "Of indicator values and progress, machidata build makes RDF (cube.ttl) with IRIs.",
)
STAR_LINKS = declare(
    "star-links",
    "情報",
    "ほかのデータへのリンクがないため、五つ目の星がありません（{found}）。",
    "The fifth star is missing: the data link to no other data ({found}).",
    "単位を語彙（vocab/units.ttl）の語にすると、QUDT の単位につながります。",
    "Use units of the vocabulary (vocab/units.ttl): they lead to the units of QUDT.",
)
