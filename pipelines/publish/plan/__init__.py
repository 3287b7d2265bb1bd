"""What would be done to a catalog, as data: planned first, reviewed, and applied as it stands."""
