"""How much is tried: MACHIDATA_CKAN=all (as `make test-ckan` does) takes every case, else a choice
of them keeps `make test` short.
"""

from __future__ import annotations

import os

ALL = os.environ.get("MACHIDATA_CKAN") == "all"
