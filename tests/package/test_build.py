"""`package`: files, findings, descriptor; frictionless and the rules of Data Package v2."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pytest

from pipelines.findings.schema import SchemaType
from pipelines.findings.tidy import Note, ValueUnknown
from pipelines.model import Acceptance, MachidataError, Package, Tables
from pipelines.package import package
from pipelines.package.write import write_package
from pipelines.vocabulary import municipalities, table_schemas
from tests.check.samples import sample_tables
from tests.package.makers import HASHES, declaration, made

CODE = "022055"
FOUND = (
    ValueUnknown.at(table="observation", row_id="x-1", place="L12:C6", found="<b>不明</b>"),
    Note.at(place="L40", found='注記, "引用"'),
)


def own(package_: Package) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(package_.files["datapackage.json"])
    return content


def test_every_table_with_rows_has_its_file() -> None:
    built = made(findings=FOUND)
    slugs = [resource.slug for resource in built.resources]
    assert slugs == list(table_schemas())
    for resource in built.resources:
        assert resource.path == f"data/{CODE}_{resource.slug}.csv"
        assert built.files[resource.path] == resource.data
        assert hashlib.sha256(resource.data).hexdigest() == resource.sha256
        assert resource.rows == resource.data.count(b"\r\n") - 1
    assert set(built.files) == {r.path for r in built.resources} | {"datapackage.json"}


def test_empty_tables_are_not_written_and_nobody_refers_to_them() -> None:
    tables = sample_tables()
    for slug in ("initiative", "indicator", "term"):
        tables.tables[slug].rows.clear()
    del tables.tables["goal"]
    built = package(declaration(), municipalities()[CODE], tables, [], HASHES)
    names = {resource.slug for resource in built.resources}
    assert names.isdisjoint({"initiative", "indicator", "term", "goal", "finding"})
    for resource in own(built)["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            assert key["reference"].get("resource", resource["name"]) in names


def test_rows_keep_their_order_and_values() -> None:
    built = made(rows=12)
    lines = built.files[f"data/{CODE}_term.csv"].decode("utf-8-sig").split("\r\n")
    assert [line.split(",")[1] for line in lines[1:-1]] == [
        f"022055-dx-plan-term-{n}" for n in range(12)
    ]


def test_findings_become_a_table() -> None:
    built = made(findings=FOUND)
    lines = built.files[f"data/{CODE}_finding.csv"].decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "value-unknown,警告,observation,x-1,L12:C6,<b>不明</b>" in lines[1]
    assert '"注記, ""引用"""' in lines[2]
    assert built.findings == FOUND
    assert not built.has_errors


def test_findings_of_tidy_come_first_and_none_is_written_twice() -> None:
    tables = sample_tables()
    tables.findings = [FOUND[1]]
    both = package(declaration(), municipalities()[CODE], tables, [*FOUND, FOUND[0]], HASHES)
    assert both.findings == (FOUND[1], FOUND[0])


def ids(findings: tuple[Any, ...]) -> list[str]:
    lines = made(findings=findings).files[f"data/{CODE}_finding.csv"].decode("utf-8-sig")
    return [line.split(",")[1] for line in lines.splitlines()[1:]]


def test_an_added_finding_does_not_renumber_the_others() -> None:
    extra = ValueUnknown.at(table="observation", row_id="x-0", place="L1:C1", found="？")
    before, after = ids(FOUND), ids((extra, *FOUND))
    assert after[1:] == before
    assert len(set(after)) == 3
    pattern = table_schemas()["finding"]["fields"][1]["constraints"]["pattern"]
    assert all(re.fullmatch(pattern, one) for one in after)


def test_findings_that_agree_in_everything_but_the_words_keep_apart() -> None:
    twin = replace(FOUND[0], message="別の文", fix="別の対処")
    found = ids((FOUND[0], twin))
    assert found[1] == f"{found[0]}-2"


def test_the_descriptor_says_what_the_package_is() -> None:
    content = own(made())
    assert content["name"] == "022055-dx-plan"
    assert content["title"] == "五所川原市DX推進計画"
    assert content["created"] == "2026-03-31T00:00:00+09:00"
    assert content["keywords"] == ["DX", "計画"]
    assert "licenses" not in content, "no licence is ever assumed"
    assert content["contributors"][0]["title"] == "青森県五所川原市"
    assert content["sources"][0]["path"] == "https://example.jp/p"
    assert content["sources"][0]["machidata:hash"] == "sha256:" + HASHES["plan"]
    assert content["sources"][0]["machidata:extract"] == "source/plan.txt"
    assert "path" not in content["sources"][1], "a catalog has no source/"
    assert content["sources"][1]["machidata:extract"] == "source/progress.txt"
    assert all(source["title"] for source in content["sources"])
    assert "path" not in content["contributors"][1]


def test_a_stated_licence_is_told_with_its_address() -> None:
    (licence,) = own(made(licence="CC-BY-4.0"))["licenses"]
    assert licence["name"] == "CC-BY-4.0"
    assert licence["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert own(made(licence="CC BY 4.0"))["licenses"] == [licence]


def test_an_unknown_licence_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(MachidataError) as error:
        made(licence="自由")
    assert error.value.code == "licence-unknown"
    assert "CC-BY-4.0" in error.value.expected


def test_what_is_not_stated_is_left_out() -> None:
    content = own(made(version="", publisher_url="", keywords=(), description_en="", spatial=""))
    assert not {"version", "homepage", "keywords", "machidata:spatial"} & set(content)
    assert "" not in content.values()


def test_a_hostile_title_survives_as_data() -> None:
    title = '</script><b>"\\\n\u202e題'
    assert own(made(title=title))["title"] == title


def test_the_schema_is_the_vocabularys() -> None:
    built = made(findings=FOUND)
    for resource in own(built)["resources"]:
        assert resource["schema"] == table_schemas()[resource["name"]]
    assert own(built) == json.loads(json.dumps(built.descriptor))


# --- Data Package v2 ---------------------------------------------------------------------------

PATH = re.compile(r"(?!.*\.\.)[^./~\\:][^\\:]*|https?://.+")


def test_the_rules_of_data_package_v2_for_the_package() -> None:
    content = own(made(findings=FOUND, licence="CC-BY-4.0"))
    assert content["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert "profile" not in content, "v1"
    assert content["resources"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}", content["created"])
    assert all(re.fullmatch(r"[-a-zA-Z0-9._]+", one["name"]) for one in content["licenses"])
    for one in content["contributors"]:
        assert "role" not in one, "v1"
        assert set(one["roles"]) <= {"creator", "publisher", "contact"}, "nobody states more"
    for one in [*content["sources"], *content["contributors"], *content["licenses"]]:
        assert PATH.fullmatch(one.get("path", "x"))


def test_the_rules_of_data_package_v2_for_the_resources() -> None:
    resources = own(made(findings=FOUND))["resources"]
    names = [resource["name"] for resource in resources]
    assert len(set(names)) == len(names)
    for resource in resources:
        assert resource["type"] == "table"
        assert PATH.fullmatch(resource["path"])
        assert not any(part.startswith(".") for part in resource["path"].split("/"))
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", resource["hash"])
        assert isinstance(resource["bytes"], int)
        assert (resource["encoding"], resource["format"]) == ("utf-8", "csv")
        assert resource["dialect"].keys().isdisjoint({"caseSensitiveHeader", "csvddfVersion"})
        schema = resource["schema"]
        assert isinstance(schema["primaryKey"], list)
        for key in schema.get("foreignKeys", []):
            assert isinstance(key["fields"], list)
            assert key["reference"].get("resource") != "", "v1 wrote an empty name for itself"


def test_frictionless_finds_the_written_package_valid(tmp_path: Path) -> None:
    built = made(findings=FOUND)
    write_package(built, tmp_path)
    with frictionless.system.use_context(trusted=True):
        read = frictionless.Package(str(tmp_path / "datapackage.json"))
        report = read.validate()
        assert report.valid, report.flatten(["type", "message"])
        rows = {r.name: [list(row.to_list()) for row in r.read_rows()] for r in read.resources}
    for slug, found in rows.items():
        if slug != "finding":
            names = [field["name"] for field in table_schemas()[slug]["fields"]]
            wanted = [[row[n] for n in names] for row in sample_tables().rows(slug)]
            assert found == wanted, slug


def test_frictionless_notices_a_changed_byte(tmp_path: Path) -> None:
    write_package(made(), tmp_path)
    file = tmp_path / "data" / f"{CODE}_term.csv"
    file.write_bytes(file.read_bytes().replace("の例".encode(), "の礼".encode(), 1))
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert not report.valid


# --- same input, same bytes --------------------------------------------------------------------

DIGEST = """
import csv
import hashlib
from tests.package.makers import made
files = made(rows=5, licence="CC-BY-4.0").files
print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1"])
def test_bytes_do_not_depend_on_hash_seed_zone_or_locale(seed: str) -> None:
    root = Path(__file__).parents[2]
    env = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(root)}
    out = subprocess.run(
        [sys.executable, "-c", DIGEST], env=env, cwd=root, capture_output=True, check=True
    )
    files = made(rows=5, licence="CC-BY-4.0").files
    here = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    assert out.stdout.decode().strip() == here


def test_no_folder_of_this_machine_is_in_the_files() -> None:
    built = made(folder=Path("/secret/place/022055-dx-plan"))
    assert all(b"/secret" not in data for data in built.files.values())


def test_an_error_marks_the_package() -> None:
    wrong = replace(FOUND[0], severity="誤り")
    assert made(findings=(wrong,)).has_errors


def test_no_tables_at_all() -> None:
    tables = Tables(code=CODE, municipality="青森県五所川原市", plan_id="022055-dx-plan")
    built = package(declaration(), municipalities()[CODE], tables, [], {})
    assert list(built.files) == ["datapackage.json"]


# --- acceptance --------------------------------------------------------------------------------


def test_an_accepted_error_is_listed_with_its_reason_and_stops_nothing() -> None:
    wrong = SchemaType.at(table="term", row_id="x-1", place="行2 年度", found="五", column="年度")
    entry = Acceptance("schema-type", "原文,のとおり", place="行2 年度")
    before, after = made(findings=(wrong,)), made(findings=(wrong,), accept=(entry,))
    assert before.has_errors
    assert not after.has_errors
    (row,) = csv.DictReader(
        after.files[f"data/{CODE}_finding.csv"].decode("utf-8-sig").splitlines()
    )
    assert row["対処"] == f"{wrong.fix} 承認済み: 原文,のとおり"
    assert (row["重大度"], row["位置"]) == ("誤り", "行2 年度")
    (plain,) = csv.DictReader(
        before.files[f"data/{CODE}_finding.csv"].decode("utf-8-sig").splitlines()
    )
    assert {**row, "対処": wrong.fix} == plain, "the ID and all else stay"


def test_a_stale_acceptance_stands_in_the_table_of_findings() -> None:
    entry = Acceptance("schema-type", "x", place="行2 年度")
    lines = made(accept=(entry,)).files[f"data/{CODE}_finding.csv"].decode("utf-8-sig")
    assert ",accept-unused,警告," in lines
    licence = Acceptance("mqa-licence", "x", row_id="022055-dx-plan")
    assert not made(accept=(licence,)).findings, "what the metadata find is not known yet"
