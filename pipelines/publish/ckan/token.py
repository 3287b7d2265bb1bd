"""The token of a catalog: given by the environment, shown to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from pipelines.model import MachidataError

MASK = "•••"
# Servers echo the beginning of a token as well (CKAN's own log: ten characters), so every run of
# this many characters of the token is masked, not only the whole.
RUN = 8


class Token:
    """A secret; only `reveal` gives it away, and only the Authorization header asks for that.

    It cannot be printed, copied, pickled or written as JSON. Raises MachidataError `token-invalid`
    for a value that no HTTP header can carry (empty, blanks, line breaks, not ASCII).
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not value or not all("!" <= letter <= "~" for letter in value):
            raise MachidataError(
                "token-invalid",
                ja="カタログのトークンに、使えない文字があるか、何も書かれていません。",
                en="The token of the catalog is empty or has characters that no token can have.",
                fix_ja="トークンだけを、空白や改行を入れずに設定してください。",
                fix_en="Set the token alone, without blanks or line breaks.",
            )
        self._value = value

    def reveal(self) -> str:
        """The secret itself."""
        return self._value

    def mask(self, text: str) -> str:
        """The text without any run of eight or more characters of the token."""
        secret, low = self._value.lower(), text.lower()
        size = min(RUN, len(secret))
        runs = {secret[at : at + size] for at in range(len(secret) - size + 1)}
        hidden = bytearray(len(low))
        for at in range(len(low) - size + 1):
            if low[at : at + size] in runs:
                hidden[at : at + size] = b"\x01" * size
        # lower() may change the length of some letters; then nothing of the text is safe to show.
        if len(low) != len(text):
            return MASK if any(hidden) else text
        return _without(text, hidden)

    def __repr__(self) -> str:
        return f"Token({MASK})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not copied or pickled")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        self.__reduce__()


def _without(text: str, hidden: bytearray) -> str:
    """The text with one mask for each hidden run."""
    shown: list[str] = []
    for letter, secret in zip(text, hidden, strict=True):
        if not secret:
            shown.append(letter)
        elif not shown or shown[-1] is not MASK:
            shown.append(MASK)
    return "".join(shown)


def token_from(environ: Mapping[str, str], variable: str) -> Token:
    """The token in a variable of the environment, blanks around it dropped.

    Raises MachidataError `token-missing` (nothing there) or `token-invalid`; both name the
    variable and never a value.
    """
    value = environ.get(variable, "").strip()
    if not value:
        raise MachidataError(
            "token-missing",
            ja=f"カタログのトークンがありません。環境変数 {variable} が空か、設定されていません。",
            en=f"There is no token: the environment variable {variable} is empty or not set.",
            where=variable,
            fix_ja="カタログの利用者ページで API トークンを作り、この環境変数に設定してください。",
            fix_en="Make an API token on your user page of the catalog and set the variable to it.",
        )
    try:
        return Token(value)
    except MachidataError as error:
        error.where = variable
        raise
