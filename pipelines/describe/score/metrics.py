"""The 23 metrics of the MQA, the metadata quality assessment of data.europa.eu: 405 points.

Source: the tables of the method as github.com/mjanez/ckan-mqa prints them (dimensions, weights,
populations, ratings). A metric counts with the share of the datasets or files that meet it; of the
interoperability of a dataset's files only the best file counts, as the method assumes that files of
a dataset hold the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipelines.describe.score.things import Described, Thing
from pipelines.describe.score.words import file_format, in_eu_table, is_media_type
from pipelines.findings import FindingKind
from pipelines.findings import score as kinds

Reach: TypeAlias = Callable[[str], int | None]
"""URL → the HTTP status of its answer, 0 for no answer, None when it was not asked."""

Dimension: TypeAlias = Literal[
    "findability", "accessibility", "interoperability", "reusability", "contextuality"
]


@dataclass(frozen=True, slots=True)
class Means:
    """What a catalog cannot say of itself: how to reach an address, and which datasets (by IRI or
    identifier; '' for all) break the official shapes. None means that it was not looked at.
    """

    reach: Reach | None = None
    violations: Collection[str] | None = None


Test: TypeAlias = Callable[[Thing, Means], bool | None]
"""Whether a thing meets a metric; None when that was not measured."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric. `of` is what it is measured on: each dataset, each file, or its best file.

    `kind` is the finding when points are lost; its fix says what to do.
    """

    dimension: Dimension
    points: int
    of: Literal["dataset", "file", "best"]
    kind: type[FindingKind]
    title: str
    title_en: str
    met: Test

    @property
    def code(self) -> str:
        """Its code, that of its finding (`mqa-keyword`)."""
        return self.kind.code

    @property
    def fix(self) -> tuple[str, str]:
        """What to do, in Japanese and in English."""
        return self.kind.fix, self.kind.fix_en


def _given(name: str) -> Test:
    return lambda thing, _: bool(thing.values(name))


def _answers(name: str) -> Test:
    """All addresses answer 200, and there is one."""

    def met(thing: Thing, means: Means) -> bool | None:
        if means.reach is None:
            return None
        answers = [means.reach(address) for address in sorted(thing.values(name))]
        if any(answer not in {None, 200} for answer in answers) or not answers:
            return False
        return None if None in answers else True

    return met


def _of_table(name: str, table: str) -> Test:
    return lambda thing, _: any(in_eu_table(table, iri) for iri in thing.iris(name))


def _known_format(thing: Thing, _: Means) -> bool:
    formats = any(in_eu_table("file-type", iri) for iri in thing.iris("dct:format"))
    return formats and any(map(is_media_type, thing.iris("dcat:mediaType")))


def _format_is(term: str) -> Test:
    def met(thing: Thing, _: Means) -> bool:
        found = (file_format(written) for written in thing.values("dct:format"))
        return any(one.first(term) == "true" for one in found if one)

    return met


def _complies(thing: Thing, means: Means) -> bool | None:
    if means.violations is None:
        return None
    names = {"", thing.iri, *thing.values("dct:identifier")}
    return not any(name in means.violations for name in names)


METRICS: tuple[Metric, ...] = (
    Metric("findability", 30, "dataset", kinds.Keyword, "キーワード", "Keywords",
           _given("dcat:keyword")),
    Metric("findability", 30, "dataset", kinds.Theme, "分野", "Themes", _given("dcat:theme")),
    Metric("findability", 20, "dataset", kinds.Spatial, "地域", "Area", _given("dct:spatial")),
    Metric("findability", 20, "dataset", kinds.Temporal, "期間", "Period",
           _given("dct:temporal")),
    Metric("accessibility", 50, "file", kinds.AccessReach, "配布ページが開ける",
           "Access address answers 200", _answers("dcat:accessURL")),
    Metric("accessibility", 20, "file", kinds.Download, "ダウンロードのアドレス",
           "Download address", _given("dcat:downloadURL")),
    Metric("accessibility", 30, "file", kinds.DownloadReach, "ダウンロードできる",
           "Download address answers 200", _answers("dcat:downloadURL")),
    Metric("interoperability", 20, "best", kinds.Format, "形式", "Format", _given("dct:format")),
    Metric("interoperability", 10, "best", kinds.MediaType, "メディアタイプ", "Media type",
           _given("dcat:mediaType")),
    Metric("interoperability", 10, "best", kinds.FormatVocabulary,
           "形式とメディアタイプが一覧の語", "Format and media type from the lists", _known_format),
    Metric("interoperability", 20, "best", kinds.NonProprietary,
           "特定のソフトウェアに頼らない形式", "Non-proprietary format",
           _format_is("nonProprietary")),
    Metric("interoperability", 20, "best", kinds.MachineReadable,
           "プログラムが読める形式", "Machine-readable format", _format_is("machineReadable")),
    Metric("interoperability", 30, "dataset", kinds.DcatAp, "DCAT-AP の検査", "DCAT-AP compliance",
           _complies),
    Metric("reusability", 20, "file", kinds.Licence, "利用条件", "Licence",
           _given("dct:license")),
    Metric("reusability", 10, "file", kinds.LicenceVocabulary, "利用条件が一覧の語",
           "Licence from the list", _of_table("dct:license", "licence")),
    Metric("reusability", 10, "dataset", kinds.AccessRights, "公開の範囲", "Access rights",
           _given("dct:accessRights")),
    Metric("reusability", 5, "dataset", kinds.AccessRightsVocabulary, "公開の範囲が一覧の語",
           "Access rights from the list", _of_table("dct:accessRights", "access-right")),
    Metric("reusability", 20, "dataset", kinds.Contact, "問い合わせ先", "Contact point",
           _given("dcat:contactPoint")),
    Metric("reusability", 10, "dataset", kinds.Publisher, "公開者", "Publisher",
           _given("dct:publisher")),
    Metric("contextuality", 5, "file", kinds.Rights, "権利についての説明", "Rights statement",
           _given("dct:rights")),
    Metric("contextuality", 5, "file", kinds.ByteSize, "大きさ", "Size", _given("dcat:byteSize")),
    Metric("contextuality", 5, "dataset", kinds.Issued, "公開日", "Date of issue",
           _given("dct:issued")),
    Metric("contextuality", 5, "dataset", kinds.Modified, "更新日", "Date of change",
           _given("dct:modified")),
)  # fmt: skip
FULL = sum(metric.points for metric in METRICS)
NO_FILE = Thing()


def measure(one: Described, means: Means) -> dict[str, tuple[int, int]]:
    """Code of a metric → (how many meet it, how many were measured) for one dataset.

    A dataset without files counts as one with a file of which nothing is stated.
    """
    files = one.files or (NO_FILE,)
    best = max(([m.met(file, means) for m in _BEST] for file in files), key=_worth)
    chosen = dict(zip((metric.code for metric in _BEST), best, strict=True))
    found = {}
    for metric in METRICS:
        if metric.of == "best":
            answers = [chosen[metric.code]]
        else:
            things = files if metric.of == "file" else (one.thing,)
            answers = [metric.met(thing, means) for thing in things]
        met, asked = answers.count(True), len(answers) - answers.count(None)
        found[metric.code] = (met, asked)
    return found


_BEST = tuple(metric for metric in METRICS if metric.of == "best")


def _worth(answers: list[bool | None]) -> tuple[int, list[bool]]:
    points = sum(m.points for m, met in zip(_BEST, answers, strict=True) if met)
    return points, [bool(met) for met in answers]
