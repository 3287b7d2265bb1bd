"""A dataset as CKAN's package dict, with the fields that ckanext-dcat 2.4 maps to DCAT-AP 3.

tests/ckan/README.md has the mapping as measured on a running CKAN. Two styles: `scheming` for a
catalog with ckanext-scheming and ckanext-dcat's schema `dcat_ap_full.yaml` (fields at the top,
objects in lists), `legacy` for one without (CKAN's own fields, all others as extras).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from pipelines.describe import terms
from pipelines.describe.forms.ckan_resource import ckan_resource
from pipelines.describe.forms.ckan_words import cleaned, dataset_name, one_language, stated, tags
from pipelines.describe.model import Agent, ContactPoint, Dataset, Period, Place, Run, Text
from pipelines.describe.rdf.graph import clean

Style = Literal["scheming", "legacy"]

# CKAN refuses a longer one (2.12, model.PACKAGE_VERSION_MAX_LENGTH).
_VERSION_LENGTH = 100

# Field of dcat_ap_full.yaml with objects → the beginning of the extras' keys that stand for it.
PREFIXES = {
    "publisher": "publisher",
    "creator": "creator",
    "contact": "contact",
    "temporal_coverage": "temporal",
    "spatial_coverage": "spatial",
}


def ckan_package(
    dataset: Dataset, *, style: Style = "scheming", licence_ids: str = "ckanId"
) -> dict[str, Any]:
    """What `package_create` takes; JSON-ready, the same for the same dataset.

    `licence_ids` names the catalog whose word for the licence becomes `license_id` (a key of
    `Licence.ids`); a catalog without a word for it gets none, and so does an unlicensed dataset.
    `owner_org` is the publisher's 全国地方公共団体コード, as BODIK names its organizations; another
    catalog needs its own name there. A field with nothing to say is absent.
    """
    fields, extras = _fields(dataset), _kept(dataset)
    if style == "legacy":
        fields, extras = {}, {**_flat(fields), **extras}
    licence = dataset.licence
    package = {
        "name": dataset_name(dataset.identifier),
        "title": one_language(dataset.title),
        "notes": one_language(dataset.description),
        **stated(
            tags=[{"name": name} for name in tags(dataset.keywords)],
            url=dataset.landing_page,
            version=clean(dataset.version)[:_VERSION_LENGTH],
            license_id=licence.ids.get(licence_ids, "") if licence else "",
            owner_org=dataset.publisher.identifier,
        ),
        **fields,
        **stated(extras=[{"key": key, "value": value} for key, value in extras.items()]),
        "resources": [ckan_resource(file) for file in dataset.distributions],
    }
    result: dict[str, Any] = cleaned(package)
    return result


def ckan_file(dataset: Dataset) -> bytes:
    """`metadata/ckan.json`: the package dict of the style `scheming`, UTF-8 with LF."""
    written = json.dumps(ckan_package(dataset), ensure_ascii=False, indent=2)
    return (written + "\n").encode("utf-8")


def _fields(dataset: Dataset) -> dict[str, Any]:
    """The fields of dcat_ap_full.yaml that CKAN itself does not have."""
    return stated(
        uri=dataset.iri,
        identifier=dataset.identifier,
        issued=dataset.issued.isoformat(),
        modified=dataset.modified.isoformat(),
        version_notes=one_language(dataset.version_notes),
        frequency=dataset.frequency.iri if dataset.frequency else "",
        provenance=dataset.provenance.iri,
        access_rights=terms.PUBLIC.iri,
        theme=[theme.iri for theme in dataset.themes],
        language=[terms.JAPANESE.iri],
        conforms_to=[standard.iri for standard in dataset.conforms_to],
        contact=_contact(dataset.contact),
        publisher=_agent(dataset.publisher),
        creator=_agent(dataset.publisher),
        temporal_coverage=_period(dataset.period),
        spatial_coverage=_place(dataset.place),
        provenance_activity=_run(dataset.run),
    )


def _agent(agent: Agent) -> list[dict[str, str]]:
    return [
        stated(
            uri=agent.iri,
            name=one_language(agent.name),
            url=agent.homepage,
            type=agent.kind.iri if agent.kind else "",
            identifier=agent.identifier,
        )
    ]


def _contact(contact: ContactPoint | None) -> list[dict[str, str]]:
    """The address goes without `mailto:`, which CKAN adds."""
    if contact is None:
        return []
    return [
        stated(
            uri=contact.iri,
            name=one_language(contact.name),
            email=contact.email.removeprefix("mailto:"),
            url=contact.url,
        )
    ]


def _period(period: Period | None) -> list[dict[str, str]]:
    if period is None:
        return []
    start = period.start.isoformat() if period.start else ""
    return [stated(start=start, end=period.end.isoformat() if period.end else "")]


def _place(place: Place) -> list[dict[str, str]]:
    words = one_language(place.label)
    return [stated(uri=place.iri, text=words, bbox=place.bbox, centroid=place.centroid)]


def _run(run: Run | None) -> list[dict[str, str]]:
    """Without the software: CKAN would say of it that it is an organization."""
    return [stated(uri=run.iri, label=one_language(run.label))] if run else []


def _flat(fields: Mapping[str, Any]) -> dict[str, str]:
    """Fields as extras: a list as a JSON text, an object as one extra for each of its parts."""
    flat: dict[str, str] = {}
    for key, value in fields.items():
        if key in PREFIXES:
            flat |= {f"{PREFIXES[key]}_{part}": one for part, one in value[0].items()}
        elif key == "provenance_activity":
            continue  # has no extras
        else:
            flat[key] = value if isinstance(value, str) else _json(value)
    return flat


def _kept(dataset: Dataset) -> dict[str, str]:
    """Extras for what no field holds: kept by CKAN for people, not served in RDF.

    `keywords` are the keywords as they are, where a tag is written in another way or is missing.
    """
    licence, edition, contact = dataset.licence, dataset.edition, dataset.contact
    keywords = [clean(keyword) for keyword in dataset.keywords if keyword.strip()]
    return stated(
        title_en=_english(dataset.title),
        notes_en=_english(dataset.description),
        subtitle=one_language(dataset.subtitle),
        subtitle_en=_english(dataset.subtitle),
        keywords=_json(keywords) if keywords != tags(dataset.keywords) else "",
        licence_title=one_language(licence.title) if licence else "",
        licence_url=licence.url if licence else "",
        contact_phone=contact.phone.removeprefix("tel:") if contact else "",
        provenance_text=one_language(dataset.provenance.label),
        series=edition.series if edition else "",
        edition=edition.label if edition else "",
    )


def _english(words: Text) -> str:
    return words.get("en", "") if words.get("ja") else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
