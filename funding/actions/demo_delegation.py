"""The demonstration’s head may sign, as a real one does after an arrêté."""

from datetime import date

from funding.models import SigningDelegation
from structures.actions.demo_accounts import DOMAIN, HEAD
from structures.models import Membership

SINCE = date(2015, 1, 1)
TEXT = "Arrêté de subdélégation, données simulées"


def ensure_demo_delegation() -> None:
    """A delegation without ceiling for each service the demonstration’s head is of.

    Run twice changes nothing; nothing happens when there is no such account.
    """
    members = Membership.objects.filter(
        user__email=f"{HEAD.name}@{DOMAIN}", agency__isnull=False
    )
    for member in members:
        SigningDelegation.objects.get_or_create(
            user=member.user,
            agency=member.agency,
            since=SINCE,
            defaults={"text": TEXT},
        )
