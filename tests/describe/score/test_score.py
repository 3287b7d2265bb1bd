"""The MQA score: full and lost points, what is measured, other people's catalogs, JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from pipelines.describe import describe
from pipelines.describe.gate.gate import gate
from pipelines.describe.score.metrics import FULL, METRICS
from pipelines.describe.score.points import number, rating, score, score_findings, violating
from pipelines.describe.score.report import score_json
from pipelines.describe.score.stars import stars
from pipelines.findings import every
from pipelines.line import build_package
from pipelines.model import MachidataError, Package
from pipelines.publish import publish
from pipelines.reach import Reach
from tests.describe.score.scored import lost, serving_folder, violations, without
from tests.factory import ERROR, make_package

ROOT = Path(__file__).parents[3]
BASE = "https://data.example.jp/machi/"
DATASET = BASE + "dataset/022055-dx-plan"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
PERIOD = ("2022-04-01", "2026-03-31")


def catalog(*packages: Package, base: str = BASE) -> bytes:
    return describe(packages or (make_package(),), base).files["catalog.ttl"]


@pytest.fixture(scope="module")
def turtle() -> bytes:
    return catalog()


def everything_answers(url: str) -> int:
    return 200


def test_the_metrics_are_those_of_the_method() -> None:
    by_dimension: dict[str, int] = {}
    for metric in METRICS:
        by_dimension[metric.dimension] = by_dimension.get(metric.dimension, 0) + metric.points
    assert by_dimension == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }
    assert (len(METRICS), FULL) == (23, 405)
    assert len({metric.code for metric in METRICS}) == 23
    for metric in METRICS:
        assert every()[metric.code] is metric.kind
        assert all((metric.title, metric.title_en, *metric.fix))


def test_a_licensed_package_has_every_point_that_needs_no_network(turtle: bytes) -> None:
    found = score(turtle, violations=violations(turtle)).total
    assert (found.points, found.measured_of, found.not_measured) == (325, 325, 80)
    assert (found.rating, found.best_rating) == ("Good", "Excellent")
    unmeasured = {one.metric.code: one.metric.points for one in found.metrics if not one.measured}
    assert unmeasured == {"mqa-access-reach": 50, "mqa-download-reach": 30}


def test_on_loopback_it_has_all_405_points(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    with serving_folder(folder) as base:
        packages = [make_package("022055-dx-plan"), make_package("152064-ict-plan")]
        metadata = describe(packages, base)
        publish(packages, metadata, folder)
        turtle = metadata.files["catalog.ttl"]
        reach = Reach(timeout=10, below=base)
        found = score(turtle, reach=reach, violations=violations(turtle))
    assert (found.total.points, found.total.measured_of, found.total.not_measured) == (405, 405, 0)
    assert found.total.rating == found.total.best_rating == "Excellent"
    files = sum(len(package.resources) for package in packages)
    measured = {one.metric.code: (one.met, one.measured) for one in found.total.metrics}
    assert measured["mqa-access-reach"] == measured["mqa-download-reach"] == (files, files)
    assert measured["mqa-keyword"] == measured["mqa-format"] == (2, 2)
    assert score_findings(found.datasets) == ()


def test_a_file_that_is_gone_from_the_folder_costs_its_share(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    with serving_folder(folder) as base:
        package = make_package()
        metadata = describe([package], base)
        publish([package], metadata, folder)
        (folder / "022055-dx-plan" / package.resources[0].path).unlink()
        found = score(metadata.files["catalog.ttl"], reach=Reach(below=base), violations=())
    share = Fraction(30, len(package.resources))
    assert found.total.points == 405 - share
    (finding,) = score_findings(found.datasets)
    assert (finding.code, finding.row_id) == ("mqa-download-reach", "022055-dx-plan")
    assert finding.expected == str(len(package.resources))
    assert number(share) in finding.message
    assert number(share) in finding.message_en


# code of the metric → (property, what stands there instead, other metrics that go with it)
TAKEN_OUT = {
    "mqa-keyword": ("dcat:keyword", "", {}),
    "mqa-theme": ("dcat:theme", "", {}),
    "mqa-spatial": ("dct:spatial", "", {}),
    "mqa-temporal": ("dct:temporal", "", {}),
    "mqa-access-reach": ("dcat:accessURL", "", {}),
    "mqa-download": ("dcat:downloadURL", "", {"mqa-download-reach": 30}),
    "mqa-download-reach": ("dcat:downloadURL", "https://data.example.jp/gone.csv", {}),
    "mqa-format": (
        "dct:format",
        "",
        {"mqa-format-vocabulary": 10, "mqa-non-proprietary": 20, "mqa-machine-readable": 20},
    ),
    "mqa-media-type": ("dcat:mediaType", "", {"mqa-format-vocabulary": 10}),
    "mqa-format-vocabulary": ("dcat:mediaType", IANA + "text/unheard-of", {}),
    "mqa-non-proprietary": ("dct:format", EU + "file-type/XLSX", {}),
    "mqa-machine-readable": ("dct:format", EU + "file-type/TXT", {}),
    "mqa-licence": ("dct:license", "", {"mqa-licence-vocabulary": 10}),
    "mqa-licence-vocabulary": ("dct:license", "https://example.jp/terms", {}),
    "mqa-access-rights": ("dct:accessRights", "", {"mqa-access-rights-vocabulary": 5}),
    "mqa-access-rights-vocabulary": ("dct:accessRights", EU + "access-right/OURS", {}),
    "mqa-contact": ("dcat:contactPoint", "", {}),
    "mqa-publisher": ("dct:publisher", "", {}),
    "mqa-rights": ("dct:rights", "", {}),
    "mqa-byte-size": ("dcat:byteSize", "", {}),
    "mqa-issued": ("dct:issued", "", {}),
    "mqa-modified": ("dct:modified", "", {}),
}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.code)
def test_each_metric_is_lost_by_one_removal(metric: object, turtle: bytes) -> None:
    code, points = metric.code, metric.points  # type: ignore[attr-defined]
    broken, others, failing = turtle, {}, frozenset()
    if code == "mqa-dcat-ap":
        title = without(turtle, "dct:title", DATASET)
        failing = violations(title)
        assert failing == {"022055-dx-plan"}
    else:
        name, instead, others = TAKEN_OUT[code]
        broken = without(turtle, name, by=instead)

    def reach(url: str) -> int:
        return 404 if "gone" in url else 200

    found = score(broken, reach=reach, violations=failing)
    assert lost(found) == {code: points, **others}
    assert found.total.points == 405 - points - sum(others.values())
    told = {one.code: one for one in score_findings(found.datasets)}
    assert set(told) == {code, *others}
    one = told[code]
    assert (one.row_id, one.severity in {"警告", "情報"}) == ("022055-dx-plan", True)
    assert f"{points}点" in one.message
    assert f"{points} MQA points" in one.message_en
    assert one.fix
    assert one.fix_en
    assert one.fix == metric.fix[0]  # type: ignore[attr-defined]
    assert "{" not in one.message + one.message_en + one.fix + one.fix_en


def test_what_was_not_measured_is_neither_nothing_nor_full(turtle: bytes) -> None:
    found = score(turtle).total
    assert (found.points, found.measured_of, found.not_measured) == (295, 295, 110)
    asked = score(turtle, reach=lambda url: None, violations=()).total
    assert (asked.points, asked.measured_of) == (325, 325)
    half = score(turtle, reach=lambda url: 200 if url.endswith(".csv") else None, violations=())
    assert (half.total.points, half.total.measured_of) == (355, 355)


def test_errors_of_the_check_of_the_metadata_cost_the_dataset_its_compliance() -> None:
    turtle = catalog(make_package("022055-dx-plan"), make_package("152064-ict-plan"))
    assert lost(score(turtle, violations={""})) == {"mqa-dcat-ap": 30}
    assert lost(score(turtle, violations={"152064-ict-plan"})) == {"mqa-dcat-ap": 15}
    assert lost(score(turtle, violations={DATASET})) == {"mqa-dcat-ap": 15}
    assert lost(score(turtle, violations={"no-such"})) == {}


@pytest.mark.parametrize(
    ("code", "severity", "counts"),
    [
        ("dcat-ap-missing", "誤り", True),
        ("dcat-ap-missing", "警告", False),
        ("metadata-publisher-missing", "誤り", False),  # ours alone asks for it
        ("metadata-period-order", "誤り", False),
        ("metadata-title-missing", "誤り", True),  # DCAT-AP asks for it too
        ("metadata-description-missing", "誤り", True),  # a warning of ours that DCAT-AP raised
        ("metadata-description-missing", "警告", False),
        (ERROR.code, "誤り", False),
    ],
)
def test_only_official_shapes_decide_on_compliance(code: str, severity: str, counts: bool) -> None:
    finding = replace(ERROR, code=code, severity=severity, row_id="d")
    assert violating([finding]) == ({"d"} if counts else set())


def test_a_rule_of_ours_alone_costs_no_compliance() -> None:
    turtle = catalog()
    for name, broken in (("dct:publisher", False), ("dct:description", True), ("dct:title", True)):
        found = violating(gate(without(turtle, name, DATASET)))
        assert found == ({"022055-dx-plan"} if broken else set()), name


def test_a_catalog_counts_with_the_share_of_its_datasets() -> None:
    turtle = catalog(make_package("022055-dx-plan"), make_package("152064-ict-plan", keywords=()))
    found = score(turtle, violations=())
    assert lost(found) == {"mqa-keyword": 15}
    assert [one.score.points for one in found.datasets] == [325, 295]
    assert [one.name for one in found.datasets] == ["022055-dx-plan", "152064-ict-plan"]


@pytest.mark.parametrize(
    ("points", "name"),
    [(0, "Bad"), (120, "Bad"), (121, "Sufficient"), (220, "Sufficient"), (221, "Good"),
     (Fraction(350999, 1000), "Good"), (351, "Excellent"), (405, "Excellent")],
)  # fmt: skip
def test_ratings(points: Fraction, name: str) -> None:
    assert rating(points) == name


def test_points_are_cut_off_never_rounded_up() -> None:
    shown = [number(Fraction(*one)) for one in ((350999, 1000), (20, 3), (1, 2), (30, 1), (0, 1))]
    assert shown == ["350.99", "6.66", "0.5", "30", "0"]


@pytest.fixture(scope="module")
def real() -> list[Package]:
    folders = sorted((ROOT / "datapackages").glob("*/package.yaml"))
    return [build_package(path.parent) for path in folders]


def real_points(name: str, turtle: bytes) -> int:
    """Their sources state no licence (30 points); a plan whose years are not known loses 20."""
    return 405 - 30 - (0 if f"/{name}#period>" in turtle.decode() else 20)


def test_the_packages_of_the_repository_are_excellent(real: list[Package], tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    with serving_folder(folder) as base:
        metadata = describe(real, base)
        publish(real, metadata, folder)
        turtle = metadata.files["catalog.ttl"]
        broken = violations(turtle)
        found = score(turtle, reach=Reach(below=base), violations=broken)
    offline = score(turtle, violations=broken)
    expected = {one.declaration.name: real_points(one.declaration.name, turtle) for one in real}
    assert len(expected) == 4
    assert min(expected.values()) >= 351
    assert {one.name: one.score.points for one in found.datasets} == expected
    assert {one.score.rating for one in found.datasets} == {"Excellent"}
    mean = Fraction(sum(expected.values()), 4)
    assert (found.total.points, found.total.rating) == (mean, "Excellent")
    assert (offline.total.points, offline.total.measured_of) == (mean - 80, 325)
    assert offline.total.best_rating == "Excellent"
    told = {(one.row_id, one.code) for one in score_findings(found.datasets)}
    licence = {(name, f"mqa-licence{part}") for name in expected for part in ("", "-vocabulary")}
    assert told - licence == {(n, "mqa-temporal") for n, points in expected.items() if points < 375}
    assert told >= licence


PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ft: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix : <https://other.example/> . """


def of(text: str) -> bytes:
    return (PREFIXES + text).encode("utf-8", "surrogatepass")


def test_the_best_file_counts_for_interoperability_and_every_file_for_the_rest() -> None:
    turtle = of(
        """:d a dcat:Dataset ; dcat:distribution :pdf, :csv .
        :pdf dct:format ft:PDF ; dct:license :l ; dcat:byteSize 5 .
        :csv dct:format "csv" ; dcat:mediaType "text/csv" ; dcat:downloadURL :csv ."""
    )
    (one,) = score(turtle).datasets
    points = {r.metric.code: (r.met, r.measured) for r in one.score.metrics}
    assert points["mqa-licence"] == points["mqa-byte-size"] == points["mqa-download"] == (1, 2)
    assert points["mqa-non-proprietary"] == points["mqa-machine-readable"] == (1, 1)
    assert points["mqa-format-vocabulary"] == (0, 1)  # words, no IRIs
    assert one.score.points == 20 + 10 + 20 + 20 + Fraction(20 + 20 + 5, 2)


def test_blank_nodes_are_things_too() -> None:
    turtle = of(
        """[] a dcat:Dataset ; dct:identifier "b" ; dct:spatial [] ; dct:publisher [] ;
        dcat:distribution [ dct:format [ a dct:MediaTypeOrExtent ] ; dcat:accessURL "x" ] .
        [] a dcat:Dataset ; dct:identifier "a" ; dcat:theme :t ."""
    )
    found = score(turtle)
    assert [(one.iri, one.name, one.score.points) for one in found.datasets] == [
        ("", "a", 30),
        ("", "b", 20 + 10 + 20),
    ]
    assert score_json(score(turtle)) == score_json(found)


@pytest.mark.parametrize(
    "text", ["", ":c a dcat:Catalog .", ":s a dcat:Dataset, dcat:DatasetSeries ."]
)
def test_nothing_to_score_has_no_points(text: str) -> None:
    found = score(of(text), reach=everything_answers, violations=())
    assert (found.datasets, found.total.points, found.total.measured_of) == ((), 0, 0)
    assert (found.total.rating, stars(of(text))) == ("Bad", ())
    assert json.loads(score_json(found))["metrics"][0]["points"] is None


def test_a_dataset_of_which_nothing_is_said_has_no_point() -> None:
    found = score(of(":d a dcat:Dataset ."), reach=everything_answers, violations=())
    assert found.total.points == 30  # it breaks no shape, by what we were told
    assert (found.total.measured_of, found.total.rating) == (405, "Bad")
    assert {one.code for one in score_findings(found.datasets)} == {
        metric.code for metric in METRICS if metric.code != "mqa-dcat-ap"
    }


@pytest.mark.parametrize("value", ['""', '"  "', '"\\u3000\\n"@ja'])
def test_blank_words_say_nothing(value: str) -> None:
    turtle = of(f":d a dcat:Dataset ; dcat:keyword {value} ; dct:issued {value} .")
    assert score(turtle).total.points == 0


@pytest.mark.parametrize(
    "value",
    [
        "<http://publications.europa.eu/resource/authority/licence/>",
        "<http://publications.europa.eu/resource/authority/licence/CC_BY_4_0/evil>",
        "<http://publications.europa.eu.evil.example/resource/authority/licence/CC_BY_4_0>",
        "<https://evil.example/?http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>",
        '"http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"',
        "<urn:CC_BY_4_0>",
    ],
)
def test_only_the_entries_of_a_list_are_of_the_list(value: str) -> None:
    turtle = of(f":d a dcat:Dataset ; dcat:distribution [ dct:license {value} ] .")
    assert score(turtle).total.points == 20


def test_a_dataset_that_is_its_own_file_and_links_to_words_ends() -> None:
    turtle = of(
        ':d a dcat:Dataset ; dct:identifier "x", "a" ; dcat:distribution :d, "a word", '
        "<<( :a :b :c )>> ."
    )
    (one,) = score(turtle).datasets
    assert one.name == "a"


@pytest.mark.parametrize("data", [b"no turtle", b"\xff\xfe", b'<a> <b> "', b"{}"])
def test_what_is_no_turtle_is_an_error_in_both_languages(data: bytes) -> None:
    with pytest.raises(MachidataError) as caught:
        score(data)
    assert caught.value.code == "metadata-unreadable"
    assert caught.value.ja
    assert caught.value.en
    assert caught.value.fix_en


def test_json_says_all_of_it(turtle: bytes) -> None:
    report = json.loads(score_json(score(turtle, violations=()), stars(turtle)))
    assert (report["points"], report["measuredOf"], report["notMeasured"]) == (325, 325, 80)
    assert (report["of"], report["rating"], report["bestRating"]) == (405, "Good", "Excellent")
    assert report["dimensions"]["accessibility"] == {"points": 20, "measuredOf": 20}
    assert [metric["code"] for metric in report["metrics"]] == [one.code for one in METRICS]
    by_code = {metric["code"]: metric for metric in report["metrics"]}
    assert by_code["mqa-access-reach"]["points"] is None
    assert by_code["mqa-keyword"]["title"] == {"ja": "キーワード", "en": "Keywords"}
    (one,) = report["datasets"]
    assert (one["name"], one["lost"], one["stars"]["earned"]) == ("022055-dx-plan", {}, 3)


def test_bytes_do_not_depend_on_hash_seed_or_locale(tmp_path: Path) -> None:
    path = tmp_path / "catalog.ttl"
    path.write_bytes(catalog(make_package("152064-ict-plan", licence=""), make_package()))
    program = (
        "import sys; from pathlib import Path;"
        "from pipelines.describe.score.points import score, score_findings;"
        "from pipelines.describe.score.report import score_json;"
        "from pipelines.describe.score.stars import stars, star_findings;"
        "turtle = Path(sys.argv[1]).read_bytes(); found = score(turtle, violations=());"
        "sys.stdout.buffer.write(score_json(found, stars(turtle)) + repr((score_findings("
        "found.datasets), star_findings(stars(turtle)))).encode())"
    )
    results = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("77", "tr_TR.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, env=env, check=True
        )
        results.add(done.stdout)
    (only,) = results
    assert len(only) > 3000
