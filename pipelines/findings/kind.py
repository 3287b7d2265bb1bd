"""What a finding is before it is found: one class a code, with its words in both languages.

A stage reports with `SomeKind.at(...)`; nothing else builds a `Finding`. The codes are stable: they
stand in `package.yaml`, in reports and in other people's programs. `{found}`, `{expected}` and any
keyword given to `at` fill the sentences.
"""

from __future__ import annotations

from types import new_class
from typing import Any, ClassVar, get_args

from pipelines.model import Finding, Severity

REGISTRY: dict[str, type[FindingKind]] = {}
"""Every declared kind whose module was imported, by its code; see `pipelines.findings.every`."""

NEEDED = ("code", "title", "title_en", "ja", "en", "fix", "fix_en")
"""What a registered kind must say."""


class FindingKind:
    """A kind of finding; a subclass declares one and is registered by its code.

    `title` names it in a list, `ja`/`en` and `fix`/`fix_en` are templates filled by `at`. Raises
    ValueError at import when a code is declared twice, one of `NEEDED` is empty or the severity is
    none. A subclass made with `registered=False` stands for a rule that is declared elsewhere (a
    SHACL shape).
    """

    code: ClassVar[str] = ""
    severity: ClassVar[Severity] = "警告"
    title: ClassVar[str] = ""
    title_en: ClassVar[str] = ""
    ja: ClassVar[str] = ""
    en: ClassVar[str] = ""
    fix: ClassVar[str] = ""
    fix_en: ClassVar[str] = ""

    def __init_subclass__(cls, *, registered: bool = True, **more: Any) -> None:
        super().__init_subclass__(**more)
        if not registered:
            return
        missing = [name for name in NEEDED if not getattr(cls, name).strip()]
        if missing:
            raise ValueError(f"finding {cls.code or cls.__name__} lacks {', '.join(missing)}")
        if cls.severity not in get_args(Severity):
            raise ValueError(f"finding {cls.code} has an unknown severity: {cls.severity}")
        if cls.code in REGISTRY:
            raise ValueError(f"finding declared twice: {cls.code}")
        REGISTRY[cls.code] = cls

    @classmethod
    def at(
        cls,
        *,
        table: str = "",
        row_id: str = "",
        place: object = "",
        found: str = "",
        expected: str = "",
        **words: str,
    ) -> Finding:
        """The finding at one place. Raises KeyError when a template's word is not given."""
        known = {"found": found, "expected": expected, "table": table, "row_id": row_id, **words}
        return Finding(
            code=cls.code,
            severity=cls.severity,
            table=table,
            row_id=row_id,
            place=str(place),
            found=found,
            expected=expected,
            message=cls.ja.format_map(known),
            message_en=cls.en.format_map(known),
            fix=cls.fix.format_map(known),
            fix_en=cls.fix_en.format_map(known),
        )


def undeclared(
    code: str,
    severity: Severity,
    ja: str,
    en: str,
    fix: str,
    fix_en: str,
    title: str = "",
    title_en: str = "",
) -> type[FindingKind]:
    """A kind whose words stand elsewhere (`vocab/shapes`); it is not in the registry."""
    words = {"ja": ja, "en": en, "fix": fix, "fix_en": fix_en, "title": title, "title_en": title_en}
    told = {"code": code, "severity": severity, **words}
    return new_class(code, (FindingKind,), {"registered": False}, lambda body: body.update(told))
