"""Runs in CKAN's own environment: the web application; a fresh database is prepared first."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import fileConfig
from pathlib import Path
from typing import Any


def application(settings: str, token_file: str) -> Any:
    """The WSGI application of CKAN; writes an administrator's token when there is none yet."""
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app

    # else CKAN says nothing of what goes wrong
    fileConfig(settings, disable_existing_loggers=False)
    config = CKANConfigLoader(settings).get_config()
    fresh = make_datastore(config)
    made = make_app(config)
    if not Path(token_file).exists():
        with made._wsgi_app.test_request_context():
            write_token(Path(token_file), first_steps())
    if fresh:
        allow_datastore(config)
    # the migrations bring a logging of their own, which silences all loggers that there are
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).disabled = False
    return made


def make_datastore(config: Any) -> bool:
    """The DataStore's database and its reader, before its plugin asks for them; False if there."""
    from sqlalchemy.engine import make_url

    wanted = make_url(config["ckan.datastore.read_url"])
    with cursor(config["sqlalchemy.url"]) as main:
        main.execute("SELECT 1 FROM pg_database WHERE datname = %s", [wanted.database])
        if main.fetchone():
            return False
        main.execute(f"CREATE ROLE {wanted.username} LOGIN PASSWORD %s", [wanted.password])
        main.execute(f"CREATE DATABASE {wanted.database}")
    return True


def allow_datastore(config: Any) -> None:
    """What `ckan datastore set-permissions` prints, carried out."""
    from ckanext.datastore.cli import permissions_sql
    from sqlalchemy.engine import make_url

    main, write, read = (
        make_url(config[name])
        for name in ("sqlalchemy.url", "ckan.datastore.write_url", "ckan.datastore.read_url")
    )
    told = permissions_sql(
        main.database, write.database, main.username, write.username, read.username
    )
    # `\connect` is for psql: we are connected to that database
    lines = [line for line in told.splitlines() if not line.startswith("\\connect")]
    with cursor(config["ckan.datastore.write_url"]) as datastore:
        datastore.execute("\n".join(lines))


@contextmanager
def cursor(url: str) -> Iterator[Any]:
    """A cursor that commits each statement by itself, as CREATE DATABASE needs it."""
    import psycopg2

    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        yield connection.cursor()
    finally:
        connection.close()


def first_steps() -> str:
    """The tables, an administrator, and a token of theirs."""
    from ckan import model
    from ckan.plugins.toolkit import get_action

    pooled = model.meta.engine
    model.repo.upgrade_db()
    # the migrations leave an engine behind that opens a connection for every question
    model.init_model(pooled)
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
