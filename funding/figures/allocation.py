"""What an annexe asks of each envelope: its earmarks, the département’s part, the rest."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from funding.enums import Bucket, Level, Line
from funding.figures.socle import periods_of
from funding.models import Account, AnnexeFinanciere, AnnexeVersion, Envelope
from funding.rules.cofinancing import (
    EtpSplit,
    cofinancing_share,
    departement_share,
    etp_split,
    target_beneficiaries,
)
from funding.rules.engagement import as_paid
from funding.rules.socle import total_of_periods
from structures.enums import StructureKind
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.rules.merging import fingerprint
from structures.rules.periods import months_covered, months_later
from structures.rules.rounding import cents

ZERO = Decimal(0)
EARMARKS = [Line.ERBM, Line.PAUVRETE]
FINEST = Decimal("0.01")  # ETP are written in hundredths


def mark_of(version: AnnexeVersion) -> str:
    """A short mark of how a version is shared out: what a form had before it."""
    parts = version.parts.order_by("envelope").values_list("envelope", "etp", "posts")
    return fingerprint([version.etp, version.cofinanced, *parts])


def earmarks_for(version: AnnexeVersion) -> list[Envelope]:
    """The earmarks of the structure’s département that year, in or out of reach."""
    place = version.annexe.convention.structure.commune.departement_id
    found = Envelope.objects.filter(
        year=version.annexe.year,
        level=Level.EARMARK,
        line__in=EARMARKS,
        departement=place,
    )
    return list(found.select_related("departement").order_by("pk"))


def forbidden(envelope: Envelope, annexe: AnnexeFinanciere) -> str:
    """Name of what forbids an envelope to bear an annexe (R82); empty when it may."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(funding_cannot_bear(%s, %s), '')", [envelope.pk, annexe.pk]
        )
        return str(cursor.fetchone()[0])


def amount_of(version: AnnexeVersion, etp: Decimal) -> Decimal:
    """Euros that ETP of this version are worth, rounded as the whole annexe (R16, R17)."""
    return total_of_periods(
        etp=etp, periods=periods_of(version), ends_on=version.ends_on
    )


def near_paid(version: AnnexeVersion, envelope: Envelope, amount: Decimal) -> Decimal:
    """A part, or what the envelope paid of the annexe when that is near; one query."""
    account = Account.objects.filter(
        annexe=version.annexe_id, envelope=envelope, bucket=Bucket.PAID
    ).first()
    paid = account.balance if account else ZERO
    return as_paid(amount, paid=paid, step=amount_of(version, FINEST))


def share_of(version: AnnexeVersion, *, on: date) -> Decimal:
    """Share of the RSA the département pays; 0 for a kind without an agreement (R41)."""
    kind = StructureKind(version.annexe.convention.structure.kind)
    try:
        default = legal_value("part_rsa_cd", StructureKind.ACI, on=on).value
    except NotInForce:
        default = ZERO
    return cofinancing_share(kind=kind, default=default)


def cofinancing_of(
    version: AnnexeVersion, *, beneficiaries: Decimal, on: date
) -> Decimal:
    """Euros the département pays for so many former RSA beneficiaries (R38).

    Each month at its own RSA, as known on `on`: one query a month.
    """
    first = version.starts_on.replace(day=1)
    months = months_covered(version.starts_on, version.ends_on)
    rsa = [
        legal_value(
            "rsa_forfaitaire", on=month, known_on=max(on, version.starts_on)
        ).value
        for month in (months_later(first, place) for place in range(months))
    ]
    share = share_of(version, on=version.starts_on)
    return cents(beneficiaries * departement_share(rsa, share=share))


@dataclass(frozen=True)
class Cofinancing:
    """What a cofinancing stands for: ETP on each side, beneficiaries each month."""

    split: EtpSplit
    beneficiaries: Decimal | None


def cofinancing_means(version: AnnexeVersion, *, on: date) -> Cofinancing:
    """R39 and R40, at the RSA of the first month."""
    split = etp_split(
        etp=version.etp, cofinanced=version.cofinanced, total=version.total
    )
    share = share_of(version, on=version.starts_on)
    if not version.cofinanced or not share:
        return Cofinancing(split, None)
    rsa = legal_value(
        "rsa_forfaitaire", on=version.starts_on, known_on=max(on, version.starts_on)
    )
    beneficiaries = target_beneficiaries(
        cofinanced=version.cofinanced,
        months=months_covered(version.starts_on, version.ends_on),
        share_of_month=cents(rsa.value * share),
    )
    return Cofinancing(split, beneficiaries)
