"""What may be done from the page of a person, by who works in the structure."""

from dataclasses import dataclass

from django.urls import reverse

from parcours.actions.exits import RECORDING, TERMS
from parcours.actions.grid import roles_in
from structures.rules.periods import months_later


@dataclass(frozen=True)
class Act:
    """A link to do something."""

    label: str
    url: str


def acts_of(contracts, user, *, on):
    """Of the last contract: what it asks now."""
    latest = contracts[0]
    if not roles_in(user, latest.structure_id) & RECORDING:
        return []
    return [*exit_acts(latest, on=on), *contract_acts(latest)]


def contract_acts(contract):
    """Signed again, or an immersion while it runs."""
    key = [contract.parcours_id]
    yield Act("Renouveler ou ajouter un contrat", reverse("contract_add", args=key))
    if not hasattr(contract, "exit"):
        yield Act("Enregistrer une immersion", reverse("immersion_add", args=key))


def exit_acts(contract, *, on):
    """The exit is recorded, then corrected and followed at each term."""
    if not hasattr(contract, "exit"):
        url = reverse("exit_record", args=[contract.pk])
        yield Act("Enregistrer la sortie", url)
        return
    left = contract.exit
    done = {it.months for it in left.follow_ups.all()}
    for months in TERMS:
        if months not in done and on >= months_later(left.exited_on, months):
            url = reverse("exit_follow_up", args=[left.pk, months])
            yield Act(f"Suivi à {months} mois", url)
    yield Act("Corriger la sortie", reverse("exit_correct", args=[left.pk]))
