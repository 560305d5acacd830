"""What a check finds: refusals and warnings, each a sentence that says what to do next.

A form shows them beside its fields; an action refuses when one of them refuses. The code
names a case for the program, and never changes; the sentence may.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from parcours.enums import Severity


@dataclass(frozen=True)
class Finding:
    """One thing to change (a refusal) or to look at again (a warning)."""

    code: str
    severity: Severity
    told: str


def refusal(code: str, told: str) -> Finding:
    return Finding(code, Severity.REFUSAL, told)


def warning(code: str, told: str) -> Finding:
    return Finding(code, Severity.WARNING, told)


def is_refused(findings: Iterable[Finding]) -> bool:
    """Whether one of them refuses; warnings alone let it through."""
    return any(finding.severity == Severity.REFUSAL for finding in findings)
