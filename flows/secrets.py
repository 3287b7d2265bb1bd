"""The token of a catalog: from the environment, else from a Secret block of the Prefect server.

The catalog's file names the variable (`token: MACHIDATA_TOKEN_X`); the block has the same name as
Prefect writes names: `machidata-token-x`. The value is no parameter, result or input of a task.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.ckan.token import Token, token_from


def block_name(variable: str) -> str:
    """The name of the Secret block that stands for a variable of the environment."""
    return variable.lower().replace("_", "-")


def token_of(variable: str, environ: Mapping[str, str] | None = None) -> Token:
    """The token in the variable, else in the block.

    Raises MachidataError `token-missing` when it is in neither, `token-invalid`; no error has a
    value in it.
    """
    try:
        return token_from(os.environ if environ is None else environ, variable)
    except MachidataError as error:
        if error.code != "token-missing":
            raise
    value = _secret(block_name(variable))
    if not value:
        raise _missing(variable)
    try:
        return Token(value)
    except MachidataError as error:
        error.where = f"prefect: secret/{block_name(variable)}"
        raise


def _secret(name: str) -> str:
    """The text in a Secret block, blanks around it dropped; '' where there is none."""
    from prefect.blocks.system import Secret

    load: Any = Secret.load  # typed without its switch for callers that are not async
    try:
        value = load(name, _sync=True).get()
    except ValueError:  # what Prefect raises when there is no such block, or it holds no secret
        return ""
    return value.strip() if isinstance(value, str) else ""


def _missing(variable: str) -> MachidataError:
    name = block_name(variable)
    return MachidataError(
        "token-missing",
        ja=f"カタログのトークンがありません。環境変数 {variable} も Prefect の Secret "
        f"{name} もありません。",
        en=f"There is no token, neither in the environment variable {variable} nor in a Secret "
        f"block {name} of Prefect.",
        where=variable,
        fix_ja="カタログの利用者ページで API トークンを作り、どちらかに設定してください。",
        fix_en="Make an API token on your user page of the catalog and put it into one of them.",
    )
