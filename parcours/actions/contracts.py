"""A contract renewed, or another one signed on the right that runs (R43-R48)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from parcours.actions.intake import check_may_take_in, keep_act, said_of, sign
from parcours.actions.refusals import (
    ParcoursRefused,
    confirmed_warnings,
    save_checked,
)
from parcours.actions.rights import as_right
from parcours.enums import PersonAct
from parcours.figures.asked import AskedContract, AskedDecision, Place
from parcours.figures.contract_law import contract_law
from parcours.figures.hiring import FoundIn, contract_findings, right_flaws
from parcours.models import Contract, ContractDecision
from structures.models import User
from structures.rules.writing import day

DECISION = {"until": "decision_until", "__all__": "decision_until"}


@transaction.atomic
def renew_contract(
    *,
    contract: Contract,
    asked: AskedContract,
    by: User,
    on: date,
    decision: AskedDecision | None = None,
    confirmed: bool = False,
) -> Contract:
    """The contract that follows another, of the same hiring and kind.

    Raises ParcoursRefused, and Found for refusals and unconfirmed warnings.
    """
    last = locked(contract)
    check_renewable(last, starts_on=asked.starts_on)
    place = place_of(last, decision, on=on, renews=last)
    found = contract_findings(asked, place)
    return signed(PersonAct.RENEWED, asked, place, found, by, on, confirmed)


@transaction.atomic
def add_contract(
    *,
    beside: Contract,
    asked: AskedContract,
    by: User,
    on: date,
    decision: AskedDecision | None = None,
    confirmed: bool = False,
) -> Contract:
    """Another contract of somebody known here, on the same right. Raises as above."""
    place = place_of(locked(beside), decision, on=on)
    flaws = right_flaws(asked, as_right(place.parcours), kind=place.kind, law=place.law)
    found = [("starts_on", flaw) for _, flaw in flaws]
    found += contract_findings(asked, place)
    return signed(PersonAct.ADDED, asked, place, found, by, on, confirmed)


def locked(contract: Contract) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",))
    found: Contract = rows.select_related("structure", "person", "parcours").get(
        pk=contract.pk
    )
    return found


def check_renewable(contract: Contract, *, starts_on: date) -> None:
    """Raises ParcoursRefused for one that ended, that is renewed, or has no end."""
    if hasattr(contract, "exit"):
        raise ParcoursRefused(
            f"La sortie du {day(contract.exit.exited_on)} a terminé ce contrat : signez "
            "un nouveau contrat."
        )
    if hasattr(contract, "renewed_by"):
        raise ParcoursRefused("Ce contrat est déjà renouvelé : renouvelez le dernier.")
    if contract.ends_on is None:
        raise ParcoursRefused("Un contrat sans fin ne se renouvelle pas.")
    if starts_on <= contract.ends_on:
        raise ParcoursRefused(
            f"Le contrat renouvelé finit le {day(contract.ends_on)} : faites commencer "
            "la suite après ce jour.",
            field="starts_on",
        )


def place_of(
    contract: Contract,
    decision: AskedDecision | None,
    *,
    on: date,
    renews: Contract | None = None,
) -> Place:
    return Place(
        structure=contract.structure,
        person=contract.person,
        parcours=contract.parcours,
        law=contract_law(known_on=on),
        renews=renews,
        decision=decision,
    )


def signed(
    act: PersonAct,
    asked: AskedContract,
    place: Place,
    found: Iterable[FoundIn],
    by: User,
    on: date,
    confirmed: bool,
) -> Contract:
    """The contract, its decision and who did it; all or nothing."""
    check_may_take_in(place.structure, by, on=asked.starts_on)
    told = confirmed_warnings(found, confirmed=confirmed) + said_of(asked)
    contract = sign(asked, place, place.parcours)
    if place.decision:
        keep_decision(contract, place.decision, by=by)
    keep_act(act, contract, told=told, by=by, on=on)
    return contract


def keep_decision(contract: Contract, asked: AskedDecision, *, by: User) -> None:
    row = ContractDecision(
        contract=contract,
        kind=asked.kind,
        decided_on=asked.decided_on,
        starts_on=contract.starts_on,
        until=asked.until,
        reference=asked.reference,
        by=by,
    )
    save_checked(row, fields=DECISION)
