"""A distribution as a resource of CKAN; both styles take the same fields."""

from __future__ import annotations

import re
from typing import Any

from pipelines.describe import terms
from pipelines.describe.forms.ckan_words import one_language, stated
from pipelines.describe.model import Column, Distribution, TableShape

_SHA256 = re.compile(r"[0-9a-f]{64}")


def ckan_resource(file: Distribution) -> dict[str, Any]:
    """The resource of a file.

    ckanext-dcat never makes a download address of `url`, and no access address when `url` is the
    download address: so all three are given. The licence stands here because DCAT wants it on the
    distribution and ckanext-dcat takes none from the dataset. `identifier`, `rights_text` and
    `schema` (Table Schema, for ckanext-validation) are kept by CKAN and not served in RDF.
    """
    summed = bool(_SHA256.fullmatch(file.sha256))
    return {
        "uri": file.iri,
        "name": one_language(file.title),
        "name_translated": dict(file.title),
        **stated(
            description=one_language(file.description),
            description_translated=dict(file.description),
        ),
        "url": file.download_url,
        "access_url": file.access_url,
        "download_url": file.download_url,
        "format": file.format.concept.iri,
        "mimetype": file.format.media_iri,
        "size": file.size,
        **stated(
            hash=file.sha256 if summed else "",
            hash_algorithm=terms.SHA256 if summed else "",
            license=file.licence.iri if file.licence else "",
        ),
        "rights": file.rights.iri,
        "rights_text": one_language(file.rights.label),
        "availability": terms.STABLE.iri,
        "language": [terms.JAPANESE.iri],
        "issued": file.issued.isoformat(),
        "modified": file.modified.isoformat(),
        **stated(
            conforms_to=[standard.iri for standard in file.conforms_to],
            identifier=file.slug,
            schema=_table_schema(file.shape),
        ),
    }


def _table_schema(shape: TableShape) -> dict[str, Any]:
    """The columns as a Table Schema; nothing when no columns are known."""
    if not shape.columns:
        return {}
    return stated(
        fields=[_field(column) for column in shape.columns],
        primaryKey=list(shape.primary_key),
        missingValues=list(shape.missing),
    )


def _field(column: Column) -> dict[str, Any]:
    title = column.title.get("en") or one_language(column.title)
    return stated(
        name=column.name,
        title=title,
        type=column.kind,
        description=one_language(column.description),
        rdfType=column.meaning,
    )
