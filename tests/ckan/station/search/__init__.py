"""A stand-in for the one Solr core that CKAN asks: standard library only, for test catalogs.

It reads CKAN's own `schema.xml` and scans all documents for each question, which is quick enough
for thousands of them. Left out: stemming, synonyms, fuzzy and proximity search, functions,
highlighting, spatial search, local parameters, real relevance (a score is a sum of weights).
"""
