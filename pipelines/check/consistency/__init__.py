"""A document against itself, and the documents of a package against each other."""

from pipelines.check.consistency.whole import consistency

__all__ = ["consistency"]
