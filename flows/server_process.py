"""The server's own process: `python -m flows.server_process HOST PORT`, or `… migrate`."""

from __future__ import annotations

import asyncio
import os
import sys
import threading


def _end_with_parent() -> None:
    """Ends this process when the pipe from the parent closes: no server outlives its run."""
    sys.stdin.buffer.read()
    os._exit(0)


def serve(host: str, port: int) -> None:
    """Serves Prefect's API until the process is ended."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=host,
        port=port,
        log_level="error",
        lifespan="on",
    )


def migrate() -> None:
    """Makes the database of the settings and brings it up to date."""
    from prefect.server.database import provide_database_interface

    async def make() -> None:
        database = provide_database_interface()
        await database.create_db()
        await (await database.engine()).dispose()

    asyncio.run(make())


if __name__ == "__main__":
    if sys.argv[1:] == ["migrate"]:
        migrate()
    else:
        serve(sys.argv[1], int(sys.argv[2]))
