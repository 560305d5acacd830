"""What the pages of a month share: head, figures, acts, checks, history."""

from dataclasses import dataclass

from django.urls import reverse

from funding.views.files import Button
from parcours.enums import AbsenceReason, StatementState
from parcours.models import StatementEvent
from parcours.rules.absences import COUNTING
from parcours.rules.prechecks import blocking
from parcours.rules.statements import moves_for
from parcours.views.looks import LOOKS
from structures.rules.periods import months_from
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.parts import Banner, Figure, Tab
from structures.views.tables import Column, Empty, Table


@dataclass(frozen=True)
class CheckLink:
    """A remark of the pre-check, and the cell it is about."""

    told: str
    is_blocking: bool
    url: str


def month_url(convention, month):
    return reverse("month_grid", args=[convention.pk, f"{month:%Y-%m}"])


def banner(statement, user):
    convention = statement.convention
    facts = [
        ("Structure", "text", convention.structure.name),
        ("Convention", "text", str(convention)),
        ("Validé le", "day", validated_on(statement)),
    ]
    state = badge_of(StatementState(statement.state), LOOKS)
    return Banner(f"Heures de {formats.month(statement.month)}", [state], facts)


def validated_on(statement):
    """None while it is reopened: what was validated is in the history."""
    is_valid = statement.state == StatementState.VALIDE
    return statement.validated_on if is_valid else None


def summary(statement, worth, lines):
    """ETP first, each figure with what makes it; euros due, capped at the annexe."""
    typed = sum(line.hours is not None for line in lines)
    note = ""
    if worth:
        opened = reverse("annexe_figure", args=[worth.version.pk, "etp"])
        note = f"heures × 12 ÷ {formats.hours(worth.version.hours_per_etp)}"
        agreed = Figure(
            *("ETP conventionnés", "etp", worth.version.etp, opened),
            note="de l’annexe en vigueur ce mois-ci",
        )
    figures = [
        Figure("ETP du mois", "etp", worth and worth.etp, note=note),
        Figure("Heures qui comptent", "hours", worth and worth.hours),
        Figure(
            *("Aide du mois", "cents", worth and worth.due),
            note="plafonnée au montant de l’annexe",
        ),
        Figure("Lignes saisies", "text", f"{typed} sur {len(lines)}"),
    ]
    return [*figures, agreed] if worth else figures


def absence_words():
    """(code, label, how it counts) of every reason, for the help of the grid."""
    return [(it.value, it.label, COUNTING[it].label) for it in AbsenceReason]


def buttons(statement, roles, checks, *, on):
    """The acts of the table; proposing waits for what the checks forbid."""
    if statement.pk is None:
        return []
    stopped = [it.told for it in blocking(checks)]
    found = []
    for move in moves_for(StatementState(statement.state), roles):
        url = reverse("month_move", args=[statement.pk, move.act.value.lower()])
        refusals = stopped[:3] if move.act == "SUBMIT" else []
        found.append(Button(move.act.label, url, refusals, is_main=not found))
    return found


def check_links(checks):
    return [CheckLink(it.told, it.is_blocking, anchor(it)) for it in checks]


def anchor(check):
    if check.contract is None:
        return ""
    return f"#c{check.contract}-{check.cell}" if check.cell else f"#c{check.contract}"


def months_around(convention, month):
    """The months of the year in the convention, as tabs."""
    months = [
        it
        for it in months_from(convention.starts_on, convention.ends_on)
        if it.year == month.year
    ]
    return [
        Tab(formats.month(it).split()[0], month_url(convention, it), it == month)
        for it in months
    ]


def history(statement, user):
    """Who proposed, validated, unlocked, and why; an empty table tells it is new."""
    columns = [
        Column("Acte"),
        Column("Date", "day"),
        Column("État", "badge"),
        Column("Heures", "hours"),
        Column("Par"),
        Column("Motif"),
    ]
    events = StatementEvent.objects.filter(statement=statement).select_related("by")
    rows = [
        (
            it.get_act_display(),
            it.on,
            badge_of(StatementState(it.target), LOOKS),
            it.hours,
            str(it.by),
            it.reason,
        )
        for it in (events.order_by("-pk") if statement else [])
    ]
    empty = Empty("Aucun acte", "Le mois n’a été ni proposé ni validé ici.")
    return Table("Historique du mois", columns, rows, empty=empty, key="historique")
