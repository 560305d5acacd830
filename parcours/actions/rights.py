"""The right a hiring stands on: the one that runs, or the one that is typed."""

from dataclasses import dataclass
from datetime import date

from parcours.actions.refusals import ParcoursRefused, save_checked
from parcours.enums import Regime
from parcours.figures.contract_law import Law
from parcours.models import Parcours, Person
from parcours.rules.pass_iae import pass_end
from parcours.rules.regimes import Right, is_pass_number, right_needed
from structures.enums import StructureKind
from structures.rules.periods import ONE_DAY, last_day_of_months
from structures.rules.writing import day

PLACES = {
    "number": "right_number",
    "starts_on": "right_starts_on",
    "ends_on": "right_ends_on",
    "__all__": "right_starts_on",
}


@dataclass(frozen=True, kw_only=True)
class AskedRight:
    """A right as it is typed; all empty where one runs already, or none is needed."""

    number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.number or self.starts_on or self.ends_on)


def running_right(person: Person, *, on: date) -> Parcours | None:
    """The right that covers a day, locked; None without one."""
    if person.pk is None:
        return None
    rows = Parcours.objects.select_for_update().filter(person=person)
    return rows.filter(starts_on__lte=on, ends_on__gte=on).first()


def right_of_hiring(
    person: Person,
    asked: AskedRight,
    *,
    kind: StructureKind,
    on: date,
    until: date | None,
    law: Law,
) -> Parcours | None:
    """The right of a hiring, not saved when it is new; None when it lacks.

    One that runs is never typed again. Raises ParcoursRefused when another is typed.
    """
    running = running_right(person, on=on)
    if running and not (running.regime == Regime.FREE and not asked.is_empty):
        if asked.number and asked.number != running.number:
            raise ParcoursRefused(
                f"Cette personne a déjà un droit du {day(running.starts_on)} au "
                f"{day(running.ends_on)}, qui couvre l’embauche : laissez vides le "
                "numéro et les dates.",
                field="right_number",
            )
        return running
    if asked.is_empty:
        return free_right(person, kind=kind, on=on, until=until, law=law)
    return typed_right(person, asked, on=on, law=law)


def free_right(
    person: Person, *, kind: StructureKind, on: date, until: date | None, law: Law
) -> Parcours | None:
    """Of an AI before the PASS IAE: no number; it lasts as an agrément does."""
    pass_since = law.since("pass_duree")
    if right_needed(kind=kind, on=on, pass_since=pass_since) != Regime.FREE:
        return None
    months = law.months("agrement_duree", on=on) or 0
    last = last_day_of_months(on, months)
    return Parcours(
        person=person, regime=Regime.FREE, starts_on=on, ends_on=max(last, until or on)
    )


def typed_right(person: Person, asked: AskedRight, *, on: date, law: Law) -> Parcours:
    """An agrément or a PASS IAE; its end is computed when it is not typed."""
    if asked.starts_on is None:
        raise ParcoursRefused("Saisissez le début du droit.", field="right_starts_on")
    number = "".join(asked.number.split())
    is_pass = is_pass_number(number)
    if on >= law.since("pass_duree") and asked.starts_on >= law.since("pass_duree"):
        if number and not is_pass:
            raise ParcoursRefused(
                "Un PASS IAE a un numéro de douze chiffres, qui commence par 99999 : "
                "recopiez-le.",
                field="right_number",
            )
        is_pass = True
    return Parcours(
        person=person,
        regime=Regime.PASS_IAE if is_pass else Regime.AGREMENT,
        number=number,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on or usual_end(asked.starts_on, is_pass=is_pass, law=law),
    )


def usual_end(starts_on: date, *, is_pass: bool, law: Law) -> date:
    if is_pass:
        known = ("pass_duree", "pass_experimentation")
        days = [law.months(name, on=starts_on) for name in known]
        return pass_end(starts_on, days=next((it for it in days if it), 0))
    return last_day_of_months(
        starts_on, law.months("agrement_duree", on=starts_on) or 0
    )


def as_right(parcours: Parcours | None) -> Right | None:
    if parcours is None:
        return None
    return Right(
        regime=Regime(parcours.regime),
        number=parcours.number,
        starts_on=parcours.starts_on,
        ends_on=parcours.ends_on,
    )


def save_right(parcours: Parcours) -> Parcours:
    """Write a new right; one of an AI that it replaces ends the day before."""
    if parcours.pk:
        return parcours
    free = Parcours.objects.filter(
        person=parcours.person,
        regime=Regime.FREE,
        starts_on__lt=parcours.starts_on,
        ends_on__gte=parcours.starts_on,
    )
    free.update(ends_on=parcours.starts_on - ONE_DAY)
    saved: Parcours = save_checked(parcours, fields=PLACES)
    return saved
