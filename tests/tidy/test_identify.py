"""Whose document it is, and of what kind."""

from __future__ import annotations

import pytest

from pipelines.model import MachidataError
from pipelines.tidy import identify, tidy
from pipelines.tidy.identify import plan_kind
from pipelines.vocabulary import municipalities
from tests.tidy.making import TITLE, document, tab


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("八戸市DX推進計画", "022039"),
        ("上越市 情報化計画", "152226"),
        ("つくば市デジタル計画", "082201"),
        ("五 所 川 原 市\nDX推進計画", "022055"),
        ("青森県八戸市", "022039"),
    ],
)
def test_the_town_is_named(title: str, code: str) -> None:
    municipality, plan = identify(document(f"{title}\n\n朝市のこと。\n"))
    assert municipality.code == code
    assert plan.startswith(f"{code}-")


def test_a_prefecture_tells_towns_of_one_name_apart() -> None:
    # 府中市 is in 東京都 and in 広島県
    one, _ = identify(document("東京都府中市DX推進計画\n"))
    other, _ = identify(document("広島県府中市DX推進計画\n"))
    assert (one.prefecture, other.prefecture) == ("東京都", "広島県")
    with pytest.raises(MachidataError) as caught:
        identify(document("府中市DX推進計画\n"))
    assert caught.value.code == "municipality-missing"


@pytest.mark.parametrize("text", ["DX推進計画\n", "朝市の表\n", "計画の道市\n"])
def test_no_town_is_a_clear_error(text: str) -> None:
    with pytest.raises(MachidataError) as caught:
        identify(document(text))
    error = caught.value
    assert (error.code, error.exit_code) == ("municipality-missing", 2)
    assert "--municipality" in error.fix_ja
    assert "--municipality" in error.fix_en


@pytest.mark.parametrize("code", ["000000", "22039", "022030", "０２２０３９", "../etc", "020001"])
def test_an_unknown_code_is_a_clear_error(code: str) -> None:
    with pytest.raises(MachidataError) as caught:
        identify(document(TITLE), code)
    assert (caught.value.code, caught.value.found) == ("municipality-unknown", code)
    assert caught.value.expected


def test_a_given_code_wins() -> None:
    municipality, plan = identify(document(TITLE), "152226")
    assert (municipality.full_name, plan) == ("新潟県上越市", "152226-dx-plan")


@pytest.mark.parametrize(
    ("title", "kind"),
    [("八戸市DX推進計画", "dx-plan"), ("八戸市ＤＸ推進計画", "dx-plan"), ("八戸市の朝市", "plan")],
)
def test_plan_kind(title: str, kind: str) -> None:
    assert plan_kind(document(f"{title}\n\n朝市。\n")) == kind


def test_every_row_names_the_town() -> None:
    town = municipalities()["152226"]
    text = document(TITLE + tab("番号|取組名|指標|令和5年度", "1|朝市|店|3件"))
    tables = tidy([("d", text)], "152226-dx-plan", town)
    for table in tables:
        for row in table.rows:
            assert row["全国地方公共団体コード"] == "152226"
            assert row["地方公共団体名"] == "新潟県上越市"
            assert str(row["ID"]).startswith("152226-dx-plan")


def test_no_document_is_nothing_read() -> None:
    tables = tidy([], "022039-dx-plan", municipalities()["022039"])
    assert [one.code for one in tables.findings] == ["nothing-read"]
