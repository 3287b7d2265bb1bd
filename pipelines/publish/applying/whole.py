"""`machidata verify`: everything of ours in a CKAN is read back."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.publish.applying.steps import Site
from pipelines.publish.applying.verifying import Difference, Verifier
from pipelines.publish.ckan.store_model import StoreTable
from pipelines.publish.ckan.store_table import store_table
from pipelines.publish.planning.dataset import Planned
from pipelines.publish.planning.target import TargetFile


def verify_all(
    site: Site, planned: Mapping[str, Planned], blobs: Mapping[str, Mapping[str, bytes]]
) -> list[Difference]:
    """The differences between what shall be there and what is, dataset by dataset.

    What was never published is a difference, an edit of the portal that stays is one too.
    """
    found: list[Difference] = []
    for name in sorted(planned):
        one = planned[name]

        def table(file: TargetFile, name: str = name) -> StoreTable:
            return store_table(blobs[name][file.sha256], file.schema or {})

        verifier = Verifier(site.ckan, one.target, table, everything=True)
        read = verifier.check(one.before.package, rdf=site.rdf, stores=site.stores)
        found += read.differences
        found += [
            Difference(name, drift.resource, drift.what, drift.recorded, drift.found, False)
            for drift in one.change.drift
        ]
    return found
