"""The keys of those who approve plans: Ed25519 (RFC 8032), as base64 of their 32 bytes.

The private key comes from the environment and is shown to nobody; the public one stands in
`catalogs/NAME.yaml`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from pipelines.model import MachidataError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

VARIABLE = "MACHIDATA_APPROVAL_KEY"
FORM = "Ed25519, base64 (32 bytes)"
SIGNATURE_SIZE = 64
_KEY_SIZE = 32
_PRIME = 2**255 - 19
_A = 486662  # of Curve25519 in Montgomery's form (RFC 7748 §4.1)


class SecretKey:
    """A private key that signs; it cannot be printed, copied, pickled or written as JSON.

    Raises MachidataError `approval-key-invalid` for a value that is none; it is not repeated.
    """

    __slots__ = ("_key",)

    def __init__(self, value: str) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        try:
            seed = _decoded(value, _KEY_SIZE)
        except ValueError:
            raise _invalid() from None
        self._key: Ed25519PrivateKey = Ed25519PrivateKey.from_private_bytes(seed)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; the same for the same message."""
        return self._key.sign(message)

    @property
    def public(self) -> str:
        """The public key, as it is written in `catalogs/NAME.yaml`."""
        return encoded(self._key.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return "SecretKey(•••)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not copied or pickled")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        self.__reduce__()


def new_key() -> tuple[str, str]:
    """A fresh pair: the public key for the catalog's file, and the private one to be kept."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.generate()
    return encoded(made.public_key().public_bytes_raw()), encoded(made.private_bytes_raw())


def secret_key_from(environ: Mapping[str, str], variable: str = VARIABLE) -> SecretKey:
    """The private key in a variable of the environment, blanks around it dropped.

    Raises MachidataError `approval-key-missing`, `approval-key-invalid`; neither repeats a value.
    """
    value = environ.get(variable, "").strip()
    if value:
        return SecretKey(value)
    raise MachidataError(
        "approval-key-missing",
        ja=f"承認の秘密鍵がありません。環境変数 {variable} が空か、設定されていません。",
        en=f"There is no private key: the environment variable {variable} is empty or not set.",
        where=variable,
        expected=FORM,
        fix_ja="machidata approve --new-key で鍵の組を作り、秘密鍵を設定してください。",
        fix_en="Make a pair with: machidata approve --new-key; set it to the private key.",
    )


def public_key(text: str) -> str:
    """The text if it is a public key that only the owner of a private one can sign for.

    Raises ValueError, without repeating the text: it may be a private key in the wrong place.
    """
    if _of_small_order(_decoded(text, _KEY_SIZE)):
        raise ValueError("everybody could sign for this key")
    return text


def is_signed(public: str, signature: str, message: bytes) -> bool:
    """Whether the base64 `signature` under the message is by the private key of `public`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(_decoded(public_key(public), _KEY_SIZE))
        key.verify(_decoded(signature, SIGNATURE_SIZE), message)
    except (ValueError, InvalidSignature):
        return False
    return True


def encoded(data: bytes) -> str:
    """Bytes as base64 (RFC 4648 §4)."""
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str, size: int) -> bytes:
    """The bytes of base64 in its one form. Raises ValueError, which does not repeat the text."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise ValueError("no base64") from None
    if len(data) != size or encoded(data) != text:
        raise ValueError(f"not {size} bytes")
    return data


def _of_small_order(key: bytes) -> bool:
    """Whether eight times the point is the neutral element, as for a key of zeros only: signatures
    can then be made without any private key (RFC 8032 §8.4 leaves this to the program).

    Worked out on Curve25519, whose u is (1 + y) / (1 - y), as a fraction doubled three times.
    """
    y = int.from_bytes(key, "little") & (2**255 - 1)
    over, under = (1 + y) % _PRIME, (1 - y) % _PRIME
    for _ in range(3):
        difference = (over * over - under * under) % _PRIME
        product = over * under % _PRIME
        under = 4 * product * (over * over + _A * product + under * under) % _PRIME
        over = difference * difference % _PRIME
    return under == 0


def _invalid() -> MachidataError:
    return MachidataError(
        "approval-key-invalid",
        ja="承認の秘密鍵が正しい形ではありません。",
        en="The private key for approvals is not in the right form.",
        where=VARIABLE,
        expected=FORM,
        fix_ja="machidata approve --new-key が示した秘密鍵だけを、空白なしで設定してください。",
        fix_en="Set it to the private key that machidata approve --new-key printed, and no more.",
    )
