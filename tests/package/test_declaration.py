"""`load_declaration`: a right declaration, and every way in which it can be wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.declaration import find_packages, load_declaration
from pipelines.model import Contact, Declaration, MachidataError, Source

FULL = """\
municipality: 022055
title: 五所川原市DX推進計画
title_en: DX plan of Goshogawara
description: |
  計画と進捗。
  二つの文書から。
licence: CC-BY-4.0
frequency: ANNUAL
themes: [GOVE]
keywords:
  - DX
  - 計画
contact:
  name: 例の課
  name_en: Example section
  email: dx@example.jp
publisher_url: https://example.jp/
issued: 2026-03-31
modified: 2026-04-01
version: 1.10
spatial: https://sws.geonames.org/1/
period: {start: 2022-04-01, end: 2026-03-31}
sources:
  - key: plan
    path: source/plan.txt
    document: plan.txt
    title: 計画
    url: https://example.jp/plan
    hints:
      goals: 2
  - key: progress
    path: source/progress.txt
"""
SHORT = """\
municipality: "022055"
title: 題
contact: {name: 例の課, url: https://example.jp/}
issued: 2026-03-31
sources: [{key: plan, path: source/plan.txt}]
"""


def load(tmp_path: Path, text: str | bytes, name: str = "022055-dx-plan") -> Declaration:
    folder = tmp_path / name
    folder.mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "package.yaml").write_bytes(data)
    return load_declaration(folder)


def refused(tmp_path: Path, text: str | bytes) -> MachidataError:
    with pytest.raises(MachidataError) as caught:
        load(tmp_path, text)
    error = caught.value
    assert error.exit_code == 2
    assert error.ja
    assert error.en
    assert error.fix_ja
    assert error.fix_en
    assert error.where.startswith("022055-dx-plan/package.yaml")
    assert str(tmp_path) not in f"{error.where} {error} {error.found}"
    return error


def test_a_full_declaration(tmp_path: Path) -> None:
    assert load(tmp_path, FULL) == Declaration(
        name="022055-dx-plan",
        folder=tmp_path / "022055-dx-plan",
        municipality="022055",  # YAML would read an octal number
        title="五所川原市DX推進計画",
        title_en="DX plan of Goshogawara",
        description="計画と進捗。\n二つの文書から。",
        description_en="",
        licence="CC-BY-4.0",
        frequency="ANNUAL",
        themes=("GOVE",),
        keywords=("DX", "計画"),
        contact=Contact("例の課", "Example section", "dx@example.jp", ""),
        sources=(
            Source("plan", "source/plan.txt", "plan.txt", "計画", "", "https://example.jp/plan"),
            Source("progress", "source/progress.txt"),
        ),
        issued=date(2026, 3, 31),
        modified=date(2026, 4, 1),
        version="1.10",  # and here 1.1
        publisher_url="https://example.jp/",
        spatial="https://sws.geonames.org/1/",
        period=("2022-04-01", "2026-03-31"),
        hints={"plan": {"goals": "2"}, "progress": {}},
    )


def test_the_shortest_declaration(tmp_path: Path) -> None:
    found = load(tmp_path, SHORT)
    assert found.licence == "", "no licence is ever assumed"
    assert found.modified == found.issued
    assert (found.keywords, found.themes, found.version) == ((), (), "")


@pytest.mark.parametrize("nothing", ["", "~", "null", '""', "   # まだ決まっていない"])
def test_an_empty_value_counts_as_absent(tmp_path: Path, nothing: str) -> None:
    text = SHORT + f"licence: {nothing}\nkeywords: {nothing}\nmodified: {nothing}\n"
    found = load(tmp_path, text)
    assert (found.licence, found.keywords, found.modified) == ("", (), found.issued)


@pytest.mark.parametrize("written", ["http://sws.geonames.org/21", "https://sws.geonames.org/21/"])
def test_an_area_has_one_spelling(tmp_path: Path, written: str) -> None:
    assert load(tmp_path, f"{SHORT}spatial: {written}\n").spatial == "https://sws.geonames.org/21/"


def test_a_bom_is_no_trouble(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbf" + SHORT.encode()).title == "題"


def swap(old: str, new: str) -> str:
    assert old in SHORT
    return SHORT.replace(old, new)


CODE = 'municipality: "022055"'
WRONG = [
    # what is wrong, the text, code, part of where, found
    ("no code", swap(CODE, "municipality:"), "municipality-missing", "municipality", ""),
    ("no code key", swap(CODE + "\n", ""), "municipality-missing", "municipality", ""),
    ("check digit", swap("022055", "022054"), "municipality-invalid", "municipality", "022054"),
    ("lost zero", swap("022055", "22055"), "municipality-invalid", "municipality", "22055"),
    ("full width", swap("022055", "０２２０５５"), "municipality-invalid", "", "０２２０５５"),
    ("prefecture", swap("022055", "020001"), "municipality-unknown", "municipality", "020001"),
    ("code list", swap(CODE, "municipality: [1]"), "package-invalid", "municipality", "list"),
    ("unknown key", SHORT + "license: MIT\n", "package-invalid", "license", "license"),
    ("no title", swap("題", '""'), "package-invalid", "title", ""),
    ("title list", swap("題", "[a, b]"), "package-invalid", "title", "list"),
    ("no contact", swap("contact: {name: 例の課, url: https://example.jp/}\n", ""),
     "package-invalid", "contact.name, contact.email", ""),
    ("contact text", swap("{name: 例の課, url: https://example.jp/}", "例の課"),
     "package-invalid", "contact", "例の課"),
    ("no way to ask", swap(", url: https://example.jp/", ""),
     "package-invalid", "contact.email", ""),
    ("contact url", swap("https://example.jp/}", "'javascript:alert(1)'}"),
     "package-invalid", "contact.url", "javascript:alert(1)"),
    ("contact email", swap("url: https://example.jp/", "email: a b@c"),
     "package-invalid", "contact.email", "a b@c"),
    ("contact key", swap("name: 例の課", "name: 例の課, fax: 1"),
     "package-invalid", "contact.fax", "fax"),
    ("telephone", swap("name: 例の課", "name: 例の課, phone: 12345"),
     "package-invalid", "contact.phone", "12345"),
    ("series without a title", swap("issued:", "series: {name: a, edition: 2026}\nissued:"),
     "package-invalid", "series.title", ""),
    ("edition", swap("issued:", "series: {name: a, edition: 令和8年, title: 版}\nissued:"),
     "package-invalid", "series.edition", "令和8年"),
    ("series name", swap("issued:", "series: {name: ../a, edition: 2026, title: 版}\nissued:"),
     "package-invalid", "series.name", "../a"),
    ("no date", swap("2026-03-31", ""), "package-invalid", "issued", ""),
    ("bad date", swap("2026-03-31", "2026-02-30"), "package-invalid", "issued", "2026-02-30"),
    ("era date", swap("2026-03-31", "令和8年3月"), "package-invalid", "issued", "令和8年3月"),
    ("short date", swap("2026-03-31", "20260331"), "package-invalid", "issued", "20260331"),
    ("before", SHORT + "modified: 2026-03-30\n", "package-invalid", "modified", "2026-03-30"),
    ("homepage", SHORT + "publisher_url: ftp://x\n", "package-invalid", "publisher_url", "ftp://x"),
    ("area of another list", SHORT + "spatial: https://example.jp/place/1\n",
     "package-invalid", "spatial", "https://example.jp/place/1"),
    ("area page", SHORT + "spatial: https://www.geonames.org/2130658/x.html\n",
     "package-invalid", "spatial", "https://www.geonames.org/2130658/x.html"),
    ("twice", SHORT + "keywords: [a, a]\n", "package-invalid", "keywords", "a"),
    ("empty word", SHORT + "themes: ['']\n", "package-invalid", "themes", ""),
    ("deep word", SHORT + "themes: [[a]]\n", "package-invalid", "themes", "['a']"),
    ("word text", SHORT + "themes: a\n", "package-invalid", "themes", "str"),
    ("period", SHORT + "period: {start: 2026-04-01, end: 2022-03-31}\n",
     "package-invalid", "period.end", "2022-03-31"),
    ("period key", SHORT + "period: {from: 2022-04-01}\n",
     "package-invalid", "period.from", "from"),
    ("no source", swap("[{key: plan, path: source/plan.txt}]", "[]"),
     "package-invalid", "sources", ""),
    ("source text", swap("[{key: plan, path: source/plan.txt}]", "[plan]"),
     "package-invalid", "sources[0]", "plan"),
    ("source key", swap("key: plan, ", ""), "package-invalid", "sources[0].key", ""),
    ("odd key", swap("key: plan", "key: a/b"), "package-invalid", "sources[0].key", "a/b"),
    ("no path", swap(", path: source/plan.txt", ""), "package-invalid", "sources[0].path", ""),
    ("hints", swap("path: source/plan.txt", "path: a, hints: [1]"),
     "package-invalid", "sources[0].hints", "['1']"),
    ("deep hint", swap("path: source/plan.txt", "path: a, hints: {a: {b: c}}"),
     "package-invalid", "sources[0].hints.a", "dict"),
    ("a list", "- a\n", "package-invalid", "", "['a']"),
    ("nothing", "", "package-invalid", "", ""),
    ("repeated", SHORT + "title: 二\n", "package-invalid", ":6", "title ×2"),
    ("broken", SHORT + "  x: [\n", "package-invalid", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "where", "found"), [w[1:] for w in WRONG],
                         ids=[w[0] for w in WRONG])  # fmt: skip
def test_what_is_wrong_is_named(
    tmp_path: Path, text: str, code: str, where: str, found: str
) -> None:
    error = refused(tmp_path, text)
    assert error.code == code
    assert error.where.endswith(where)
    assert found in error.found
    assert error.expected or code == "municipality-unknown"


def test_the_right_check_digit_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path, swap("022055", "022054")).expected == "022055"


@pytest.mark.parametrize(
    ("typed", "meant"), [("22055", "022055"), ("02205", "022055"), ("2205", "[0-9]{6}")]
)
def test_digits_that_were_dropped_are_told(tmp_path: Path, typed: str, meant: str) -> None:
    assert refused(tmp_path, swap("022055", typed)).expected == meant


def test_an_empty_day_says_how_a_day_is_written(tmp_path: Path) -> None:
    error = refused(tmp_path, swap("2026-03-31", '""'))
    assert error.where.endswith("package.yaml: issued")
    assert error.expected == "2026-04-01 (YYYY-MM-DD)"
    assert refused(tmp_path, swap("2026-03-31", "2026/3/31")).expected == error.expected


def test_all_empty_entries_are_told_at_once(tmp_path: Path) -> None:
    text = (
        'municipality: ""\ntitle:\ncontact: {name: " ", url: ""}\nissued: ~\nsources: [{key: }]\n'
    )
    error = refused(tmp_path, text)
    gaps = ["municipality", "title", "contact.name", "contact.email", "issued"]
    gaps += ["sources[0].key", "sources[0].path"]
    assert error.where.endswith(": " + ", ".join(gaps))
    assert all(gap in error.ja and gap in error.en for gap in gaps)
    assert "issued: 2026-04-01 (YYYY-MM-DD); sources[0].key: plan" in error.expected
    assert error.expected in error.fix_en


def test_an_empty_declaration_with_a_list_of_no_sources(tmp_path: Path) -> None:
    assert refused(tmp_path, "title: x\nsources: []\n").where.endswith("issued, sources")


def test_two_sources_of_one_key(tmp_path: Path) -> None:
    both = "[{key: a, path: x}, {key: a, path: y}]"
    text = swap("[{key: plan, path: source/plan.txt}]", both)
    assert refused(tmp_path, text).where.endswith("sources")


@pytest.mark.parametrize(
    "path",
    [
        "../other/plan.txt",
        "source/../../plan.txt",
        "source/../plan.txt",
        "/etc/passwd",
        "//host/x",
        "~/plan.txt",
        "./plan.txt",
        ".git/config",
        "source/.hidden",
        "source//plan.txt",
        "source\\plan.txt",
        "'C:/plan.txt'",
        "'file:///etc/passwd'",
    ],
)
def test_a_source_outside_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    assert refused(tmp_path, swap("source/plan.txt", path)).code == "source-outside"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "022055-dx-plan"
    folder.mkdir()
    (tmp_path / "secret").mkdir()
    (folder / "source").symlink_to(tmp_path / "secret", target_is_directory=True)
    assert refused(tmp_path, SHORT).code == "source-outside"


def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "022055-dx-plan"
    folder.mkdir()
    (folder / "source").symlink_to(folder / "source")
    assert refused(tmp_path, SHORT).code == "source-outside"


@pytest.mark.parametrize("name", ["../plan.txt", "a/b.txt", "..", ".x", "a\\b", "'C:x'"])
def test_a_document_is_a_plain_file_name(tmp_path: Path, name: str) -> None:
    text = swap("path: source/plan.txt", f"path: source/plan.txt, document: {name}")
    assert refused(tmp_path, text).code == "source-outside"


BOMB = "a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n"
HOSTILE = [
    BOMB + SHORT,
    "a: &a\n  b: *a\n",
    "? [a, b]\n: c\n",
    "? {a: b}\n: c\n",
    "x: " + "[" * 5000,
    "x: " + "{a: " * 50 + "}" * 50,
    "!!python/object/apply:os.system ['true']\n",
    "title: a\n---\ntitle: b\n",
    "title: \x00\n",
    "title: \x1b[31m\n",
    b"title: \xff\xfe\n",
    b"\xff\xfet\x00i\x00",
    "x: '" + "y" * 1_000_001 + "'",
    "%YAML 9.9\n---\ntitle: a\n",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_yaml_is_refused(tmp_path: Path, text: str | bytes) -> None:
    assert refused(tmp_path, text).code == "package-invalid"


@pytest.mark.parametrize("escape", ["\\0", "\\x0b", "\\x1b[31m", "\\r", "\\ud800", "\\uffff"])
def test_a_character_that_some_form_of_metadata_cannot_hold_is_refused(
    tmp_path: Path, escape: str
) -> None:
    word = f'"a{escape}b"'
    for key, text in (
        ("title", swap("題", word)),
        ("keywords", f"{SHORT}keywords: [{word}]\n"),
        ("path", swap("source/plan.txt", word)),
    ):
        error = refused(tmp_path, text)
        assert error.code == "package-invalid"
        assert error.where.endswith(key)
        assert error.found.isascii() and error.found.isprintable()


def test_tabs_line_ends_and_rare_characters_are_kept(tmp_path: Path) -> None:
    found = load(tmp_path, swap("題", '"a\\tb\\nc\\u2028\\x85𠮷"'))
    assert found.title == "a\tb\nc\u2028\x85𠮷"


def test_a_tag_builds_nothing(tmp_path: Path) -> None:
    found = load(tmp_path, swap("題", '!!python/name:os.system "x"'))
    assert found.title == "x"


def test_a_folder_without_declaration(tmp_path: Path) -> None:
    with pytest.raises(MachidataError) as error:
        load_declaration(tmp_path / "022055-none")
    assert error.value.code == "package-missing"
    assert str(tmp_path) not in str(error.value)


def test_the_folders_name_must_be_an_id(tmp_path: Path) -> None:
    with pytest.raises(MachidataError) as error:
        load(tmp_path, SHORT, "計画 1")
    assert error.value.found == "計画 1"


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.binary(max_size=80), st.text(max_size=80).map(lambda t: SHORT.encode()[:60] + t.encode())
    )
)
def test_no_bytes_break_the_reading(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data).code in {"package-invalid", "municipality-missing"}


def test_packages_are_found_by_their_file(tmp_path: Path) -> None:
    for name in ("b-plan", "a-plan", "c-none"):
        (tmp_path / name).mkdir()
    (tmp_path / "a-plan" / "package.yaml").write_text("x")
    (tmp_path / "b-plan" / "package.yaml").write_text("x")
    (tmp_path / "package.yaml").write_text("x")
    assert find_packages(tmp_path) == ["a-plan", "b-plan"]
    assert find_packages(tmp_path / "nowhere") == []


MENDED = """\
corrections:
  - {source: plan, place: "L5:C2", expect: 手續, write: 手続, reason: 旧字体, evidence: "L3"}
"""


def test_corrections_are_read(tmp_path: Path) -> None:
    (one,) = load(tmp_path, SHORT + MENDED).corrections
    assert (one.source, one.place, one.expect, one.write) == ("plan", "L5:C2", "手續", "手続")
    assert load(tmp_path, SHORT).corrections == ()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("source: plan", "source: other", "corrections[0].source"),
        ('"L5:C2"', '"5:2"', "corrections[0].place"),
        ('"L5:C2"', '"L0:C2"', "corrections[0].place"),
        ("write: 手続", "write: 手續", "corrections[0].write"),
        ("write: 手続, ", "", "corrections[0].write"),
        ("reason: 旧字体, ", "", "corrections[0].reason"),
        ("reason:", "because: 理由, reason:", "corrections[0].because"),
        ("  - {", "  {", "corrections"),
    ],
)
def test_a_wrong_correction_names_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in MENDED
    error = refused(tmp_path, SHORT + MENDED.replace(old, new, 1))
    assert error.code == "package-invalid" and error.where.endswith(key)


def test_one_text_is_corrected_once(tmp_path: Path) -> None:
    twice = MENDED + MENDED.splitlines(keepends=True)[1].replace("write: 手続", "write: 手順")
    assert refused(tmp_path, SHORT + twice).where.endswith("corrections[1].expect")
