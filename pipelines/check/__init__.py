"""The checking stage: tidy tables and their documents → findings."""

from pipelines.check.whole import check

__all__ = ["check"]
