"""The list of a whole catalog: what is published now, and what the list before still owes.

SHIRASAGI's importer deletes what is missing from the list. So a row leaves it only when the
operator says so (`forget`): a declared package that could not be described keeps its rows as they
were, and a withdrawn package or table stays with its last rows as 配信停止中. The importer does not
read ファイル_ステータス, so the words stand where it does read: in the file's text and, when all
files of a dataset are stopped, in its remark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pipelines.opendata_rows import (
    ADDRESS,
    DATASET,
    FILE,
    HEAD,
    REMARK,
    STATUS,
    STOPPED,
    TEXT,
    ListRow,
    bare,
    names,
)

_MARK = f"【{STOPPED}】"


def whole_list(
    new: Sequence[ListRow],
    before: Sequence[ListRow],
    unfinished: Collection[str],
    forget: Collection[str] = (),
) -> tuple[list[ListRow], bool]:
    """The rows of the list, by dataset, and whether `forget` was denied (see below).

    `new` are the rows of what is published now, `before` those of the list in place, `unfinished`
    the ids of packages that are declared but not in the model of this run. `forget` has ids of
    datasets (`022055-dx-plan`) and of their tables (`022055-dx-plan/observation`) that may leave
    the list; what is published now is not forgotten. A list with rows never becomes an empty one:
    then the rows stay and nothing is forgotten.
    """
    rows = _with(new, _owed(new, before, unfinished, forget))
    if rows or not before:
        return rows, False
    return _with(new, _owed(new, before, unfinished, ())), True


def withdrawn_name(row: ListRow, live: Collection[str]) -> str:
    """What `--forget` calls a stopped row: its dataset, or one table of a dataset in `live`."""
    dataset, table = names(row)
    return table if dataset in live else dataset


def _owed(
    new: Sequence[ListRow],
    before: Iterable[ListRow],
    unfinished: Collection[str],
    forget: Collection[str],
) -> list[ListRow]:
    heads = {bare(row[DATASET]): {name: row[name] for name in HEAD} for row in new}
    files = {(bare(row[DATASET]), row[FILE]) for row in new}
    addresses = {row[ADDRESS] for row in new}
    owed: list[ListRow] = []
    for row in before:
        key = bare(row[DATASET])
        if (key, row[FILE]) in files or row[ADDRESS] in addresses:
            continue
        if key in unfinished and key not in heads:
            owed.append(row)
        elif not set(names(row)) & set(forget):
            owed.append(_stopped({**row, **heads.get(key, {REMARK: STOPPED})}))
    return owed


def _stopped(row: ListRow) -> ListRow:
    """A row whose file is no longer published; what is marked already is not marked again."""
    return {**row, STATUS: STOPPED, TEXT: _MARK + row[TEXT].removeprefix(_MARK)}


def _with(new: Sequence[ListRow], owed: Sequence[ListRow]) -> list[ListRow]:
    """All rows, datasets in the order of their ids, what is published before what is stopped."""
    return sorted([*new, *owed], key=lambda row: bare(row[DATASET]))
