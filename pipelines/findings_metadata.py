"""The findings that the official shapes of DCAT-AP lead to; `vocab/shapes/japan.ttl` has its own.

A shape of DCAT-AP says how serious its result is, so the severity stated here is only the usual
one. `{about}` is the thing, `{item}` the property, `{remedy}` what to do, each in plain words.
"""

from __future__ import annotations

from pipelines.findings import REGISTRY, FindingKind
from pipelines.model import Severity


def _kind(code: str, severity: Severity, ja: str, en: str) -> FindingKind:
    if code in REGISTRY:
        raise ValueError(f"finding declared twice: {code}")
    REGISTRY[code] = FindingKind(code, severity, ja, en, "{remedy}", "{remedy_en}")
    return REGISTRY[code]


DCAT_MISSING = _kind(
    "dcat-ap-missing",
    "誤り",
    "{about}に「{item}」がありません。",
    "The {about_en} has no {item_en}.",
)
DCAT_TOO_MANY = _kind(
    "dcat-ap-too-many",
    "誤り",
    "{about}の「{item}」が多すぎます。{expected}つまでです。",
    "The {about_en} has more than {expected} of this item: {item_en}.",
)
DCAT_VALUE = _kind(
    "dcat-ap-value",
    "誤り",
    "{about}の「{item}」の値が、決められた形（{wanted}）ではありません。",
    "The {item_en} of the {about_en} cannot be used; it must be {wanted_en}.",
)
DCAT_CLASS = _kind(
    "dcat-ap-class",
    "誤り",
    "{about}の「{item}」が指すものは、「{wanted}」として書かれていません。",
    "What the {item_en} of the {about_en} points to must be described as: {wanted_en}.",
)
DCAT_VOCABULARY = _kind(
    "dcat-ap-vocabulary",
    "誤り",
    "{about}の「{item}」の値が、{wanted}にありません。",
    "The {item_en} of the {about_en} is not an entry of {wanted_en}.",
)
RULE_BROKEN = _kind(
    "metadata-rule",
    "誤り",
    "{about}の「{item}」が、検査の規則{said}に合いません。",
    "The {item_en} of the {about_en} breaks a rule of the shapes{said_en}.",
)
