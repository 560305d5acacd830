"""Why something is not done to a parcours: a sentence, and where to look."""

from collections.abc import Iterable, Mapping

from parcours.enums import Severity
from parcours.rules.findings import Finding


class ParcoursRefused(Exception):
    """Nothing is written; `user_message` says why and what next, `field` where."""

    def __init__(self, user_message: str, *, field: str = "") -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.field = field


def refuse(findings: Iterable[Finding], *, fields: Mapping[str, str]) -> None:
    """Raises ParcoursRefused with the first refusal; `fields` says where each one is."""
    for finding in findings:
        if finding.severity == Severity.REFUSAL:
            raise ParcoursRefused(finding.told, field=fields.get(finding.code, ""))
