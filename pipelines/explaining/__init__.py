"""Where a value stands and how it was read: `machidata explain` as dataclasses."""

from pipelines.explaining.explain import explain
from pipelines.explaining.model import (
    Around,
    Explained,
    Explanation,
    RuleSaid,
    ShownRow,
    SourceSaid,
)

__all__ = ["Around", "Explained", "Explanation", "RuleSaid", "ShownRow", "SourceSaid", "explain"]
