"""`python -m tests.ckan.station.search SCHEMA PORT JOURNAL`: serves the core `ckan` on loopback."""

from __future__ import annotations

import sys
from pathlib import Path

from .index import Index
from .schema import read_schema
from .server import serve

schema, port, journal = sys.argv[1:]
serve(Index(read_schema(Path(schema)), Path(journal)), int(port)).serve_forever()
