"""An immersion agreed during a contract (R49)."""

from datetime import date

from django.db import transaction

from parcours.actions.contracts import locked
from parcours.actions.intake import check_may_take_in, keep_act
from parcours.actions.refusals import confirmed_warnings, save_checked
from parcours.enums import PersonAct
from parcours.figures.immersions import found_in
from parcours.models import Contract, Immersion
from structures.models import User


@transaction.atomic
def agree_immersion(
    *,
    contract: Contract,
    host: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
    is_renewal: bool,
    by: User,
    on: date,
) -> Immersion:
    """One convention or its renewal. Raises ParcoursRefused, Found for the rules’ own."""
    contract = locked(contract)
    check_may_take_in(contract.structure, by, on=starts_on)
    row = Immersion(
        contract=contract,
        host=host,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        is_renewal=is_renewal,
        by=by,
    )
    found = [("ends_on", finding) for finding in found_in(row)]
    confirmed_warnings(found, confirmed=False)
    saved: Immersion = save_checked(row)
    keep_act(PersonAct.IMMERSION, contract, told=[str(saved)], by=by, on=on)
    return saved
