"""Every kind of finding says what a reader needs, and a half-said one is refused at import."""

from __future__ import annotations

import re
from types import new_class
from typing import Any

import pytest

from pipelines.findings import REGISTRY, SHAPES, FindingKind, every, kind_of, room_of
from pipelines.findings.shapes import shape_kinds

WHOLE = {
    "code": "test-kind",
    "severity": "警告",
    "title": "題",
    "title_en": "title",
    "ja": "文",
    "en": "sentence",
    "fix": "対処",
    "fix_en": "fix",
}
KINDS = {**every(), **shape_kinds()}


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("test-kind", ""):
        monkeypatch.setitem(REGISTRY, code, FindingKind)
        monkeypatch.delitem(REGISTRY, code)


def declared(**changes: Any) -> type[FindingKind]:
    return new_class("Some", (FindingKind,), {}, lambda body: body.update({**WHOLE, **changes}))


def test_a_whole_kind_is_registered() -> None:
    kind = declared()
    assert REGISTRY["test-kind"] is kind


@pytest.mark.parametrize("name", ["code", "title", "title_en", "ja", "en", "fix", "fix_en"])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_kind_that_does_not_say_all_is_refused(name: str, nothing: str) -> None:
    with pytest.raises(ValueError, match=rf"lacks {name}\b"):
        declared(**{name: nothing})
    assert "test-kind" not in REGISTRY


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown severity: 注意"):
        declared(severity="注意")


def test_a_code_is_declared_once() -> None:
    declared()
    with pytest.raises(ValueError, match="declared twice: test-kind"):
        declared()


@pytest.mark.parametrize("code", KINDS)
def test_codes_titles_and_languages_are_in_shape(code: str) -> None:
    kind = KINDS[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert 1 < len(kind.title) <= 26
    assert not kind.title.endswith("。")
    assert len(kind.title_en) <= 70
    assert kind.title_en[0].isupper()
    assert not kind.title_en.endswith(".")
    assert re.search("[ぁ-んァ-ヶ一-龠]", kind.title + kind.ja)
    assert all((kind.ja, kind.en, kind.fix, kind.fix_en))


def test_titles_tell_kinds_apart_within_a_room() -> None:
    told = [(room_of(code), kind.title) for code, kind in KINDS.items()]
    assert sorted(set(told)) == sorted(told)


def test_a_kind_and_its_room_are_found_by_the_code() -> None:
    assert room_of("row-short") == "tidy"
    assert room_of("metadata-id-missing") == SHAPES
    kind = kind_of("metadata-theme-eu")
    assert kind is not None
    assert (kind.severity, kind.title) == ("情報", "EUの分類がない")
    assert kind_of("no-such-code") is None
    assert room_of("no-such-code") == ""
