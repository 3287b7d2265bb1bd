"""The server's own process: `python -m flows.server_process HOST PORT HOME`, or `… migrate`."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import threading
import time
from pathlib import Path


def _end_with_parent(home: str) -> None:
    """Ends this process when the pipe from the parent closes: no server outlives its run, and
    neither does its folder.
    """
    sys.stdin.buffer.read()
    for _ in range(20):  # the server is still at work in there
        shutil.rmtree(home, ignore_errors=True)
        if not Path(home).exists():
            break
        time.sleep(0.05)
    os._exit(0)


def serve(host: str, port: int, home: str) -> None:
    """Serves Prefect's API until the process is ended; `home` is the folder that goes with it."""
    threading.Thread(target=_end_with_parent, args=(home,), daemon=True).start()
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
        serve(sys.argv[1], int(sys.argv[2]), sys.argv[3])
