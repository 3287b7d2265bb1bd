"""SHIRASAGI catalogs: they have no write API, they import a list that we publish."""
