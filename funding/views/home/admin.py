"""The morning of the back-office: is everything running, what is to be settled."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse

from funding.enums import StepStatus
from funding.models import ImportRun, Step, Transfer
from funding.views.looks import LOOKS
from structures.enums import Confidence, Origin
from structures.models import LegalValue, Structure, User
from structures.views.badges import ERROR, SUCCESS, WARNING, Badge, badge_of
from structures.views.context import business_date
from structures.views.parts import Figure, Task
from structures.views.tables import Column, Empty, Link, Table

DOORS = [
    ("Utilisateurs et rattachements", "admin:structures_user_changelist"),
    ("Valeurs légales", "admin:structures_legalvalue_changelist"),
    ("Périmètres", "admin:structures_perimeter_changelist"),
    ("Structures", "admin:structures_structure_changelist"),
    ("Conventions", "admin:structures_convention_changelist"),
    ("Enveloppes", "admin:funding_envelope_changelist"),
    ("Imports de l’ASP", "admin:funding_importrun_changelist"),
    ("Campagnes", "admin:funding_campaign_changelist"),
]


def admin_home(request):
    context = {
        "summary": [
            Figure(
                "Structures",
                "count",
                Structure.objects.count(),
                reverse("structure_list"),
            ),
            Figure(
                "Utilisateurs actifs",
                "count",
                User.objects.filter(is_active=True).count(),
                f"{reverse(DOORS[0][1])}?is_active__exact=1",
            ),
            Figure(
                "Mouvements au grand livre",
                "count",
                Transfer.objects.count(),
                reverse("envelope_tree"),
            ),
        ],
        "tasks": tasks(),
        "health": health_table(),
        "doors": [(label, reverse(name)) for label, name in DOORS],
        "on": business_date(),
    }
    return render(request, "funding/home_admin.html", context)


def tasks():
    users = User.objects.filter(is_active=True, is_superuser=False)
    doubtful = LegalValue.objects.filter(
        confidence__in=[Confidence.TO_CONFIRM, Confidence.RECALLED]
    )
    users_url = reverse("admin:structures_user_changelist")
    return [
        Task(
            *("Comptes sans rattachement", users.filter(memberships=None).count()),
            f"{users_url}?memberships__isempty=1&is_active__exact=1&is_superuser__exact=0",
            note="ils ne voient aucune donnée",
        ),
        Task(
            *("Valeurs légales à confirmer", doubtful.count()),
            f"{reverse('legal_values')}?confiance=douteuses",
            note="reprises de mémoire ou sans texte trouvé",
        ),
        Task(
            *("Étapes de campagne en échec", failed_steps()),
            reverse("campaign_list"),
            note="la phrase de l’erreur est sur la page de la campagne",
        ),
    ]


def failed_steps():
    return Step.objects.filter(status=StepStatus.FAILED).count()


def health_table():
    columns = [Column("Service"), Column("État", "badge"), Column("Depuis", "moment")]
    rows = [import_line(), steps_line(), values_line()]
    empty = Empty("Rien à montrer")
    return Table("Santé", columns, rows, empty=empty, key="sante")


def import_line():
    run = ImportRun.objects.order_by("-started_at").first()
    if run is None:
        return "Dernier import de l’ASP", Badge("Aucun"), None
    badge = (
        Badge("Appliqué", *SUCCESS) if run.is_applied else Badge("À blanc", *WARNING)
    )
    if run.finished_at is None:
        badge = Badge("Interrompu", *ERROR)
    return "Dernier import de l’ASP", badge, run.finished_at or run.started_at


def steps_line():
    open_steps = Q(status__in=[StepStatus.WAITING, StepStatus.RUNNING])
    step = Step.objects.filter(open_steps).order_by("campaign__launched_at").first()
    step = (
        step or Step.objects.order_by("-finished_at").exclude(finished_at=None).first()
    )
    if step is None:
        return "Traitements annuels", Badge("Aucun"), None
    return (
        "Traitements annuels",
        badge_of(StepStatus(step.status), LOOKS),
        step.finished_at or step.started_at,
    )


def values_line():
    value = LegalValue.objects.filter(origin=Origin.ADMIN).order_by("-added_at").first()
    if value is None:
        return "Valeurs légales ajoutées à la main", Badge("Aucune"), None
    return (
        Link("Valeurs légales ajoutées à la main", note=str(value)),
        Badge("Ajoutée", *SUCCESS),
        value.added_at,
    )
