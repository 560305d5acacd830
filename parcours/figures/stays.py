"""The contracts of one stay: renewals are other contracts, not another hiring."""

from datetime import date

from django.db.models import QuerySet

from parcours.models import Contract


def contracts_of_stay(contract: Contract) -> QuerySet[Contract]:
    """Those of the same person, structure and hiring, the last first."""
    return Contract.objects.filter(
        person=contract.person_id,
        structure=contract.structure_id,
        hired_on=contract.hired_on,
    ).order_by("-starts_on", "-pk")


def contract_on(contract: Contract, day: date) -> Contract:
    """The one of the stay that a day belongs to: the last that had begun by then."""
    stay = contracts_of_stay(contract)
    return stay.filter(starts_on__lte=day).first() or contract
