"""The findings of the score: what each lost metric of the MQA costs, and what to do.

The MQA is the metadata quality assessment of data.europa.eu (405 points). `{points}` is what is
lost, `{found}` how many datasets or files meet the metric, `{expected}` how many there are.
"""

from __future__ import annotations

from pipelines.findings import FindingKind, declare
from pipelines.model import Severity


def _metric(code: str, severity: Severity, ja: str, en: str, fix: str, fix_en: str) -> FindingKind:
    ja, en = f"{ja}MQAの{{points}}点が付きません。", f"{en} This costs {{points}} MQA points."
    return declare(f"mqa-{code}", severity, ja, en, fix, fix_en)


_BUILD = (
    "machidata build で作り直すと書かれます。別のカタログでは、配布ごとに{what}を書いてください。"
)
_BUILD_EN = (
    "machidata build writes it; in a catalog of another make, state {what} for every distribution."
)


def _built(what: str, what_en: str) -> tuple[str, str]:
    return _BUILD.replace("{what}", what), _BUILD_EN.replace("{what}", what_en)


# --- findability -------------------------------------------------------------------------------

KEYWORD = _metric(
    "keyword",
    "警告",
    "キーワードがありません。",
    "There is no keyword.",
    "package.yaml の keywords に、探す人が使う語を書いてください。",
    "Write the words that people search by in 'keywords' of package.yaml.",
)
THEME = _metric(
    "theme",
    "警告",
    "分野がありません。",
    "There is no theme.",
    "package.yaml の themes に、分野の番号（vocab/themes.ttl）を書いてください。",
    "Write the numbers of the fields (vocab/themes.ttl) in 'themes' of package.yaml.",
)
SPATIAL = _metric(
    "spatial",
    "警告",
    "どの地域のデータか書かれていません。",
    "The area of the data is not stated.",
    "package.yaml の municipality に6桁の全国地方公共団体コードを書いてください。",
    "Write the six-digit local government code in 'municipality' of package.yaml.",
)
TEMPORAL = _metric(
    "temporal",
    "警告",
    "いつからいつまでのデータか書かれていません。",
    "The period of the data is not stated.",
    "計画の年度が文書から読めないときは、package.yaml の period に start と end を書いてください。",
    "If the document does not say its years, write 'start' and 'end' in 'period' of package.yaml.",
)

# --- accessibility -----------------------------------------------------------------------------

ACCESS_REACH = _metric(
    "access-reach",
    "警告",
    "開けない配布ページがあります（開けたもの {found}／{expected}）。",
    "Not every access address answers 200 ({found} of {expected} do).",
    "カタログ全体を --base のアドレスに置き、全員に公開されているかを確かめてください。",
    "Put the whole catalog at the address given as --base and check that everybody can open it.",
)
DOWNLOAD = _metric(
    "download",
    "警告",
    "ダウンロードのアドレスのないファイルがあります（あるもの {found}／{expected}）。",
    "Not every file has a download address ({found} of {expected} have).",
    *_built("dcat:downloadURL", "dcat:downloadURL"),
)
DOWNLOAD_REACH = _metric(
    "download-reach",
    "警告",
    "ダウンロードできないファイルがあります（できたもの {found}／{expected}）。",
    "Not every download address answers 200 ({found} of {expected} do).",
    "カタログ全体を --base のアドレスに置き、全員がダウンロードできるかを確かめてください。",
    "Put the whole catalog at the address given as --base and check that everybody can download.",
)

# --- interoperability --------------------------------------------------------------------------

FORMAT = _metric(
    "format",
    "警告",
    "ファイル形式が書かれていません。",
    "The file format is not stated.",
    *_built("dct:format", "dct:format"),
)
MEDIA_TYPE = _metric(
    "media-type",
    "情報",
    "メディアタイプが書かれていません。",
    "The media type is not stated.",
    *_built("dcat:mediaType", "dcat:mediaType"),
)
FORMAT_VOCABULARY = _metric(
    "format-vocabulary",
    "情報",
    "形式とメディアタイプの両方が、EUとIANAの一覧のIRIで書かれてはいません。",
    "Format and media type are not both stated by the IRIs of the EU and IANA lists.",
    *_built("EUの file-type とIANAのIRI", "IRIs of the EU file-type table and of IANA"),
)
NON_PROPRIETARY = _metric(
    "non-proprietary",
    "警告",
    "特定のソフトウェアに頼らない形式のファイルがありません。",
    "No file is in a format that any software can use.",
    "表を CSV でも公開してください。",
    "Publish the tables as CSV too.",
)
MACHINE_READABLE = _metric(
    "machine-readable",
    "警告",
    "プログラムがそのまま読める形式のファイルがありません。",
    "No file is in a format that a program can read as data.",
    "PDF などのほかに、表そのものを CSV で公開してください。",
    "Publish the tables themselves as CSV, beside the PDF or picture.",
)
DCAT_AP = _metric(
    "dcat-ap",
    "警告",
    "DCAT-AP の必須の検査に合わないところがあります。",
    "The metadata break a mandatory rule of DCAT-AP.",
    "メタデータの検査が「誤り」とした項目を、その対処のとおりに直してください。",
    "Mend what the check of the metadata reports as an error, as it says there.",
)

# --- reusability -------------------------------------------------------------------------------

LICENCE = _metric(
    "licence",
    "警告",
    "利用条件のないファイルがあります（あるもの {found}／{expected}）。",
    "Not every file has a licence ({found} of {expected} have).",
    "発行者に利用条件を確かめてから、package.yaml の licence に書いてください（例: CC-BY-4.0）。",
    "Ask the publisher for the conditions of use, then write them in 'licence' of package.yaml "
    "(such as CC-BY-4.0).",
)
LICENCE_VOCABULARY = _metric(
    "licence-vocabulary",
    "情報",
    "利用条件がEUの一覧にないファイルがあります（あるもの {found}／{expected}）。",
    "Not every file has a licence of the EU list ({found} of {expected} have).",
    "利用条件が未定なら、発行者に確かめて package.yaml の licence に書いてください。公共データ"
    "利用規約などの日本の利用条件はEUの一覧にありません。点のために変える必要はありません。",
    "If none is stated, ask the publisher and write it in 'licence' of package.yaml. Japanese "
    "terms such as PDL1.0 are not in the EU list; do not change them for the points.",
)
ACCESS_RIGHTS = _metric(
    "access-rights",
    "情報",
    "公開の範囲が書かれていません。",
    "The access rights are not stated.",
    "machidata build で作り直すと書かれます。別のカタログでは dct:accessRights を書いてください。",
    "machidata build writes them; in a catalog of another make, state dct:accessRights.",
)
ACCESS_RIGHTS_VOCABULARY = _metric(
    "access-rights-vocabulary",
    "情報",
    "公開の範囲が、EUの access-right の一覧のIRIで書かれていません。",
    "The access rights are not an IRI of the EU table access-right.",
    "machidata build で作り直すと書かれます。別のカタログでは …/access-right/PUBLIC などを"
    "書いてください。",
    "machidata build writes it; in a catalog of another make, state …/access-right/PUBLIC or such.",
)
CONTACT = _metric(
    "contact",
    "警告",
    "問い合わせ先がありません。",
    "There is no contact point.",
    "package.yaml の contact に、name と、email か url を書いてください。",
    "Write 'name', and 'email' or 'url', in 'contact' of package.yaml.",
)
PUBLISHER = _metric(
    "publisher",
    "情報",
    "公開者が書かれていません。",
    "The publisher is not stated.",
    "package.yaml の municipality に6桁の全国地方公共団体コードを書いてください。",
    "Write the six-digit local government code in 'municipality' of package.yaml.",
)

# --- contextuality -----------------------------------------------------------------------------

RIGHTS = _metric(
    "rights",
    "情報",
    "権利についての説明のないファイルがあります（あるもの {found}／{expected}）。",
    "Not every file has a rights statement ({found} of {expected} have).",
    *_built("dct:rights", "dct:rights"),
)
BYTE_SIZE = _metric(
    "byte-size",
    "情報",
    "大きさの書かれていないファイルがあります（あるもの {found}／{expected}）。",
    "Not every file says its size ({found} of {expected} do).",
    *_built("dcat:byteSize", "dcat:byteSize"),
)
ISSUED = _metric(
    "issued",
    "情報",
    "公開日がありません。",
    "The date of issue is not stated.",
    "package.yaml の issued に公開日を書いてください（例: 2026-04-01）。",
    "Write the date in 'issued' of package.yaml, such as 2026-04-01.",
)
MODIFIED = _metric(
    "modified",
    "情報",
    "更新日がありません。",
    "The date of the last change is not stated.",
    "package.yaml の modified に更新日を書いてください（例: 2026-04-01）。",
    "Write the date in 'modified' of package.yaml, such as 2026-04-01.",
)
