"""Keys: what is one, who can sign, and that a private one shows itself to nobody."""

from __future__ import annotations

import base64
import copy
import json
import pickle

import pytest

from pipelines.catalogs.keys import (
    VARIABLE,
    SecretKey,
    encoded,
    is_signed,
    new_key,
    public_key,
    secret_key_from,
)
from pipelines.model import MachidataError

# RFC 8032 §7.1, test 2: one byte is signed.
SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
PRIME = 2**255 - 19
D = -121665 * pow(121666, -1, PRIME) % PRIME


def b64(hexadecimal: str) -> str:
    return encoded(bytes.fromhex(hexadecimal))


def test_signatures_are_those_of_the_standard() -> None:
    key = SecretKey(b64(SEED))
    assert key.public == b64(PUBLIC)
    assert key.sign(b"\x72").hex() == SIGNATURE
    assert is_signed(b64(PUBLIC), b64(SIGNATURE), b"\x72")
    assert not is_signed(b64(PUBLIC), b64(SIGNATURE), b"\x73")


def test_a_new_pair_belongs_together_and_is_another_each_time() -> None:
    public, private = new_key()
    assert SecretKey(private).public == public == public_key(public)
    assert (public, private) != new_key()
    assert is_signed(public, encoded(SecretKey(private).sign(b"x")), b"x")


def test_a_private_key_is_shown_to_nobody() -> None:
    _, private = new_key()
    key = SecretKey(private)
    assert f"{key!r} {key} {key!s}" == "SecretKey(•••) SecretKey(•••) SecretKey(•••)"
    for call in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError) as caught:
            call(key)  # type: ignore[operator]
        assert private not in str(caught.value)
    assert not hasattr(key, "__dict__")


def test_it_comes_from_the_environment() -> None:
    public, private = new_key()
    assert secret_key_from({VARIABLE: f" {private}\n"}).public == public
    with pytest.raises(MachidataError, match="approval-key-missing") as caught:
        secret_key_from({VARIABLE: "  "})
    assert VARIABLE in caught.value.ja and VARIABLE in caught.value.en


@pytest.mark.parametrize(
    "value",
    [
        "secret-words",
        "x" * 43 + "=",  # the last letter has bits that mean nothing: two forms of one key
        encoded(b"short"),
        encoded(bytes(33)),
        base64.b64encode(bytes(range(32))).decode()[:-1],
        "鍵" * 44,
        encoded(bytes(range(32))) + "\nmore",
        base64.urlsafe_b64encode(b"\xff" * 32).decode(),
    ],
)
def test_what_is_no_private_key_is_not_repeated(value: str) -> None:
    with pytest.raises(MachidataError, match="approval-key-invalid") as caught:
        secret_key_from({VARIABLE: value})
    error = caught.value
    assert error.exit_code == 2
    told = f"{error} {error.where} {error.found} {error.expected} {error.fix_ja} {error.fix_en}"
    assert value not in told
    assert error.__cause__ is None and error.__suppress_context__


def points_of_small_order() -> list[bytes]:
    """All encodings of points whose order divides 8, worked out from the curve's equation
    -x² + y² = 1 + d x² y²: y is 0, ±1, or of order 8, where 2(x, y) has y = 0.
    """
    # doubling gives y₂ = (y² + x²) / (1 - d x² y²): it is 0 where x² = -y², so d y⁴ + 2 y² = 1
    ys = [0, 1, PRIME - 1]
    root = square_root((1 + D) % PRIME)
    for sign in (1, -1):
        y = square_root((-1 + sign * root) * pow(D, -1, PRIME) % PRIME, optional=True)
        ys += [y, PRIME - y] if y else []
    ys += [y + PRIME for y in ys if y + PRIME < 2**255]  # written in a second way
    return [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]


def square_root(value: int, *, optional: bool = False) -> int:
    root = pow(value, (PRIME + 3) // 8, PRIME)
    if root * root % PRIME != value:
        root = root * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if root * root % PRIME == value:
        return root
    assert optional
    return 0


def test_keys_that_everybody_can_sign_for_are_none() -> None:
    found = points_of_small_order()
    assert len(set(found)) == 14
    for point in found:
        with pytest.raises(ValueError, match="everybody"):
            public_key(encoded(point))
    # with the neutral element as the key, this fits every message where nobody looks
    forged = encoded((1).to_bytes(32, "little") + bytes(32))
    assert not is_signed(encoded((1).to_bytes(32, "little")), forged, b"any plan")


@pytest.mark.parametrize("text", ["", "no key", encoded(bytes(31)), f" {b64(PUBLIC)}"])
def test_what_is_no_public_key(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64|bytes") as caught:
        public_key(text)
    assert not text or text not in str(caught.value)
    assert not is_signed(text, b64(SIGNATURE), b"\x72")


@pytest.mark.parametrize("signature", ["", "x", b64(SIGNATURE)[:-4], b64(SIGNATURE) + "\n"])
def test_what_is_no_signature(signature: str) -> None:
    assert not is_signed(b64(PUBLIC), signature, b"\x72")
