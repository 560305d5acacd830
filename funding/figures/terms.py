"""The terms an annexe was paid under, version after version."""

from datetime import date

from funding.enums import VersionState
from funding.models import AnnexeFinanciere, AnnexeVersion
from funding.models.annexe import COUNTED
from structures.rules.periods import month_end

# What was signed one day, whatever became of it.
SIGNED = [*COUNTED, VersionState.HISTORISE]


def signed_versions(annexe: AnnexeFinanciere) -> list[AnnexeVersion]:
    """Versions that ruled the payments, in order; one query."""
    found = annexe.versions.filter(state__in=SIGNED).order_by("modification", "pk")
    return list(found)


def last_version(versions: list[AnnexeVersion]) -> AnnexeVersion:
    """The version in force, else the last one."""
    counted = [version for version in versions if version.state in COUNTED]
    return (counted or versions)[-1]


def months_of(annexe: AnnexeFinanciere) -> tuple[date, date]:
    """First day of the first month and last day of the last month it may be paid for.

    Those of every version signed one day: the ASP paid July before an avenant ended the
    annexe in June. Those of its year when nothing is signed yet.
    """
    versions = signed_versions(annexe)
    if not versions:
        return date(annexe.year, 1, 1), date(annexe.year, 12, 31)
    first = min(version.starts_on for version in versions)
    return first.replace(day=1), month_end(max(it.ends_on for it in versions))
