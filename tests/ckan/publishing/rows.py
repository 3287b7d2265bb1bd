"""Which transaction of PostgreSQL last wrote each row of a table in the DataStore."""

from __future__ import annotations

import json
import subprocess

from tests.ckan.client import Ckan
from tests.ckan.station import places

SCRIPT = """
import json, psycopg2, sys
asked = json.load(sys.stdin)
with psycopg2.connect(host='127.0.0.1', user='postgres', dbname='datastore',
                      port=asked['port'], password=asked['password']) as database:
    cursor = database.cursor()
    cursor.execute('SELECT _id, xmin::text FROM "%s" ORDER BY _id' % asked['table'])
    print(json.dumps(cursor.fetchall()))
"""


def written(ckan: Ckan, resource_id: str) -> dict[int, str]:
    """The transaction (xmin) of each row by the server's number."""
    told = json.loads((ckan.folder / "station.json").read_text("utf-8"))
    asked = {"port": told["ports"]["postgres"], "password": told["password"]}
    answer = subprocess.run(
        [places.venv() / "bin" / "python", "-c", SCRIPT],
        input=json.dumps({**asked, "table": resource_id}),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(answer.stdout))
