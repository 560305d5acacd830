"""Tables of one campaign; each figure opens its rows, and says how it is made."""

from django.urls import reverse
from django.utils.http import urlencode

from funding.enums import LineOutcome
from funding.figures.bearing import bearing
from funding.views.looks import LOOKS
from structures.views.badges import SUCCESS, WARNING, Badge, badge_of
from structures.views.parts import Formula
from structures.views.tables import Column, Empty, Link, Table

STEPS = Formula(
    "Étapes finies",
    "nombre d’étapes terminées ou en échec ; une étape est un traitement, une année, "
    "un département",
    "étapes de la campagne",
)
OUTCOMES = Formula(
    "Créées, mises à jour, inchangées, bloquées",
    "nombre de structures pour lesquelles le traitement a donné ce résultat",
    "lignes du traitement, une par structure, écrites avec son résultat",
)
DRAFTS = Formula(
    "Demandé par les brouillons",
    "somme des parts que les annexes en brouillon de l’année imputent sur l’enveloppe",
    "annexes financières préparées, ETP × montant unitaire (R15 à R17)",
)
AVAILABLE = Formula(
    "Reste",
    "solde disponible de l’enveloppe elle-même, sans celles qu’elle a déléguées",
    "grand livre des enveloppes (R79)",
)
LEFT = Formula(
    "Il resterait", "reste − demandé par les brouillons", "les deux colonnes"
)
JOB_COLUMNS = [
    Column("Traitement"),
    Column("État", "badge"),
    Column("Étapes finies", "count"),
    Column("Créées", "count"),
    Column("Mises à jour", "count"),
    Column("Inchangées", "count"),
    Column("Bloquées", "count"),
]
BEARING_COLUMNS = [
    Column("Enveloppe"),
    Column("Demandé par les brouillons", "money"),
    Column("Reste", "money"),
    Column("Il resterait", "money"),
    Column("Verdict", "badge"),
    Column("Que faire"),
]


def jobs_table(campaign, jobs):
    """What each job did, opened step by step and line by line."""
    steps = reverse("campaign_steps", args=[campaign.pk])
    lines = reverse("campaign_lines", args=[campaign.pk])
    rows = [
        (
            job.label,
            badge_of(job.status, LOOKS),
            opened(steps, job, job.done + job.failed, etat="finies"),
            *(
                opened(lines, job, getattr(job, o.name.lower()), resultat=o.value)
                for o in LineOutcome
            ),
        )
        for job in jobs
    ]
    return Table(
        *("Structures par traitement", JOB_COLUMNS, rows),
        key="traitements",
        formulas=[STEPS, OUTCOMES],
    )


def opened(base, job, count, **words):
    """A count, which opens what it counts."""
    address = {"traitement": job.job, "annee": job.year} | words
    return Link(count, f"{base}?{urlencode(address)}") if count else 0


def bearing_table(campaign, steps):
    """Whether the envelopes could bear the drafts; no money has moved."""
    places = steps.order_by().values_list("departement", flat=True).distinct()
    found = bearing(year=campaign.year, departements=list(places))
    title = f"Ce que les brouillons de {campaign.year} demandent aux enveloppes"
    return Table(
        *(title, BEARING_COLUMNS, [bearing_line(campaign, row) for row in found]),
        empty=Empty(title, "Aucun brouillon n’attend : rien n’est demandé."),
        key="portage",
        formulas=[DRAFTS, AVAILABLE, LEFT],
    )


def bearing_line(campaign, row):
    drafts = reverse("campaign_drafts", args=[campaign.pk, row.envelope])
    moves = reverse("envelope_transfers", args=[row.envelope])
    return (
        row.label,
        Link(row.drafts, drafts),
        Link(row.available, f"{moves}?compartiment=disponible&seule=oui"),
        row.available - row.drafts,
        Badge("Suffit", *SUCCESS) if row.is_enough else Badge("À revoir", *WARNING),
        row.sentence,
    )


def blocked_line(line):
    structure = reverse("structure_detail", args=[line.structure_id])
    return (
        Link(line.structure.name, structure),
        line.step.get_job_display(),
        str(line.step.year),
        line.reason,
    )
