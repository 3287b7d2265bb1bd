"""What CKAN is told: its configuration file, in the kinds that matter to a publisher."""

from __future__ import annotations

from dataclasses import dataclass

from .places import State, StationError


@dataclass(frozen=True)
class Kind:
    """A kind of catalog."""

    about: str
    plugins: str
    schema: str = ""
    profiles: str = "euro_dcat_ap_3"


KINDS = {
    "scheming": Kind(
        "ckanext-scheming with the full DCAT-AP schema of ckanext-dcat",
        "scheming_datasets dcat",
        "ckanext.dcat.schemas:dcat_ap_full.yaml",
    ),
    "recommended": Kind(
        "ckanext-scheming with the schema of the recommended properties",
        "scheming_datasets dcat",
        "ckanext.dcat.schemas:dcat_ap_recommended.yaml",
    ),
    # euro_dcat_ap_3 contains euro_dcat_ap_scheming: such a catalog serves its blank nodes twice
    "twice": Kind(
        "as scheming, with both profiles",
        "scheming_datasets dcat",
        "ckanext.dcat.schemas:dcat_ap_full.yaml",
        "euro_dcat_ap_3 euro_dcat_ap_scheming",
    ),
    "legacy": Kind("no ckanext-scheming: fields of their own are extras", "dcat"),
}


PLUGINS = "datastore text_view image_view datatables_view"
"""What every kind has: the DataStore, which must come first, and views that come with CKAN."""

READER = "datastore_reader"
"""The user who may only read the DataStore."""


def kind(name: str) -> Kind:
    """The kind of that name."""
    if name not in KINDS:
        raise StationError(f"unknown configuration {name!r}; there are: {', '.join(KINDS)}")
    return KINDS[name]


def settings(state: State) -> str:
    """The text of `ckan.ini`."""
    chosen, ports = kind(state.config), state.ports
    values = {
        "use": "egg:ckan",
        "SECRET_KEY": state.secret,
        # the name of the same before 2.11
        "beaker.session.secret": state.secret,
        "ckan.plugins": f"{PLUGINS} {chosen.plugins}",
        "ckan.site_id": "default",
        "ckan.site_title": "Machidata test catalog",
        "ckan.site_url": state.url,
        "ckan.locale_default": "ja",
        "ckan.storage_path": str(state.folder / "storage"),
        "ckan.webassets.path": str(state.folder / "webassets"),
        "ckan.auth.create_unowned_dataset": "false",
        "ckan.views.default_views": "datatables_view",
        "ckan.redis.url": f"redis://127.0.0.1:{ports['redis']}/0",
        "solr_url": f"http://127.0.0.1:{ports['search']}/solr/ckan",
        "sqlalchemy.url": _database(state, "postgres", "postgres"),
        "ckan.datastore.write_url": _database(state, "postgres", "datastore"),
        "ckan.datastore.read_url": _database(state, READER, "datastore"),
        "ckanext.dcat.rdf.profiles": chosen.profiles,
        "ckanext.dcat.base_uri": state.url,
    }
    if chosen.schema:
        values["scheming.dataset_schemas"] = chosen.schema
        values["scheming.presets"] = (
            "ckanext.scheming:presets.json ckanext.dcat.schemas:presets.yaml"
        )
    lines = [f"{name} = {value}" for name, value in values.items()]
    return "[DEFAULT]\ndebug = false\n\n[app:main]\n" + "\n".join(lines) + "\n" + LOGGING


def _database(state: State, user: str, name: str) -> str:
    return f"postgresql://{user}:{state.password}@127.0.0.1:{state.ports['postgres']}/{name}"


LOGGING = """
[loggers]
keys = root

[handlers]
keys = console

[formatters]
keys = plain

[logger_root]
level = WARNING
handlers = console

[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain

[formatter_plain]
format = %(asctime)s %(levelname)s %(name)s %(message)s
"""
