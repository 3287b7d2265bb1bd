"""The table of a resource in the DataStore of a real CKAN, written by an editor.

What `tests/publish/ckan/pretend_store.py` imitates is measured here.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.errors import CatalogError, NotAllowed, Refused, Uncertain
from pipelines.publish.ckan.store_model import StoreField, StoreSeen, StoreTable
from pipelines.publish.ckan.store_names import store_names
from pipelines.publish.ckan.store_plan import plan_store, undo_store
from pipelines.publish.ckan.store_reading import count_store, read_store
from pipelines.publish.ckan.store_table import store_table
from pipelines.publish.ckan.store_writing import write_store
from pipelines.publish.ckan.token import Token
from pipelines.publish.plan.model import StoreChange
from tests.ckan import faults
from tests.ckan.client import Ckan as Station
from tests.ckan.conftest import fresh_organization
from tests.ckan.faults import Rule
from tests.ckan.proxy import Proxy
from tests.ckan.station import places
from tests.publish.ckan.pretend_store import PretendStore

PACKAGE = Path(__file__).parents[2] / "datapackages" / "022055-dx-plan"
KINDS = {
    "名": "string",
    "数": "number",
    "年度": "integer",
    "日": "date",
    "時": "datetime",
    "刻": "time",
    "旗": "boolean",
    "大": "integer",
}
SCHEMA = {
    "name": "kinds",
    "fields": [
        {"name": "ID", "type": "string", "title": "Identifier"},
        *({"name": name, "type": kind, "title": kind} for name, kind in KINDS.items()),
    ],
    "primaryKey": ["ID"],
}
ROWS = (
    "00,あ,0.1,2024,2024-02-29,2024-04-01T09:00:00,09:30:00,true,12345678901234567890\r\n"
    '01,"say ""x"", ok",97.40,-1,0001-01-01,9999-12-31T23:59:59,00:00:00,false,1\r\n'
    '02,"行\r\n末",1e22,9223372036854775807,2024-12-31,,,,\r\n'
    "03,=1+1,-3.2,,,,,,\r\n"
    "04,,1e-10,,,,,,\r\n"
    "05,\\.,1.50e1,,,,,,\r\n"
    "06, 🗾 ,-0.00,,,,,,\r\n"
    "07,NULL,,,,,,,\r\n"
)


@pytest.fixture
def client(ckan: Station, editor: Station) -> Iterator[Ckan]:
    with Ckan(ckan.url, Token(editor.token)) as made:
        yield made


@pytest.fixture
def at(organization: dict[str, Any], editor: Station) -> str:
    """An uploaded resource without a table; its id."""
    dataset = editor.call(
        "package_create",
        **{"name": f"test-{uuid.uuid4().hex[:12]}", "title": "計画", "notes": "表"},
        owner_org=organization["id"],
    )
    file = ("a.csv", "ID,値\r\na,1\r\n".encode())
    made = editor.send("resource_create", {"upload": file}, {"package_id": dataset["id"]})
    return str(made["id"])


def kinds(text: str = ROWS) -> StoreTable:
    header = ",".join(["ID", *KINDS])
    return store_table(f"{header}\r\n{text}".encode("utf-8-sig"), SCHEMA)


def put(client: Ckan, at: str, wanted: StoreTable, **sizes: int) -> StoreChange:
    change, operations = plan_store(read_store(client, at), wanted)
    write_store(client, at, operations, **sizes)
    assert plan_store(read_store(client, at), wanted)[0].how == "keep"
    return change


def seen(client: Ckan, at: str) -> StoreSeen:
    found = read_store(client, at)
    assert found
    return found


def written(ckan: Station, at: str) -> dict[int, str]:
    """The transaction that last wrote each row, by the server's number: PostgreSQL's xmin."""
    told = json.loads((ckan.folder / "station.json").read_text("utf-8"))
    script = (
        "import json, psycopg2, sys\n"
        "asked = json.load(sys.stdin)\n"
        "with psycopg2.connect(host='127.0.0.1', user='postgres', dbname='datastore',\n"
        "                      port=asked['port'], password=asked['password']) as database:\n"
        "    cursor = database.cursor()\n"
        "    cursor.execute('SELECT _id, xmin::text FROM \"%s\"' % asked['table'])\n"
        "    print(json.dumps(cursor.fetchall()))\n"
    )
    asked = {"port": told["ports"]["postgres"], "password": told["password"], "table": at}
    answer = subprocess.run(
        [places.venv() / "bin" / "python", "-c", script],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[tuple[int, str]] = json.loads(answer.stdout)
    return dict(found)


def test_every_table_of_a_package_is_there_as_it_is(
    ckan: Station, client: Ckan, editor: Station, at: str
) -> None:
    for resource in json.loads((PACKAGE / "datapackage.json").read_text("utf-8"))["resources"]:
        data = (PACKAGE / resource["path"]).read_bytes()
        wanted = store_table(data, resource["schema"])
        put(client, at, wanted)
        assert seen(client, at).table == wanted
        dumped = ckan.get(f"/datastore/dump/{at}").decode("utf-8")
        ours = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert [row[1:] for row in csv.reader(io.StringIO(dumped, newline=""))] == ours
        assert count_store(client, at) == resource["machidata:rows"]
        fields = editor.call("datastore_search", resource_id=at, limit=0)["fields"][1:]
        assert [one["info"] for one in fields] == [
            {"label": field["name"], "notes": field["title"]}
            for field in resource["schema"]["fields"]
        ]


def test_values_of_every_type_come_back_exactly(client: Ckan, at: str) -> None:
    wanted = kinds()
    put(client, at, wanted)
    assert seen(client, at).table == wanted
    assert [one.type for one in wanted.fields] == [
        *("text", "text", "numeric", "int8", "date", "timestamp", "time", "bool", "numeric")
    ]
    assert wanted.rows[6][2] == "0.00"
    assert wanted.rows[5][2] == "15.0"
    # the table can be told and made again, types of others as well
    again = undo_store(seen(client, at), None)
    client.write("datastore_delete", resource_id=at, force=True)
    write_store(client, at, again)
    assert seen(client, at).table == wanted


def test_missing_is_missing(client: Ckan, at: str) -> None:
    put(client, at, kinds())
    row = client.read("datastore_search", resource_id=at, filters={"ID": "07"})["records"][0]
    assert {name: row[name] for name in KINDS} == dict.fromkeys(KINDS) | {"名": "NULL"}
    # an empty text is something else, and is told from a missing one
    record = {"ID": "08", "名": ""}
    client.write("datastore_upsert", resource_id=at, force=True, method="insert", records=[record])
    assert seen(client, at).table.rows[-1][:2] == ("08", "")


def test_rows_that_did_not_change_are_left_alone(ckan: Station, client: Ckan, at: str) -> None:
    put(client, at, kinds())
    before = written(ckan, at)
    mark = ckan.mark()
    text = ROWS.replace("97.40", "97.4").replace("03,=1+1,-3.2,,,,,,\r\n", "") + "09,新,,,,,,,\r\n"
    change = put(client, at, kinds(text))
    assert (change.how, change.written, change.deleted) == ("rows", 2, 1)
    writes = [one.action for one in ckan.log(mark).writes]
    assert writes == ["datastore_upsert", "datastore_upsert", "datastore_delete"]
    after = written(ckan, at)
    assert sorted(after) == [1, 2, 3, 5, 6, 7, 8, 9]
    assert {number for number in after if after[number] != before.get(number)} == {2, 9}


def test_the_second_time_nothing_is_written(ckan: Station, client: Ckan, at: str) -> None:
    put(client, at, kinds())
    mark = ckan.mark()
    assert put(client, at, kinds()).how == "keep"
    assert ckan.log(mark).writes == []


def test_a_changed_row_is_found_by_its_new_words(client: Ckan, at: str) -> None:
    """With CKAN's `upsert` of 2.12.0 it would be found by the old ones only."""

    def found(word: str) -> int:
        return int(client.read("datastore_search", resource_id=at, q=word)["total"])

    put(client, at, kinds("00,zebra,1,,,,,,\r\n"))
    put(client, at, kinds("00,okapi,1,,,,,,\r\n01,gnu,,,,,,,\r\n"))
    assert (found("zebra"), found("okapi"), found("gnu")) == (0, 1, 1)
    record = {"ID": "00", "名": "zebra"}
    client.write("datastore_upsert", resource_id=at, force=True, records=[record])
    assert (found("zebra"), found("okapi")) == (0, 1)


def test_a_new_column_rewrites_no_other_rows(ckan: Station, client: Ckan, at: str) -> None:
    wanted = kinds()
    put(client, at, wanted)
    before = written(ckan, at)
    more = StoreTable(
        (*wanted.fields, StoreField("備考", "text", {"label": "備考", "notes": "Remarks"})),
        wanted.key,
        tuple((*row, "x" if n == 1 else None) for n, row in enumerate(wanted.rows)),
    )
    assert put(client, at, more).how == "rows"
    after = written(ckan, at)
    assert {number for number in after if after[number] != before[number]} == {2}
    assert seen(client, at).table.fields == more.fields


def test_the_dictionary_alone_keeps_rows_and_what_the_portal_added(
    ckan: Station, client: Ckan, at: str
) -> None:
    wanted = kinds()
    put(client, at, wanted)
    before = written(ckan, at)
    edited = [
        {"id": one.id, "type": one.type, "info": {**one.info, "notes": "?", "unit": "人"}}
        for one in wanted.fields
    ]
    client.write("datastore_create", resource_id=at, force=True, fields=edited)
    change = put(client, at, wanted)
    assert (change.how, change.dictionary, change.written) == ("fields", True, 0)
    info = seen(client, at).table.fields[1].info
    assert info == {"label": "名", "notes": "string", "unit": "人"}
    assert written(ckan, at) == before


def test_a_table_made_anew_keeps_resource_and_views_and_can_be_undone(
    client: Ckan, editor: Station, at: str
) -> None:
    view = editor.call(
        "resource_view_create", resource_id=at, title="表", view_type="datatables_view"
    )
    first, second = kinds(), kinds("00,x,1,,,,,,1\r\n")
    put(client, at, first)
    client.write("datastore_create", resource_id=at, force=True, aliases=[f"a-{uuid.uuid4().hex}"])
    before = seen(client, at)
    shown = editor.call("resource_show", id=at)
    change = put(client, at, second)  # 大 is int8 now
    assert (change.how, change.written, change.deleted) == ("replace", 1, 8)
    after = editor.call("resource_show", id=at)
    volatile = ("metadata_modified",)
    assert {k: v for k, v in after.items() if k not in volatile} == {
        k: v for k, v in shown.items() if k not in volatile
    }
    assert after["datastore_active"] is True
    assert editor.call("resource_view_list", id=at) == [view]
    write_store(client, at, undo_store(before, seen(client, at)))
    assert seen(client, at).digest() == before.digest()
    assert seen(client, at).aliases == before.aliases != ()
    assert editor.call("resource_view_list", id=at) == [view]


def test_undo_of_rows_and_of_the_creation(client: Ckan, editor: Station, at: str) -> None:
    put(client, at, kinds())
    before = seen(client, at)
    text = ROWS.replace("あ", "い").replace("04,,1e-10,,,,,,\r\n", "") + "09,新,,,,,,,\r\n"
    put(client, at, kinds(text))
    operations = undo_store(before, seen(client, at))
    assert (len(operations.added), len(operations.changed), len(operations.gone)) == (1, 1, 1)
    write_store(client, at, operations)
    assert seen(client, at).digest() == before.digest()
    write_store(client, at, undo_store(None, seen(client, at)))
    assert read_store(client, at) is None
    assert count_store(client, at) is None
    assert editor.call("resource_show", id=at)["datastore_active"] is False


def test_a_table_that_somebody_else_made(client: Ckan, at: str) -> None:
    """As a portal's own loader leaves it: no key, its own types, rows twice."""
    fields = [
        {"id": name, "type": kind}
        for name, kind in {"ID": "text", "f": "float8", "t": "timestamp", "j": "json"}.items()
    ] + [{"id": "l", "type": "_text"}, {"id": "i", "type": "int"}]
    record = {"ID": "00", "f": 0.1, "t": "2024-04-01T09:00:00.125", "j": {"x": [1, "あ"]},
              "l": ["p", "q,r"], "i": 7}  # fmt: skip
    records = [record, record, {"ID": "01"}]
    client.write("datastore_create", resource_id=at, force=True, fields=fields, records=records)
    before = seen(client, at)
    assert before.key_known and before.table.key == ()
    assert before.table.rows[0][:3] == ("00", "0.1", "2024-04-01T09:00:00.125")
    assert before.table.rows[1] == before.table.rows[0]
    assert put(client, at, kinds()).how == "replace"
    write_store(client, at, undo_store(before, seen(client, at)))
    assert seen(client, at).digest() == before.digest()


def test_composite_keys_delete_nothing_else(client: Ckan, at: str) -> None:
    fields = (StoreField("a", "int8"), StoreField("b", "numeric"), StoreField("$c", "text"))
    rows = tuple((a, f"{b}.0", "x") for a in range(4) for b in range(4))
    put(client, at, StoreTable(fields, ("b", "a", "$c"), rows))
    assert seen(client, at).table.key == ("b", "a", "$c")
    left = tuple(row for row in rows if row[:2] not in {(0, "1.0"), (1, "0.0"), (3, "3.0")})
    change = put(client, at, StoreTable(fields, ("b", "a", "$c"), left))
    assert (change.how, change.deleted) == ("rows", 3)
    assert seen(client, at).table.rows == left


def test_rows_in_pieces_and_pages(client: Ckan, at: str) -> None:
    wanted = kinds("".join(f"{n:05},{n},{n}.5,,,,,,\r\n" for n in range(2500)))
    put(client, at, wanted, rows=700)
    found = read_store(client, at, page=999)
    assert found and found.table == wanted
    assert client.read("datastore_search", resource_id=at, limit=0)["total"] == 2500
    change = put(client, at, kinds("".join(f"{n:05},{n},{n}.5,,,,,,\r\n" for n in range(3))))
    assert change.deleted == 2497
    assert client.read("datastore_search", resource_id=at, limit=0)["total"] == 3


def test_what_is_repeated_does_no_harm(client: Ckan, at: str) -> None:
    _, made = plan_store(None, kinds())
    write_store(client, at, made)
    write_store(client, at, made)
    assert seen(client, at).table == kinds()
    text = ROWS.replace("97.40", "1") + "09,新,,,,,,,\r\n"
    _, changed = plan_store(seen(client, at), kinds(text))
    write_store(client, at, changed)
    write_store(client, at, changed)
    assert plan_store(seen(client, at), kinds(text))[0].how == "keep"


@pytest.mark.parametrize(
    "name",
    ["全国地方公共団体コード", "100%", "x(人)", "a, b", "時刻:分", "あ" * 21, "a'b", "%(x)s"],
)
def test_names_that_ckan_takes(client: Ckan, at: str, name: str) -> None:
    fields = (StoreField(name, "text", {"label": f"{name} :x"}), StoreField("v", "text"))
    put(client, at, StoreTable(fields, (name,), (("a", "1"), ("b", "2"))))
    put(client, at, StoreTable(fields, (name,), (("b", "3"), ("c", "4"))))
    assert seen(client, at).table.fields == fields


@pytest.mark.parametrize("name", ["_a", 'a"b', "a\tb", "a\u200bb", "a :b", "あ" * 22, "ctid"])
def test_names_that_ckan_does_not_take(client: Ckan, at: str, name: str) -> None:
    if len(name) < 20:
        with pytest.raises(Exception, match="store-column-name"):
            store_names("t", [name])
    else:
        assert store_names("t", [name]) != (name,)
    records = [{name: "1"}]
    field = {"id": name, "type": "text"}
    with pytest.raises((Refused, Uncertain)):
        client.write(
            "datastore_create", resource_id=at, force=True, fields=[field], records=records
        )


def test_the_pretend_store_says_what_ckan_says(client: Ckan, at: str) -> None:
    """The same requests, and what can be seen afterwards is the same, at each step."""
    pretend = PretendStore()
    texts = [
        ROWS,
        ROWS.replace("97.40", "1").replace("05,\\.,1.50e1,,,,,,\r\n", ""),
        "00,x,1,,,,,,1\r\n",
        ROWS + "09,,,,,,,,\r\n",
    ]
    for text in texts:
        for catalog in (client, pretend):
            _, operations = plan_store(read_store(catalog, at), kinds(text))
            write_store(catalog, at, operations, rows=3)
        told = read_store(pretend, at)
        assert told and seen(client, at).data() == told.data()


def test_a_member_may_not_and_says_so(ckan: Station, member: Station, at: str) -> None:
    with Ckan(ckan.url, Token(member.token)) as client:
        _, operations = plan_store(None, kinds())
        with pytest.raises(NotAllowed) as error:
            write_store(client, at, operations)
    assert isinstance(error.value, CatalogError)
    assert error.value.exit_code == 2


@pytest.mark.parametrize("fault", [faults.ResetAfter(), faults.Status(502, after=True)])
@pytest.mark.parametrize("action", ["datastore_create", "datastore_upsert", "datastore_delete"])
def test_an_answer_that_is_lost_is_settled(
    ckan: Station, editor: Station, client: Ckan, at: str, action: str, fault: faults.Fault
) -> None:
    put(client, at, kinds("01,い,,,,,,,\r\n08,,,,,,,,1\r\n"))
    changed = (
        kinds(ROWS) if action == "datastore_create" else kinds(ROWS.replace("901234567890", ""))
    )
    with (
        Proxy(ckan.url, Rule(fault, action=action, times=1)) as proxy,
        Ckan(proxy.url, Token(editor.token)) as through,
    ):
        assert put(through, at, changed, rows=3).how in ("rows", "replace")
        assert len(proxy.of(action)) > 1
    assert plan_store(read_store(client, at), changed)[0].how == "keep"


@pytest.fixture
def home(any_ckan: Station) -> Iterator[dict[str, Any]]:
    yield from fresh_organization(any_ckan)


def test_every_version_of_ckan(any_ckan: Station, home: dict[str, Any]) -> None:
    name = f"test-{uuid.uuid4().hex[:12]}"
    resource = {"name": "表", "url": "https://example.jp/a.csv"}
    made = any_ckan.call(
        "package_create",
        **{"name": name, "title": "計画", "notes": "表"},
        owner_org=home["id"],
        resources=[resource],
    )
    at = made["resources"][0]["id"]
    with Ckan(any_ckan.url, Token(any_ckan.token)) as client:
        put(client, at, kinds(), rows=3)
        first = seen(client, at)
        assert first.table == kinds()
        text = ROWS.replace("97.40", "1").replace("03,=1+1,-3.2,,,,,,\r\n", "") + "09,新,,,,,,,\r\n"
        assert put(client, at, kinds(text)).how == "rows"
        assert put(client, at, kinds("00,x,1,,,,,,1\r\n")).how == "replace"
        write_store(client, at, undo_store(first, seen(client, at), ("ID",)))
        assert seen(client, at).digest() == first.digest()
        assert any_ckan.call("resource_show", id=at)["datastore_active"] is True
