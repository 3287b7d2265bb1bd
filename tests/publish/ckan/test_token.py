"""The token is given to the header and to nobody else."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.ckan.token import MASK, Token, token_from
from tests.publish.ckan.conftest import SECRET


def test_it_reveals_itself_only_when_asked() -> None:
    token = Token(SECRET)
    assert token.reveal() == SECRET
    assert f"{token} {token!r} {token!s} {[token]}" == f"Token({MASK}) " * 3 + f"[Token({MASK})]"


@dataclasses.dataclass
class Plan:
    token: Token


@pytest.mark.parametrize(
    "leak",
    [
        json.dumps,
        pickle.dumps,
        copy.copy,
        copy.deepcopy,
        vars,
        lambda t: dataclasses.asdict(Plan(t)),
    ],
)
def test_it_gets_into_nothing_that_is_written(leak: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError) as told:
        leak(Token(SECRET))
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("value", ["", "a b", "a\nb", "トークン", "a\x00"])
def test_what_no_header_can_carry_is_refused(value: str) -> None:
    with pytest.raises(MachidataError) as told:
        token_from({"CKAN_TOKEN": f"{value}x" if value else "\u3000x\u3000y"}, "CKAN_TOKEN")
    assert told.value.code == "token-invalid"
    assert told.value.where == "CKAN_TOKEN"
    with pytest.raises(MachidataError):
        Token(value)


@pytest.mark.parametrize("environ", [{}, {"CKAN_TOKEN": ""}, {"CKAN_TOKEN": " \n"}])
def test_a_missing_token_names_the_variable(environ: dict[str, str]) -> None:
    with pytest.raises(MachidataError) as told:
        token_from(environ | {"OTHER": SECRET}, "CKAN_TOKEN")
    assert (told.value.code, told.value.exit_code) == ("token-missing", 2)
    assert "CKAN_TOKEN" in told.value.ja
    assert "CKAN_TOKEN" in told.value.en
    assert SECRET not in repr(vars(told.value))


def test_the_environment_gives_it() -> None:
    assert token_from({"T": f" {SECRET}\n"}, "T").reveal() == SECRET


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nothing", "nothing"),
        (f"a {SECRET} b {SECRET}", f"a {MASK} b {MASK}"),
        (f"begins {SECRET[:10]}…", f"begins {MASK}…"),
        (f"{SECRET[5:20].upper()}!", f"{MASK}!"),
        (SECRET[:7], SECRET[:7]),
        (f"İ {SECRET}", MASK),
        ("İstanbul", "İstanbul"),
    ],
)
def test_runs_of_it_are_masked(text: str, shown: str) -> None:
    assert Token(SECRET).mask(text) == shown


def test_a_short_one_is_masked_whole() -> None:
    assert Token("abc").mask("xabcx ab") == f"x{MASK}x ab"
