"""The observations of a package as an RDF Data Cube."""
