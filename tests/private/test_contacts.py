"""Telephone numbers and addresses of mail: a person's, an office's, and what is neither."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.private import is_contact, masked, private_parts


def told(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.shown) for part in private_parts(text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0173-35-2111", "017*-**-****"),
        ("０１７３－３５－２１１１", "017*-**-****"),
        ("03ー1234ー5678", "03-1***-****"),
        ("0173(35)2111", "017*(**)****"),
        ("（0173）35-2111", "(017*)**-****"),
        ("090-1234-5678", "090-****-****"),
        ("09012345678", "090********"),
        ("080 1234 5678", "080 **** ****"),
        ("+81-90-1234-5678", "+81-9*-****-****"),
        ("+81 173 35 2111", "+81 1** ** ****"),
        ("電話 35-2111", "35-****"),
        ("電話番号は0173352111", "017*******"),
        ("TEL:0173 35 2111", "017* ** ****"),
        ("Tel.0173-35-2111", "017*-**-****"),
        ("総務課 山田 090-1234-5678", "090-****-****"),
        ("代表者 0173-35-2111", "017*-**-****"),
        ("関係 0173-35-2111", "017*-**-****"),
    ],
)
def test_a_number_without_an_office_and_every_mobile_is_a_persons(text: str, shown: str) -> None:
    assert told(text) == [("phone", shown)]
    assert shown in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "総務課 0173-35-2111",
        "市役所代表 0173-35-2111",
        "代表（0173）35-2111",
        "0120-123-456",
        "0570-012-345",
        "0800-123-4567",
        "消防本部（電話0173-35-2111）",
        "デジタル推進係 03-1234-5678",
    ],
)
def test_a_number_beside_an_office_is_the_offices(text: str) -> None:
    assert [kind for kind, _ in told(text)] == ["phone-office"]
    assert "*" in told(text)[0][1]
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-31",
        "01-02-2024",
        "037-8686",
        "〒037-8686",
        "0201010101",
        "00-1234-5678",
        "090-0000-0000",
        "0-1-2",
        "022055-04-2024",
        "0.173-35-2111",
        "100-0173-35-2111",
        "35-2111",
        "令和4年度 1,256 3,459",
        "012 345 678",
        "F0173-35-2111",
        "03-1234-56789",
        "会員電話 5 6",
    ],
)
def test_what_is_no_telephone_number(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("taro@example.com", "email"),
        ("連絡はtaro.yamada+a@mail.example.co.jpまで", "email"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", "email"),
        ("taro[at]example.com", "email"),
        ("taro (アット) example.com", "email"),
        ("soumu@city.goshogawara.lg.jp", "email-office"),
        ("info@town.hashikami.aomori.jp", "email-office"),
        ("a@digital.go.jp", "email-office"),
        ("a@lg.jp.example.com", "email"),
        ("a@notlg.jp", "email"),
    ],
)
def test_addresses_of_mail(text: str, kind: str) -> None:
    [(found, shown)] = told(text)
    assert found == kind
    assert shown.startswith(("***@", "t***@***", "a***@***"))
    assert (masked(text) == text) is (kind == "email-office")


@pytest.mark.parametrize(
    "text", ["a@b", "@example.com", "5@100円", "a@b@c", "10個 @ 500円", "data"]
)
def test_what_is_no_address_of_mail(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "name", ["連絡先", "電話番号", "問い合わせ先", "メールアドレス", "contact_TEL", "E-Mail"]
)
def test_columns_for_calling(name: str) -> None:
    assert is_contact(name)


@pytest.mark.parametrize("name", ["内容", "原文", "担当課", "名称"])
def test_other_columns(name: str) -> None:
    assert not is_contact(name)


@given(st.sampled_from("789"), st.integers(10_000_001, 99_999_999))
def test_every_mobile_is_found_and_never_shown(second: str, rest: int) -> None:
    digits = str(rest)
    text = f"総務課の担当 0{second}0-{digits[:4]}-{digits[4:]} まで"
    if digits[1:].strip("0"):
        assert [kind for kind, _ in told(text)] == ["phone"]
        assert digits[4:] not in masked(text)


@pytest.mark.parametrize(
    "sign", ["a", "#", "0", "0-", "a.", "@", "(", "氏", "山", "電話", "氏名:", " "]
)
def test_a_hostile_cell_is_read_in_no_time(sign: str) -> None:
    begin = time.process_time()
    private_parts(sign * 50_000)
    assert time.process_time() - begin < 5
