"""What comes out of the gate: raw results, what is tolerated of them and why, and the findings."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.model import Finding


@dataclass(frozen=True, slots=True, order=True)
class GateResult:
    """One SHACL result.

    `focus` is the node it is about and `value` the offending value, both in N-Triples ('' for no
    value); `path` as in `ShapeInfo`; `severity` and `component` are local names of `sh:`
    (`Violation`, `MinCountConstraintComponent`); `shape` is the name of the shape in this process.
    """

    focus: str
    path: str
    severity: str
    component: str
    value: str
    shape: str

    @property
    def node(self) -> str:
        """The IRI of the focus node; '' for a blank node."""
        return self.focus[1:-1] if self.focus.startswith("<") else ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a focus node belongs: the dataset's ID and the file's, '' when there is none."""

    dataset: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Results that are let through, and why (an entry of `vocab/shapes/tolerated.ttl`).

    `about` and `path` are IRIs, `value_start` is how the value must start and `value_pattern` the
    regular expression that it must match ('' for any). With `told` the result is listed here and
    stays a finding.
    """

    file: str
    about: str
    path: str
    severity: str
    value_start: str
    value_pattern: str
    told: bool
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """All that the gate found, each part in an order that depends on nothing but the data.

    `results` is everything, `tolerated` the part that an entry of the list covers.
    """

    findings: tuple[Finding, ...]
    tolerated: tuple[tuple[GateResult, Tolerance], ...]
    results: tuple[GateResult, ...]
