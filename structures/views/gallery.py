"""Each component in each of its states, on one page; the forms of the pack too."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from structures.enums import Confidence, Status, StructureKind
from structures.forms import SampleForm, SampleFormSet, SampleLineHelper
from structures.views.badges import ERROR, NEUTRAL, SUCCESS, WARNING, Badge, badge_of
from structures.views.parts import (
    Banner,
    Chip,
    Decision,
    Figure,
    Progress,
    Tab,
    Task,
    Worked,
)
from structures.views.tables import Column, Empty, Link, ListState, Table


@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request):
    """For whoever builds pages: staff, or anybody of a demonstration."""
    if not (settings.DEMO or request.user.is_staff):
        raise Http404
    wrong = SampleForm({"amount": "-1", "kind": "", "mail": "sans-arobase"})
    return render(
        request,
        "structures/gallery.html",
        {
            "parts": parts(),
            "tables": tables(ListState(request.GET)),
            "lane": lane(),
            "form": SampleForm(request.POST or None, auto_id="vide_%s"),
            "wrong": wrong,
            "lines": {
                "set": SampleFormSet(prefix="ligne"),
                "helper": SampleLineHelper(),
            },
        },
    )


def parts():
    return {
        "banner": banner(),
        "summary": summary(),
        "badges": badges(),
        "chips": [Chip("Commune : Lens", "?"), Chip("Recherche : « jardin »", "?")],
        "tabs": [
            Tab("Tous", "?", is_current=True, count=122),
            Tab("ACI", "?", count=52),
        ],
        "running": Progress("Résultats à la sortie 2018", 12, 303, is_running=True),
        "over": Progress("Terminée", 303, 303),
        "tasks": [
            Task("Structures en retard de saisie", 5, "?", "au moins un mois manque"),
            Task("Conventions à renouveler", 0, "?", "sous 90 jours"),
        ],
        "self": reverse("gallery"),
        "exports": [("Excel", "?format=xlsx"), ("CSV", "?format=csv")],
        **money(),
    }


def money():
    """What is granted, and what is refused."""
    decision = Decision(
        title="Accorder 50 000 € aux Jardins du Crinchon",
        verb="Accorder",
        amount=Decimal(50_000),
        before=Decimal(87_500),
        envelope="IAE, montant socle 2019, Pas-de-Calais",
        told="La direction de la structure sera prévenue par courriel.",
    )
    actions = [
        ("Réduire à 37 500 €", "?montant=37500"),
        ("Demander un complément", "?complement=1"),
    ]
    amounts = {"remaining": Decimal(37_500), "asked": Decimal(50_000)}
    return {"decision": decision, "actions": actions, **amounts}


def banner():
    return Banner(
        "Les Jardins du Crinchon",
        [badge_of(StructureKind.ACI), Badge("Convention signée", *SUCCESS)],
        [
            ("Commune", "text", "Arras"),
            ("ETP conventionnés", "etp", Decimal("15.6")),
            ("Aide de l’année", "money", Decimal("315104.40")),
            ("Fin de la convention", "day", date(2020, 12, 31)),
            ("Groupe", "text", None),
        ],
        "Signer l’avenant 2020",
        "?",
        heading="h3",
    )


def summary():
    return [
        Figure(
            *("Reste disponible", "money", Decimal(60_000), "?"),
            badge=Badge("Moins de 5 %", *WARNING),
        ),
        Figure("Notifié", "money", Decimal(2_000_000), "?"),
        Figure("Engagé", "money", Decimal(1_940_000), "?", "payé compris"),
        Figure("ETP réalisés", "etp", None),
    ]


def badges():
    members = [*StructureKind, *Status, *Confidence]
    plain = [Badge("Épuisée", *ERROR), Badge("Sans icône"), Badge("Close", *NEUTRAL)]
    return [badge_of(member) for member in members] + plain


def columns():
    return [
        Column("Structure", sort="nom"),
        Column("État", "badge"),
        Column("ETP", "etp", sort="etp", total=Decimal("2999.75")),
        Column("Aide", "cents", hint="socle et part modulée"),
        Column("Réalisation", "percent"),
        Column("Sorties dynamiques", "rate"),
        Column("Depuis", "day", on_phone=False),
    ]


NOTHING = Empty(
    "Aucune structure",
    "Soit aucune ne correspond aux filtres, soit votre territoire n’en compte pas.",
    "Voir toutes les structures",
    "?",
    "Un rattachement manquant se demande à l’administration.",
)


def tables(state):
    badge = Badge("Validée", *SUCCESS)
    lines = [
        (
            Link("Les Jardins du Crinchon", "?", "ERBM"),
            badge,
            *(Decimal("15.6"), Decimal("315104.40"), Decimal("0.974"), None),
            date(2019, 1, 1),
        ),
        (Link("Une annexe sans rien de connu", depth=1), badge, *[None] * 5),
        ("Zéro n’est pas inconnu", badge, *[Decimal(0)] * 4, date(2019, 2, 4)),
    ]
    page = Paginator(range(5_000), 50).get_page(state.params.get("page"))
    shown = ListState(state.params, "-etp")
    full = Table("Plusieurs lignes, triées et paginées", columns(), lines, shown, page)
    footed = Table(
        *("Avec un total", columns()[:3], [line[:3] for line in lines]),
        key="total",
        footer=("Ensemble", badge, Decimal("15.6")),
    )
    return [
        full,
        footed,
        Table(
            "Avec un calcul", columns()[:1] + columns()[3:4], [worked()], key="calcul"
        ),
        Table("Vide", columns(), [], empty=NOTHING, key="vide"),
        Table("Vide, sans plus", columns(), [], empty=Empty("Rien"), key="rien"),
    ]


def worked():
    """A line whose amount unfolds what makes it."""
    amount = Worked(
        Decimal("12345.00"),
        "ETP × montant par ETP, arrondi au centime.",
        [("ETP", "etp", Decimal(1)), ("Montant par ETP", "cents", Decimal(12_345))],
        [Link("Arrêté du 27 février 2019", "?")],
    )
    return "Ce que la ligne porterait", amount


def lane():
    """The stepper and the chart’s own table."""
    months = [Column("Mois", "month"), Column("ETP réalisés", "etp")]
    rows = [(date(2019, n, 1), Decimal(9 + n)) for n in (1, 2)]
    return {
        "steps": [
            {"title": "Annexe préparée", "current": 1, "next_title": "Instruction"},
            {"title": "Validée", "current": 4, "next_title": ""},
        ],
        "months": Table("Les mêmes chiffres", months, rows, key="graphique"),
    }
