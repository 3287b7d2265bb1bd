"""How much is tried: MACHIDATA_CKAN=all (as `make test-ckan` does) takes every case, else a choice
of them keeps `make test` short.
"""

from __future__ import annotations

import os

ALL = os.environ.get("MACHIDATA_CKAN") == "all"

ESSENTIAL = (
    "publishing/test_publish.py::test_all_of_it_is_there_after_the_first_publication[scheming]",
    "publishing/test_publish.py::test_a_second_publication_writes_nothing[scheming]",
    "publishing/test_publish.py::test_one_value_is_one_revise_with_its_files_and_one_row[scheming]",
    "publishing/test_edits.py::test_one_value_alone_is_one_revise_one_upload_and_one_row[scheming]",
    "publishing/test_drift.py::test_an_edit_stays_until_somebody_decides[row]",
    "publishing/test_drift.py::test_an_edit_stays_until_somebody_decides[title]",
    "publishing/test_rollback.py::test_everything_is_as_it_was[scheming]",
    "publishing/test_withdrawn.py::test_a_withdrawn_dataset_is_kept_and_marked_and_comes_back[legacy]",
    "publishing/test_plans.py::test_a_plan_writes_nothing_and_its_apply_does_it[scheming]",
    "publishing/test_killed.py::test_an_update_killed_anywhere_converges",
    "publishing/test_review.py",
    "failing/test_every_write.py::test_once[0]",
    "failing/test_kinds.py::test_wrong_token",
    "failing/test_kinds.py::test_no_rights",
    "failing/test_two.py::test_one_machine",
)
"""Of the tests that publish: those that `make test` runs. They take seconds each."""


def left_out(nodeid: str) -> bool:
    """Whether a test waits for `make test-ckan`."""
    place = nodeid.removeprefix("tests/ckan/")
    heavy = place.startswith(("publishing/", "failing/")) and not ALL
    return heavy and not place.startswith(ESSENTIAL)
