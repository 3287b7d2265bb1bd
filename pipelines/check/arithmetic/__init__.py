"""The arithmetic of a document: totals, rates, hours, changes and shares that it states itself."""

from pipelines.check.arithmetic.whole import check_arithmetic

__all__ = ["check_arithmetic"]
