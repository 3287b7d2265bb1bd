"""Runs in CKAN's own environment: the web application; a fresh database is prepared first."""

from __future__ import annotations

import os
import secrets
from logging.config import fileConfig
from pathlib import Path
from typing import Any


def application(settings: str, token_file: str) -> Any:
    """The WSGI application of CKAN; writes an administrator's token when there is none yet."""
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app

    # else CKAN says nothing of what goes wrong
    fileConfig(settings, disable_existing_loggers=False)
    made = make_app(CKANConfigLoader(settings).get_config())
    if not Path(token_file).exists():
        with made._wsgi_app.test_request_context():
            write_token(Path(token_file), first_steps())
    return made


def first_steps() -> str:
    """The tables, an administrator, and a token of theirs."""
    from ckan import model
    from ckan.plugins.toolkit import get_action

    model.repo.upgrade_db()
    site = get_action("get_site_user")({"ignore_auth": True}, {})
    person = {
        "name": "administrator",
        "email": "administrator@example.com",
        "password": secrets.token_urlsafe(16),
    }
    may = {"user": site["name"], "ignore_auth": True}
    get_action("user_create")(dict(may), person)
    user = model.User.get(person["name"])
    user.sysadmin = True
    model.repo.commit()
    asked = {"user": person["name"], "name": "tests"}
    return str(get_action("api_token_create")(dict(may), asked)["token"])


def write_token(path: Path, token: str) -> None:
    """Into a file that only its owner may read."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(token)
    part.replace(path)
