"""The packaging stage: tables and findings → CSV files and `datapackage.json`."""

from pipelines.package.build import package

__all__ = ["package"]
