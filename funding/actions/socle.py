"""The socle changes within the year: an avenant in draft for each annexe in force."""

from datetime import date

from django.db import transaction

from funding.actions.files import MoveRefused
from funding.actions.terms import copy_periods, open_avenant, reprice, share_out
from funding.enums import LineOutcome
from funding.figures.socle import Foreseen, amounts, foreseen
from funding.models import AnnexeVersion
from funding.models.annexe import BEING_WRITTEN, CURRENT
from funding.rules.socle import Period, Published

NOTE = "Montant socle changé en cours d’année"


def apply_socle(
    *,
    version: AnnexeVersion,
    on: date,
    values: dict[tuple[str, str], list[Published]] | None = None,
) -> Foreseen:
    """Draft the avenant that gives each month its amount, known on a day (R100).

    Idempotent: an annexe that bears them, or whose draft does, is left. The difference
    falls on the ordinary line; earmarks and cofinancing stay. One transaction; what
    stops it is in the line it gives back.
    """
    try:
        with transaction.atomic():
            return _apply(version, on, amounts() if values is None else values)
    except MoveRefused as refusal:
        reason = refusal.user_message
        return Foreseen(version, LineOutcome.BLOCKED, reason, version.total, [])


def _apply(
    version: AnnexeVersion, on: date, values: dict[tuple[str, str], list[Published]]
) -> Foreseen:
    locked = AnnexeVersion.objects.select_for_update(of=("self",)).select_related(
        "annexe__convention__structure__commune"
    )
    version = locked.get(pk=version.pk)
    if version.state not in CURRENT:
        raise MoveRefused("Elle n’est plus en vigueur.")
    draft = version.annexe.versions.filter(state__in=BEING_WRITTEN).first()
    found = foreseen(version, values, draft, on=on)
    if found.outcome != LineOutcome.CREATED:
        return found
    draft = open_avenant(annexe=version.annexe)
    give_periods(draft, found.periods)
    reprice(draft)
    draft.computed_on, draft.note = on, NOTE
    draft.save()
    share_out(draft)
    return found


def give_periods(draft: AnnexeVersion, wanted: list[Period]) -> None:
    draft.periods.all().delete()
    draft.unit_amount = wanted[-1].unit_amount
    if len(wanted) > 1:
        copy_periods(draft, wanted)
