"""Metadata against SHACL shapes, as findings in plain sentences."""
