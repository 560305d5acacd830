"""Why something is not done to a parcours: a sentence, and where to look."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from parcours.enums import Severity
from parcours.rules.findings import Finding


class ParcoursRefused(Exception):
    """Nothing is written; `user_message` says why and what next, `field` where."""

    def __init__(self, user_message: str, *, field: str = "") -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.field = field


class Found(ParcoursRefused):
    """What the rules found, each with its field; only warnings may be confirmed."""

    def __init__(self, findings: Iterable[tuple[str, Finding]]) -> None:
        self.findings = list(findings)
        super().__init__(" ".join(finding.told for _, finding in self.findings))

    @property
    def refusals(self) -> list[tuple[str, Finding]]:
        return [it for it in self.findings if it[1].severity == Severity.REFUSAL]

    @property
    def warnings(self) -> list[Finding]:
        return [it for _, it in self.findings if it.severity == Severity.WARNING]


def confirmed_warnings(
    findings: Iterable[tuple[str, Finding]], *, confirmed: bool
) -> list[str]:
    """The sentences that were confirmed. Raises Found on a refusal, or on a warning that
    nobody confirmed."""
    found = Found(findings)
    if found.refusals or (found.warnings and not confirmed):
        raise found
    return [warning.told for warning in found.warnings]


def save_checked(row: models.Model, *, fields: dict[str, str] | None = None) -> Any:
    """Save a row whose constraints are told as sentences. Raises ParcoursRefused.

    Checked first, then by the database: somebody may be quicker. `fields` says which
    field of the form stands for a column or a constraint.
    """
    places = fields or {}
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        name, told = first_of(error)
        raise ParcoursRefused(told, field=places.get(name, "")) from error
    except IntegrityError as error:
        diagnostic = getattr(error.__cause__, "diag", None)
        told = sentence_of(row, getattr(diagnostic, "constraint_name", "") or "")
        if not told:
            raise
        raise ParcoursRefused(told) from error
    return row


def first_of(error: ValidationError) -> tuple[str, str]:
    for name, messages in error.message_dict.items():
        return name, " ".join(messages)
    return "", ""


def sentence_of(row: models.Model, constraint: str) -> str:
    for one in row._meta.constraints:
        if one.name == constraint:
            return str(one.violation_error_message)
    return ""


def refuse(findings: Iterable[Finding], *, fields: Mapping[str, str]) -> None:
    """Raises ParcoursRefused with the first refusal; `fields` says where each one is."""
    for finding in findings:
        if finding.severity == Severity.REFUSAL:
            raise ParcoursRefused(finding.told, field=fields.get(finding.code, ""))
