"""What a labelled figure is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipelines.tidy.years import Moment


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text.

    `value` is in `unit` (1.4万人 → 14000 人); `span` covers the number with its qualifiers and
    unit, `label_span` what names it, both in `source`; `moment` is the year printed with it.
    """

    value: Decimal
    unit: str
    unit_key: str
    label: str
    qualifier: str
    span: tuple[int, int]
    label_span: tuple[int, int]
    source: str = ""
    moment: Moment | None = None

    @property
    def printed(self) -> str:
        """The printed words of the figure, from its label to its unit, brackets closed."""
        start = min(self.span[0], self.label_span[0])
        end = max(self.span[1], self.label_span[1])
        said = self.source[start:end]
        if self.source[end : end + 1] in (")", "）") and said.count("(") + said.count("（") > (
            said.count(")") + said.count("）")
        ):
            end += 1
        return self.source[start:end].strip()
