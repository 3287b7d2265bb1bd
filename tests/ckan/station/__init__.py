"""A real CKAN for the tests: PostgreSQL, Redis, CKAN with ckanext-dcat, a stand-in for Solr.

`python -m tests.ckan.station install|start|status|stop|wipe`; tests/ckan/README.md says more.
"""
