"""Whether a printed number is the rounded, the truncated or another form of an exact one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from pipelines.check.arithmetic.figures import Figure

Verdict = Literal["right", "truncated", "differs"]


def verdict(figure: Figure, exact: Fraction) -> Verdict:
    """How a printed figure stands to the exact value: rounded right, cut off, or neither.

    `約` lets it be rounded to its last digit that is not zero (約200 for 219), or cut off; 以上
    lets it be lower by less than that digit. Half a step is rounded up (四捨五入).
    """
    step = Fraction(1, 10**figure.decimals)
    printed = Fraction(figure.value)
    loose = Fraction(_last_place(figure.value))
    if "about" in figure.marks and abs(printed - exact) * 2 <= loose:
        return "right"
    if "least" in figure.marks and printed <= exact < printed + loose:
        return "right"
    if -step < (printed - exact) * 2 <= step:
        return "right"
    if exact >= 0 and printed < exact < printed + step:
        return "right" if "about" in figure.marks else "truncated"
    return "differs"


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 8400 → 100, 38 → 1, 1.5 → 0.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if value else Decimal(1)


def rounded(exact: Fraction, decimals: int) -> str:
    """An exact value as it would be printed: `24.4`, `1,329`."""
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def plain(value: Decimal) -> str:
    """A decimal with commas and no needless zeros: 24953 → `24,953`."""
    whole = value == value.to_integral_value()
    return f"{value.to_integral_value() if whole else value.normalize():,f}"


def one_slip(difference: Decimal) -> bool:
    """Whether one wrong digit would make the difference: 6, 40, 300 … (never 0)."""
    digits = abs(difference).normalize().as_tuple().digits
    return len(digits) == 1 and digits != (0,)
