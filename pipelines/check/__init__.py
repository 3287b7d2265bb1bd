"""The checking stage: tidy tables → findings."""

from pipelines.check.tables import check

__all__ = ["check"]
