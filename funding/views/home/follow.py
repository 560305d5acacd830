"""The morning of a counsellor or a supervisor: whom to see, what was written last."""

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse

from parcours.figures.following import with_last_interview, without_interview
from parcours.figures.recent import recent_entries
from parcours.models import Contract
from structures.views.context import business_date
from structures.views.parts import Figure
from structures.views.tables import Column, Empty, Link, Table

SHOWN = 15


def follow_home(request):
    on = business_date()
    contracts = Contract.objects.visible_to(request.user)
    silent = without_interview(contracts, on=on)
    waiting = parcours_of(silent)
    running = parcours_of(contracts.running_on(on))
    listed = reverse("parcours_list")
    context = {
        "summary": [
            Figure(
                "Personnes à voir",
                "count",
                waiting,
                f"{listed}?vue=sans-entretien" if waiting else "",
                note="sans entretien récent",
            ),
            Figure(
                "Parcours en cours",
                "count",
                running,
                f"{listed}?vue=en-cours",
            ),
        ],
        "waiting": waiting,
        "silent": silent_table(silent),
        "recent": recent_table(recent_entries(contracts, on=on, limit=SHOWN)),
    }
    return render(request, "funding/home_follow.html", context)


def parcours_of(contracts):
    """How many lines the list of parcours has for these contracts."""
    return contracts.aggregate(n=Count("parcours", distinct=True))["n"]


def silent_table(contracts):
    """The longest without a word first; who was never seen counts from the hiring."""
    waiting = with_last_interview(contracts).select_related("person")
    since = Coalesce("last_interview", "hired_on")
    columns = [
        Column("Personne"),
        Column("Dernier entretien", "day"),
        Column("Embauche", "day"),
        Column("Fin prévue", "day"),
    ]
    rows = [
        (
            person(contract),
            contract.last_interview,
            contract.hired_on,
            contract.ends_on,
        )
        for contract in waiting.order_by(since, "pk")[:SHOWN]
    ]
    empty = Empty(
        "Tout le monde a été vu",
        "Chaque personne en contrat a eu un entretien dans les deux derniers mois.",
    )
    caption = "À voir d’abord : sans entretien récent"
    return Table(caption, columns, rows, empty=empty, key="a-voir")


def recent_table(entries):
    columns = [
        Column("Personne"),
        Column("Date", "day"),
        Column("Ce qui s’est passé"),
    ]
    rows = [
        (person(entry.contract), entry.on, Link(entry.title, note=entry.lane.label))
        for entry in entries
    ]
    empty = Empty("Rien encore", "Les entretiens et les séances apparaîtront ici.")
    return Table("Écrit récemment", columns, rows, empty=empty, key="recents")


def person(contract):
    url = reverse("parcours_detail", args=[contract.parcours_id])
    return Link(str(contract.person), url)
