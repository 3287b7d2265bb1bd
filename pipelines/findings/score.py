"""The findings of the score: what each lost metric of the MQA costs, and what to do.

The MQA is the metadata quality assessment of data.europa.eu (405 points). `{points}` is what is
lost, `{found}` how many datasets or files meet the metric, `{expected}` how many there are. The
metrics stand in the order of their dimensions: findability, accessibility, interoperability,
reusability, contextuality.
"""

from __future__ import annotations

from typing import Any

from pipelines.findings.kind import FindingKind


class Metric(FindingKind, registered=False):
    """A lost metric: a subclass says what is missing, the points that it costs are added here."""

    def __init_subclass__(cls, **more: Any) -> None:
        cls.ja += "MQAの{points}点が付きません。"
        cls.en += " This costs {points} MQA points."
        super().__init_subclass__(**more)


def _built(what: str, what_en: str) -> tuple[str, str]:
    """What to do about something that our own build writes for every distribution."""
    return (
        "machidata build で作り直すと書かれます。別のカタログでは、配布ごとに"
        f"{what}を書いてください。",
        f"machidata build writes it; in a catalog of another make, state {what_en} for every "
        "distribution.",
    )


class Keyword(Metric):
    code = "mqa-keyword"
    severity = "警告"
    title = "キーワードがない"
    title_en = "No keyword"
    ja = "キーワードがありません。"
    en = "There is no keyword."
    fix = "package.yaml の keywords に、探す人が使う語を書いてください。"
    fix_en = "Write the words that people search by in 'keywords' of package.yaml."


class Theme(Metric):
    code = "mqa-theme"
    severity = "警告"
    title = "分野がない"
    title_en = "No theme"
    ja = "分野がありません。"
    en = "There is no theme."
    fix = "package.yaml の themes に、分野の番号（vocab/themes.ttl）を書いてください。"
    fix_en = "Write the numbers of the fields (vocab/themes.ttl) in 'themes' of package.yaml."


class Spatial(Metric):
    code = "mqa-spatial"
    severity = "警告"
    title = "地域がない"
    title_en = "No area"
    ja = "どの地域のデータか書かれていません。"
    en = "The area of the data is not stated."
    fix = "package.yaml の municipality に6桁の全国地方公共団体コードを書いてください。"
    fix_en = "Write the six-digit local government code in 'municipality' of package.yaml."


class Temporal(Metric):
    code = "mqa-temporal"
    severity = "警告"
    title = "期間がない"
    title_en = "No period"
    ja = "いつからいつまでのデータか書かれていません。"
    en = "The period of the data is not stated."
    fix = (
        "計画の年度が文書から読めないときは、package.yaml の period に start と end を書い"
        "てください。"
    )
    fix_en = (
        "If the document does not say its years, write 'start' and 'end' in 'period' of "
        "package.yaml."
    )


class AccessReach(Metric):
    code = "mqa-access-reach"
    severity = "警告"
    title = "開けない配布ページ"
    title_en = "Access address that does not answer"
    ja = "開けない配布ページがあります（開けたもの {found}／{expected}）。"
    en = "Not every access address answers 200 ({found} of {expected} do)."
    fix = "カタログ全体を --base のアドレスに置き、全員に公開されているかを確かめてください。"
    fix_en = (
        "Put the whole catalog at the address given as --base and check that everybody can open it."
    )


class Download(Metric):
    code = "mqa-download"
    severity = "警告"
    title = "ダウンロード先がない"
    title_en = "No download address"
    ja = "ダウンロードのアドレスのないファイルがあります（あるもの {found}／{expected}）。"
    en = "Not every file has a download address ({found} of {expected} have)."
    fix, fix_en = _built("dcat:downloadURL", "dcat:downloadURL")


class DownloadReach(Metric):
    code = "mqa-download-reach"
    severity = "警告"
    title = "ダウンロードできない"
    title_en = "Download address that does not answer"
    ja = "ダウンロードできないファイルがあります（できたもの {found}／{expected}）。"
    en = "Not every download address answers 200 ({found} of {expected} do)."
    fix = "カタログ全体を --base のアドレスに置き、全員がダウンロードできるかを確かめてください。"
    fix_en = (
        "Put the whole catalog at the address given as --base and check that everybody can "
        "download."
    )


class Format(Metric):
    code = "mqa-format"
    severity = "警告"
    title = "ファイル形式がない"
    title_en = "No file format"
    ja = "ファイル形式が書かれていません。"
    en = "The file format is not stated."
    fix, fix_en = _built("dct:format", "dct:format")


class MediaType(Metric):
    code = "mqa-media-type"
    severity = "情報"
    title = "メディアタイプがない"
    title_en = "No media type"
    ja = "メディアタイプが書かれていません。"
    en = "The media type is not stated."
    fix, fix_en = _built("dcat:mediaType", "dcat:mediaType")


class FormatVocabulary(Metric):
    code = "mqa-format-vocabulary"
    severity = "情報"
    title = "一覧のIRIでない形式"
    title_en = "Format outside the EU and IANA lists"
    ja = "形式とメディアタイプの両方が、EUとIANAの一覧のIRIで書かれてはいません。"
    en = "Format and media type are not both stated by the IRIs of the EU and IANA lists."
    fix, fix_en = _built("EUの file-type とIANAのIRI", "IRIs of the EU file-type table and of IANA")


class NonProprietary(Metric):
    code = "mqa-non-proprietary"
    severity = "警告"
    title = "開かれた形式がない"
    title_en = "No open format"
    ja = "特定のソフトウェアに頼らない形式のファイルがありません。"
    en = "No file is in a format that any software can use."
    fix = "表を CSV でも公開してください。"
    fix_en = "Publish the tables as CSV too."


class MachineReadable(Metric):
    code = "mqa-machine-readable"
    severity = "警告"
    title = "機械で読める形式がない"
    title_en = "No machine-readable format"
    ja = "プログラムがそのまま読める形式のファイルがありません。"
    en = "No file is in a format that a program can read as data."
    fix = "PDF などのほかに、表そのものを CSV で公開してください。"
    fix_en = "Publish the tables themselves as CSV, beside the PDF or picture."


class DcatAp(Metric):
    code = "mqa-dcat-ap"
    severity = "警告"
    title = "DCAT-AP に合わない"
    title_en = "DCAT-AP not met"
    ja = "DCAT-AP の必須の検査に合わないところがあります。"
    en = "The metadata break a mandatory rule of DCAT-AP."
    fix = "メタデータの検査が「誤り」とした項目を、その対処のとおりに直してください。"
    fix_en = "Mend what the check of the metadata reports as an error, as it says there."


class Licence(Metric):
    code = "mqa-licence"
    severity = "警告"
    title = "利用条件がない"
    title_en = "No licence"
    ja = "利用条件のないファイルがあります（あるもの {found}／{expected}）。"
    en = "Not every file has a licence ({found} of {expected} have)."
    fix = (
        "発行者に利用条件を確かめてから、package.yaml の licence に書いてください（例: "
        "CC-BY-4.0）。"
    )
    fix_en = (
        "Ask the publisher for the conditions of use, then write them in 'licence' of "
        "package.yaml (such as CC-BY-4.0)."
    )


class LicenceVocabulary(Metric):
    code = "mqa-licence-vocabulary"
    severity = "情報"
    title = "EUの一覧にない利用条件"
    title_en = "Licence outside the EU list"
    ja = "利用条件がEUの一覧にないファイルがあります（あるもの {found}／{expected}）。"
    en = "Not every file has a licence of the EU list ({found} of {expected} have)."
    fix = (
        "利用条件が未定なら、発行者に確かめて package.yaml の licence に書いてください。公"
        "共データ利用規約などの日本の利用条件はEUの一覧にありません。点のために変える必要は"
        "ありません。"
    )
    fix_en = (
        "If none is stated, ask the publisher and write it in 'licence' of package.yaml. "
        "Japanese terms such as PDL1.0 are not in the EU list; do not change them for the "
        "points."
    )


class AccessRights(Metric):
    code = "mqa-access-rights"
    severity = "情報"
    title = "公開の範囲がない"
    title_en = "No access rights"
    ja = "公開の範囲が書かれていません。"
    en = "The access rights are not stated."
    fix = (
        "machidata build で作り直すと書かれます。別のカタログでは dct:accessRights を書いて"
        "ください。"
    )
    fix_en = "machidata build writes them; in a catalog of another make, state dct:accessRights."


class AccessRightsVocabulary(Metric):
    code = "mqa-access-rights-vocabulary"
    severity = "情報"
    title = "一覧のIRIでない公開の範囲"
    title_en = "Access rights outside the EU list"
    ja = "公開の範囲が、EUの access-right の一覧のIRIで書かれていません。"
    en = "The access rights are not an IRI of the EU table access-right."
    fix = (
        "machidata build で作り直すと書かれます。別のカタログでは …/access-right/PUBLIC な"
        "どを書いてください。"
    )
    fix_en = (
        "machidata build writes it; in a catalog of another make, state "
        "…/access-right/PUBLIC or such."
    )


class Contact(Metric):
    code = "mqa-contact"
    severity = "警告"
    title = "問い合わせ先がない"
    title_en = "No contact point"
    ja = "問い合わせ先がありません。"
    en = "There is no contact point."
    fix = "package.yaml の contact に、name と、email か url を書いてください。"
    fix_en = "Write 'name', and 'email' or 'url', in 'contact' of package.yaml."


class Publisher(Metric):
    code = "mqa-publisher"
    severity = "情報"
    title = "公開者がない"
    title_en = "No publisher"
    ja = "公開者が書かれていません。"
    en = "The publisher is not stated."
    fix = "package.yaml の municipality に6桁の全国地方公共団体コードを書いてください。"
    fix_en = "Write the six-digit local government code in 'municipality' of package.yaml."


class Rights(Metric):
    code = "mqa-rights"
    severity = "情報"
    title = "権利の説明がない"
    title_en = "No rights statement"
    ja = "権利についての説明のないファイルがあります（あるもの {found}／{expected}）。"
    en = "Not every file has a rights statement ({found} of {expected} have)."
    fix, fix_en = _built("dct:rights", "dct:rights")


class ByteSize(Metric):
    code = "mqa-byte-size"
    severity = "情報"
    title = "ファイルの大きさがない"
    title_en = "No file size"
    ja = "大きさの書かれていないファイルがあります（あるもの {found}／{expected}）。"
    en = "Not every file says its size ({found} of {expected} do)."
    fix, fix_en = _built("dcat:byteSize", "dcat:byteSize")


class Issued(Metric):
    code = "mqa-issued"
    severity = "情報"
    title = "公開日がない"
    title_en = "No date of issue"
    ja = "公開日がありません。"
    en = "The date of issue is not stated."
    fix = "package.yaml の issued に公開日を書いてください（例: 2026-04-01）。"
    fix_en = "Write the date in 'issued' of package.yaml, such as 2026-04-01."


class Modified(Metric):
    code = "mqa-modified"
    severity = "情報"
    title = "更新日がない"
    title_en = "No date of the last change"
    ja = "更新日がありません。"
    en = "The date of the last change is not stated."
    fix = "package.yaml の modified に更新日を書いてください（例: 2026-04-01）。"
    fix_en = "Write the date in 'modified' of package.yaml, such as 2026-04-01."
