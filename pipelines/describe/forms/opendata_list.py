"""A dataset as rows of the オープンデータ一覧: the 45 columns that SHIRASAGI reads and writes.

The official sheet has the same columns less データセット_作成者, ファイル_ID and
ファイル_著作権表記; `pipelines.opendata_rows` writes them in the form of the software's own sample.
Several values in a cell are joined by `;`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipelines.describe.model import Concept, ContactPoint, Dataset, Distribution, Licence
from pipelines.opendata_rows import CODE, LIVE, NAME, PREPARED, one_line, write_list
from pipelines.vocabulary import VOCAB_BASE


def opendata_list(datasets: Iterable[Dataset]) -> bytes:
    """The list of these datasets, a row for each file, in the order given."""
    return write_list(row for dataset in datasets for row in opendata_rows(dataset))


def opendata_rows(dataset: Dataset) -> list[dict[str, str]]:
    """The rows of a dataset; what is not stated is an empty cell."""
    head = {CODE: dataset.publisher.identifier, NAME: _ja(dataset.publisher.name)}
    head |= {f"データセット_{name}": words for name, words in _of_dataset(dataset).items()}
    rows = []
    for file in dataset.distributions:
        told = {f"ファイル_{name}": words for name, words in _of_file(dataset, file).items()}
        rows.append({name: one_line(words) for name, words in {**head, **told}.items()})
    return rows


def _of_dataset(dataset: Dataset) -> dict[str, str]:
    return {
        "ID": dataset.identifier,
        "タイトル": _ja(dataset.title),
        "サブタイトル": _ja(dataset.subtitle),
        "概要": _ja(dataset.description),
        "キーワード": ";".join(word.replace(";", "；") for word in dataset.keywords),
        "分類": ";".join(_fields(dataset.themes)),
        "公開日": dataset.issued.isoformat(),
        "最終更新日": dataset.modified.isoformat(),
        "バージョン": dataset.version,
        "言語": "ja",
        "URL": dataset.landing_page,
        "更新頻度": _ja(dataset.frequency.label) if dataset.frequency else "",
        "準拠する標準": ";".join(_ja(one.title) for one in dataset.conforms_to),
        "関連ドキュメント": ";".join(one.url for one in dataset.sources if one.url),
        "来歴情報": _ja(dataset.provenance.label),
        "対象地域": _ja(dataset.place.label),
        "対象期間": _period(dataset),
        "作成者": _ja(dataset.publisher.name),
        **_contact(dataset.contact),
    }


def _of_file(dataset: Dataset, file: Distribution) -> dict[str, str]:
    return {
        "ID": f"{dataset.identifier}_{file.slug}",
        "タイトル": _ja(file.title),
        "アクセスURL": file.access_url,
        "ダウンロードURL": file.download_url,
        "説明": _ja(file.description),
        "形式": file.format.name,
        "ライセンス": licence_name(file.licence, "shirasagiId"),
        "ステータス": LIVE if file.licence else PREPARED,
        "サイズ": str(file.size),
        "公開日": file.issued.isoformat(),
        "最終更新日": file.modified.isoformat(),
        "利用規約": file.licence.url if file.licence else "",
        "言語": "ja",
        "準拠する標準": ";".join(_ja(one.title) for one in file.conforms_to),
        "API対応有無": "無",
    }


def licence_name(licence: Licence | None, catalog: str) -> str:
    """A licence's name in a catalog (`ckanId` …), its own key where none is known; '' for None."""
    return licence.ids.get(catalog, licence.key) if licence else ""


def _fields(themes: Sequence[Concept]) -> list[str]:
    """The names of the e-Stat fields among the themes: データセット_分類 knows no others."""
    return [_ja(one.label) for one in themes if one.scheme == VOCAB_BASE + "themes"]


def _period(dataset: Dataset) -> str:
    period = dataset.period
    if period is None:
        return ""
    return "/".join(day.isoformat() if day else "" for day in (period.start, period.end))


def _contact(contact: ContactPoint | None) -> dict[str, str]:
    if contact is None:
        return {}
    return {
        "連絡先名称": _ja(contact.name),
        "連絡先メールアドレス": contact.email.removeprefix("mailto:"),
        "連絡先電話番号": _national(contact.phone),
        "連絡先FormURL": contact.url,
    }


def _national(phone: str) -> str:
    """A `tel:` IRI as people dial it here: `tel:+81-173-…` is 0173-…."""
    number = phone.removeprefix("tel:")
    return "0" + number.removeprefix("+81-") if number.startswith("+81-") else number


def _ja(words: Mapping[str, str]) -> str:
    """The Japanese words, else those of another language."""
    return words.get("ja") or next(iter(words.values()), "")
