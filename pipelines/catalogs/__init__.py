"""Publishing to catalogs that others run: the line, then the catalog's own way in."""
