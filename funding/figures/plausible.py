"""What the ETP somebody writes are compared with, before they are believed."""

from decimal import Decimal

from django.db.models import Max

from funding.figures.last_year import with_last_year
from funding.models import AnnexeFinanciere, AnnexeVersion
from funding.rules.plausible import is_unlikely
from structures.models import Convention
from structures.rules.writing import etps


def doubt_of(version: AnnexeVersion, etp: Decimal) -> str:
    """What makes these ETP unlikely, in a sentence; "" when nothing does; two queries."""
    annexe = version.annexe
    versions = AnnexeVersion.objects.filter(pk=version.pk)
    told = with_last_year(versions, year=annexe.year - 1).get()
    past = [getattr(told, name) for name in ("last_etp", "last_realised")]
    return doubt(etp, [version.etp, *past], annexe.convention, annexe.year)


def doubt(
    etp: Decimal, own: list[Decimal | None], convention: Convention, year: int
) -> str:
    """The same, where no version is written yet: `own` is what the structure had."""
    known = max((it for it in own if it), default=None)
    elsewhere = None if known else largest(convention, year)
    if not is_unlikely(etp, own=own, elsewhere=elsewhere):
        return ""
    if known:
        return f"{etps(etp)}, quand la structure en a eu {etps(known)} au plus."
    most = etps(elsewhere or Decimal(0))
    return f"{etps(etp)}, quand la plus grande annexe du département en a {most}."


def largest(convention: Convention, year: int) -> Decimal | None:
    """ETP of the largest annexe in force of a département, that year or the one before."""
    place = convention.structure.commune.departement_id
    annexes = AnnexeFinanciere.objects.filter(
        convention__structure__commune__departement=place, year__in=(year - 1, year)
    )
    found: Decimal | None = (
        AnnexeVersion.objects.counted()
        .filter(annexe__in=annexes)
        .aggregate(n=Max("etp"))["n"]
    )
    return found
