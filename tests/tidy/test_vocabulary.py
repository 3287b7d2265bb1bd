"""What the vocabulary promises to its readers."""

from __future__ import annotations

import pytest

from pipelines.tidy.figures import figures
from pipelines.tidy.layout import role_of
from pipelines.tidy.matrix import mark_of
from pipelines.tidy.text import split_number
from pipelines.tidy.values import read_value
from pipelines.vocabulary import (
    Concept,
    check_digit,
    fold,
    municipalities,
    scheme,
    scheme_names,
    table_schemas,
)
from tests.tidy.making import cell

CONCEPTS = [(name, concept) for name in scheme_names() for concept in scheme(name)]


def labels(name: str) -> list[tuple[str, Concept]]:
    """Every Japanese label of a scheme with its concept."""
    return [(label, one) for one in scheme(name) for label in (one.labels["ja"], *one.alt)]


@pytest.mark.parametrize(
    ("name", "concept"), CONCEPTS, ids=[f"{n}-{c.notation}" for n, c in CONCEPTS]
)
def test_every_concept_is_labelled_in_both_languages(name: str, concept: Concept) -> None:
    assert concept.labels.get("ja", "").strip()
    assert concept.labels.get("en", "").strip()
    assert concept.iri.startswith(f"https://machidata.example/vocab/{name}#") or concept.matches


@pytest.mark.parametrize("name", scheme_names())
def test_no_label_names_two_concepts(name: str) -> None:
    seen: dict[str, str] = {}
    for concept in scheme(name):
        for label in {fold(word) for word in (*concept.labels.values(), *concept.alt)}:
            assert seen.setdefault(label, concept.iri) == concept.iri
    notations = [concept.notation for concept in scheme(name)]
    assert len(notations) == len(set(notations))


@pytest.mark.parametrize(("label", "concept"), labels("roles"))
@pytest.mark.parametrize("form", ["{}", " {} ", "{} 令和5年度", "令和5年度 {}", "{}（R5）"])
def test_every_heading_is_recognised(label: str, concept: Concept, form: str) -> None:
    assert role_of(form.format(label))[0] == concept.notation


@pytest.mark.parametrize(("label", "concept"), labels("units"))
def test_every_unit_is_read(label: str, concept: Concept) -> None:
    if concept.first("classifier"):
        assert figures(f"利用12{label}以上") == []  # it names a class
        return
    (reading,) = read_value(f"12{label}")
    assert (reading.value, reading.unit_key, reading.unit) == (12, concept.notation, concept.ja)
    (figure,) = figures(f"利用12{label}")
    assert (figure.value, figure.unit_key, figure.label) == (12, concept.notation, "利用")


@pytest.mark.parametrize(("label", "concept"), labels("missing"))
def test_every_mark_of_a_missing_value_is_read(label: str, concept: Concept) -> None:
    (reading,) = read_value(label)
    if concept.notation == "not-done" and not label.startswith("("):
        assert (reading.state, reading.missing) == (label, "")  # a word, not a mark
    else:
        assert (reading.missing, reading.known) == (concept.ja, True)


@pytest.mark.parametrize(("label", "concept"), labels("words"))
def test_every_word_is_a_state(label: str, concept: Concept) -> None:
    (reading,) = read_value(label)
    assert (reading.state, reading.known, reading.value) == (label, True, None)
    assert scheme("words").match(label) is concept


@pytest.mark.parametrize(
    ("label", "concept"), [(lb, c) for lb, c in labels("qualifiers") if c.first("side") != "range"]
)
def test_every_qualifier_is_read(label: str, concept: Concept) -> None:
    printed = f"{label}12人" if concept.first("side") == "before" else f"12人{label}"
    (reading,) = read_value(printed)
    assert (reading.value, reading.unit, reading.qualifier) == (12, "人", concept.ja)


@pytest.mark.parametrize(("label", "concept"), labels("marks"))
def test_every_mark_is_a_status(label: str, concept: Concept) -> None:
    assert mark_of(cell(label)) is concept
    allowed = {one.ja for one in scheme("progress")}
    assert concept.first("status") in allowed


@pytest.mark.parametrize(("label", "concept"), labels("continuation"))
def test_every_flag_is_taken_off(label: str, concept: Concept) -> None:
    flags = split_number(f"【{label}】1. 朝市").flags
    assert [scheme("continuation").match(flag) for flag in flags] == [concept]


def test_eras_follow_each_other() -> None:
    eras = sorted(scheme("eras"), key=lambda era: int(era.first("first")))
    assert [era.first("letter") for era in eras] == ["M", "T", "S", "H", "R"]
    assert len({era.first("first") for era in eras}) == len(eras)


def test_codes_of_towns_have_their_check_digit() -> None:
    towns = municipalities()
    assert towns["022039"].full_name == "青森県八戸市"
    assert all(check_digit(code[:5]) == code[5] for code in towns)
    assert all(code == town.code for code, town in towns.items())


def test_every_table_starts_with_the_same_columns() -> None:
    for slug, schema in table_schemas().items():
        names = [field["name"] for field in schema["fields"]]
        assert names[:3] == ["全国地方公共団体コード", "ID", "地方公共団体名"], slug
        physical = [field["physicalName"] for field in schema["fields"]]
        assert len(set(names)) == len(names)
        assert len(set(physical)) == len(physical)
