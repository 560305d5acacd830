"""Decisions a structure may contest, and their appeals, as a table."""

from django.urls import reverse

from funding.enums import AppealOutcome
from funding.figures import appeals
from structures.templatetags import formats
from structures.views.badges import ERROR, INFO, NEUTRAL, SUCCESS, WARNING, Badge
from structures.views.tables import Column, Link, Table

LOOKS = {
    AppealOutcome.UPHELD: SUCCESS,
    AppealOutcome.DISMISSED: ERROR,
    AppealOutcome.WITHDRAWN: NEUTRAL,
}


def in_words(change):
    """« Refuser », annexe 2019 M1, le 20/03/2019"""
    name = (
        change.convention or f"{change.version.annexe} M{change.version.modification}"
    )
    return f"« {change.get_act_display()} », {name}, le {formats.day(change.on)}"


def decisions_table(found, *, is_agent, months):
    """Decisions that may be contested, and each of their appeals."""
    columns = [
        Column("Décision"),
        Column("Délai de recours", "day", hint="si notifiée le jour même"),
        Column("Recours"),
        Column("Formé le", "day"),
        Column("Issue", "badge"),
        Column("Motif"),
    ]
    rows = []
    for it in found:
        rows += [
            decision_line(it, appeal, is_agent=is_agent, months=months)
            for appeal in it.appeals or [None]
        ]
    return Table("Décisions et recours", columns, rows, key="recours")


def decision_line(it, appeal, *, is_agent, months):
    decision = in_words(it.change)
    if is_agent:
        decision = Link(
            decision,
            reverse("appeal_file", args=[it.change.pk]),
            "Ouvrir pour enregistrer un recours",
        )
    if appeal is None:
        return decision, it.last_day, None, None, None, it.change.reason
    late = "hors délai" if appeals.is_late(appeal, months=months) else ""
    url = reverse("appeal_decide", args=[appeal.pk])
    is_open = is_agent and not appeal.outcome
    return (
        decision,
        it.last_day,
        Link(appeal.get_kind_display(), url if is_open else "", late),
        appeal.filed_on,
        outcome_badge(appeal, is_late=bool(late)),
        appeal.grounds or appeal.reason,
    )


def outcome_badge(appeal, *, is_late):
    if appeal.outcome:
        outcome = AppealOutcome(appeal.outcome)
        return Badge(outcome.label, *LOOKS[outcome])
    return Badge("En cours", *(WARNING if is_late else INFO))
