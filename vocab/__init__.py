"""What words mean: SKOS schemes, Table Schemas and the list of municipalities (data only)."""
