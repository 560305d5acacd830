"""The département’s part: 88 % of the RSA for each former beneficiary in an ACI."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from structures.enums import StructureKind
from structures.rules.rounding import cents


def monthly_share(*, rsa: Decimal, share: Decimal) -> Decimal:
    """Euros the département pays for one beneficiary in a month, to the cent.

    Source : Code du travail, art. D. 5132-41 (R38).
    """
    return cents(rsa * share)


def departement_share(rsa_of_months: Iterable[Decimal], *, share: Decimal) -> Decimal:
    """Euros the département pays for one beneficiary over some months.

    Each month at its own RSA. Source : Code du travail, art. D. 5132-41 (R38).
    """
    return sum(
        (monthly_share(rsa=rsa, share=share) for rsa in rsa_of_months), Decimal(0)
    )


def target_beneficiaries(
    *, cofinanced: Decimal, months: int, share_of_month: Decimal
) -> Decimal:
    """Beneficiaries of the RSA a co-financing pays for each month, not rounded.

    Source : tableaux de bord de l’État, stg_eq_brsa_annuel.sql (R39).
    """
    return cofinanced / months / share_of_month


@dataclass(frozen=True, kw_only=True)
class EtpSplit:
    state: Decimal
    departement: Decimal


def etp_split(*, etp: Decimal, cofinanced: Decimal, total: Decimal) -> EtpSplit:
    """ETP of the State and of the département, in the ratio of their euros, not rounded.

    An annexe without an amount is all the State’s.

    Source : tableaux de bord de l’État, suivi_etp_conventionnes_v2.sql (R40).
    """
    departement = etp * cofinanced / total if total else Decimal(0)
    return EtpSplit(state=etp - departement, departement=departement)


def cofinancing_share(
    *, kind: StructureKind, default: Decimal, agreed: Decimal | None = None
) -> Decimal:
    """Share of the RSA the département pays for this kind of structure.

    What the yearly agreement (CAOM) says; without one, the default for an ACI only.

    Source : Code du travail, art. L. 5132-3-1 et D. 5132-41 (R41).
    """
    if agreed is not None:
        return agreed
    return default if kind == StructureKind.ACI else Decimal(0)
