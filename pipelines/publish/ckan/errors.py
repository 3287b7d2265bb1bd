"""What can go wrong with a catalog, each with its code and what to do."""

# ruff: noqa: N818 - the names say what is the case, as the words of a plan do

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from pipelines.model import MachidataError


class Texts(NamedTuple):
    """What an error says in both languages, and its exit code."""

    code: str
    ja: str
    en: str
    fix_ja: str
    fix_en: str
    exit_code: int = 2


class CatalogError(MachidataError):
    """A request to a catalog that did not succeed.

    `asked` is the action and what it was about, never what was sent; `status` the HTTP status, 0
    without an answer; `found` the server's own words, cleaned, shortened and without the token.
    """

    texts: ClassVar[Texts]

    def __init__(
        self, where: str, asked: str, found: str = "", status: int = 0, texts: Texts | None = None
    ) -> None:
        said = texts or self.texts
        super().__init__(
            said.code,
            ja=said.ja,
            en=said.en,
            where=f"{where} {asked}".strip(),
            found=f"HTTP {status}: {found}".removesuffix(": ") if status else found,
            fix_ja=said.fix_ja,
            fix_en=said.fix_en,
            exit_code=said.exit_code,
        )
        self.asked, self.status = asked, status


class NotThere(CatalogError):
    """The dataset, resource or file does not exist there (404)."""

    texts = Texts(
        "catalog-not-there",
        "カタログに、求めたものがありません。",
        "The catalog does not have what was asked for.",
        "名前とアドレスを確かめてください。",
        "Check the name and the address.",
    )


RIGHTS = Texts(
    "catalog-rights",
    "カタログが許しませんでした。トークンは正しいですが、権限が足りません。",
    "The catalog did not allow it: the token is right, its rights do not suffice.",
    "カタログの管理者に、組織の編集者の権限を求めてください。",
    "Ask the administrator of the catalog for the role of an editor of the organization.",
)
TOKEN = Texts(
    "catalog-token",
    "カタログがこのトークンを認めませんでした。",
    "The catalog does not know this token.",
    "API トークンが失効していないかを確かめ、新しいものを設定してください。",
    "Check whether the API token has expired, and set a new one.",
)
NO_TOKEN = Texts(
    "catalog-token-needed",
    "カタログが許しませんでした。トークンを示していません。",
    "The catalog did not allow it: no token was shown.",
    "API トークンを環境変数に設定してください。",
    "Set the API token in its environment variable.",
)
DENIED = Texts(
    "catalog-denied",
    "カタログが許しませんでした。トークンか権限の、どちらのためかは分かりません。",
    "The catalog did not allow it; it does not say whether for the token or for its rights.",
    "API トークンと、組織での権限と、カタログの前にある装置の規則を確かめてください。",
    "Check the API token, its role in the organization, and any gateway before the catalog.",
)


class NotAllowed(CatalogError):
    """Refused for the token or its rights (401, 403); `code` says which where that is known.

    `catalog-token`, `catalog-rights`, `catalog-token-needed`, else `catalog-denied`. `by_ckan` is
    false where not CKAN but something before it answered.
    """

    texts = DENIED
    by_ckan = False


class Refused(CatalogError):
    """The catalog looked at what was sent and did not take it; nothing was changed.

    `fields`: what it says of each field (`resources.0.issued`), empty if it does not name any.
    """

    texts = Texts(
        "catalog-refused",
        "カタログが、送ったものを受け付けませんでした。何も変わっていません。",
        "The catalog did not take what was sent; nothing was changed.",
        "指摘された項目を直してください。",
        "Correct the fields that it names.",
    )

    def __init__(
        self,
        where: str,
        asked: str,
        found: str = "",
        status: int = 0,
        fields: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.fields = dict(fields or {})
        told = "; ".join(f"{key}: {' '.join(words)}" for key, words in self.fields.items())
        super().__init__(where, asked, told[:1000] or found, status)


class Moved(CatalogError):
    """The dataset is no longer as it was when it was read; nothing was changed.

    `keys`: what no longer matches, in CKAN's spelling (`metadata_modified`, `resources__0__id`).
    """

    texts = Texts(
        "catalog-moved",
        "読んだあとに、カタログのデータセットが変わりました。何も変えていません。",
        "The dataset changed in the catalog since it was read; nothing was changed.",
        "もう一度計画を作ってください。",
        "Make the plan again.",
    )

    def __init__(self, where: str, asked: str, keys: list[str], status: int = 0) -> None:
        self.keys = keys
        super().__init__(where, asked, ", ".join(keys), status)


class Uncertain(CatalogError):
    """Whether the catalog did it is open: it must be read again before anything else is done."""

    texts = Texts(
        "catalog-uncertain",
        "カタログが書き込みを終えたかどうか分かりません。",
        "It is open whether the catalog did what was asked.",
        "もう一度実行してください。カタログを読み直してから続けます。",
        "Run again: the catalog is read anew before anything is done.",
        exit_code=3,
    )


class Unreachable(CatalogError):
    """No usable answer within the tries and the time."""

    texts = Texts(
        "catalog-unreachable",
        "カタログに届きません。",
        "The catalog cannot be reached.",
        "アドレスとネットワークを確かめ、時間を置いてもう一度実行してください。",
        "Check the address and the network, and run again later.",
        exit_code=3,
    )


class Busy(CatalogError):
    """The catalog asks for more patience than we have (429, 503); `seconds` until it is open."""

    texts = Texts(
        "catalog-busy-requests",
        "カタログが混み合っていて、しばらく要求を受け付けません。",
        "The catalog is busy and takes no requests for a while.",
        "時間を置いてもう一度実行するか、要求の頻度を下げてください。",
        "Run again later, or lower the rate of requests.",
        exit_code=3,
    )

    def __init__(
        self, where: str, asked: str, found: str = "", status: int = 0, seconds: float = 0
    ) -> None:
        self.seconds = seconds
        super().__init__(where, asked, found, status)


CERTIFICATE = Texts(
    "catalog-certificate",
    "カタログの証明書を確かめられません。何も送っていません。",
    "The certificate of the catalog cannot be verified; nothing was sent.",
    "アドレスを確かめてください。組織の証明書は REQUESTS_CA_BUNDLE に設定できます。",
    "Check the address; certificates of your own network can be set in REQUESTS_CA_BUNDLE.",
    exit_code=3,
)
TOO_LARGE = Texts(
    "catalog-answer-large",
    "カタログの答えが大きすぎるので、途中で読むのをやめました。",
    "The answer of the catalog is too large; reading was stopped.",
    "求めるものを小さく分けるか、カタログの管理者に知らせてください。",
    "Ask for less at a time, or tell the administrator of the catalog.",
)


class NoCkan(CatalogError):
    """Something answers at the address, but not as the API of a CKAN does."""

    texts = Texts(
        "catalog-no-ckan",
        "このアドレスは答えますが、CKAN の答えではありません。",
        "The address answers, but not as a CKAN does.",
        "カタログのアドレスを確かめてください(/api/3 の手前まで)。",
        "Check the address of the catalog (up to, but without, /api/3).",
    )
