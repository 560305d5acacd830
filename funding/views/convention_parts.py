"""What the page of a convention shows: its banner, its figures, its file step by step."""

from dataclasses import dataclass, field

from django.urls import reverse

from funding.figures.requests import (
    label_of,
    years_of,
)
from funding.forms.requests import titled
from funding.rules.lifecycle.words import TURN
from funding.views.files import file_badge
from funding.views.openings import figure, of_request, of_year
from structures.enums import (
    Measure,
    OpinionSense,
    RequestStep,
    Status,
    StructureKind,
)
from structures.models import ConventionRequest
from structures.rules import requests as rules
from structures.templatetags import formats
from structures.views.parts import Banner
from structures.views.tables import Column, Empty, Link, Table


def title(convention):
    measure = Measure(convention.measure).label
    return (
        f"Convention {measure}, {convention.starts_on.year}-{convention.ends_on.year}"
    )


def banner(convention, user):
    structure, status = convention.structure, Status(convention.state)
    opinion = convention.cdiae_opinion
    turn = TURN.get(status)
    facts = [
        ("Structure", "text", structure.name),
        ("Commune", "text", structure.commune.name),
        ("Numéro", "text", convention.number),
        ("Début", "day", convention.starts_on),
        ("Fin", "day", convention.ends_on),
        ("Signée le", "day", convention.signed_on),
        ("Avis du CDIAE", "day", convention.cdiae_opinion_on),
        *([("Sens", "text", OpinionSense(opinion).label)] if opinion else []),
        *([("Qui doit agir", "text", turn.label)] if turn else []),
    ]
    return Banner(title(convention), [file_badge(status, user)], facts)


@dataclass(frozen=True)
class Card:
    """A step of the file, read. `facts` are (label, kind, value)."""

    key: str
    title: str
    facts: list = field(default_factory=list)
    table: Table | None = None


def cards(dossier):
    """Every step of the file, in order, as it is read."""
    return [card(dossier, step) for step in rules.STEPS]


def card(dossier, step):
    if step == RequestStep.POSTS:
        return Card(step, step.label, table=posts_table(dossier))
    if step == RequestStep.BUDGET:
        facts = [decision_fact(dossier)] if dossier.request.sales_decided_on else []
        return Card(step, step.label, facts, budget_table(dossier))
    if step == RequestStep.PIECES:
        return Card(step, step.label, table=attachments_table(dossier))
    facts = [
        (titled(label_of(name)), kind_of(name), dossier.values[name])
        for name in dossier.names(step)
    ]
    return Card(step, step.label, facts)


def decision_fact(dossier):
    request = dossier.request
    said = f"{request.sales_decision}, le {formats.day(request.sales_decided_on)}"
    return ("Décision sur les ventes", "text", said)


def kind_of(name):
    """How a field is written: words, ETP or euros."""
    column = ConventionRequest._meta.get_field(name)
    if column.get_internal_type() != "DecimalField":
        return "text"
    return "etp" if name in (*rules.MEANS, *rules.COMMITMENTS) else "cents"


def posts_table(dossier):
    columns = [Column("Année"), *(Column(it.label, "etp") for it in dossier.contracts)]
    several = len(dossier.contracts) > 1
    if several:
        columns.append(Column("Ensemble", "etp"))
    rows = [
        (
            str(year),
            *(
                dossier.posts.get((it.value, year))
                for it in dossier.contracts
                if several
            ),
            of_request(etp_asked(dossier, year), dossier.convention, f"etp-{year}"),
        )
        for year in dossier.years
    ]
    return Table("ETP demandés, par contrat", columns, rows, key="etp")


def etp_asked(dossier, year):
    """The sum of a year; None while none of its boxes is filled."""
    is_filled = any(at == year for _, at in dossier.posts)
    return dossier.etp[year] if is_filled else None


def budget_table(dossier):
    """Charges then products, the State’s aid computed, each with its sum."""
    values = dossier.facts.values
    columns = [Column("Ligne"), Column("Montant", "cents")]
    sums = {
        code: of_request(rules.total(names, values) or None, dossier.convention, code)
        for code, names in (("charges", rules.CHARGES), ("produits", rules.PRODUCTS))
    }
    rows = [
        *((titled(label_of(name)), values.get(name)) for name in rules.CHARGES),
        ("Total des charges", sums["charges"]),
        *((titled(label_of(name)), values.get(name)) for name in rules.PRODUCTS),
        (
            Link("Total des produits", note="hors aide de l’État"),
            sums["produits"],
        ),
    ]
    caption = f"Budget prévisionnel, {dossier.years[0]}"
    return Table(caption, columns, rows, key="lignes")


def attachments_table(dossier):
    columns = [
        Column("Pièce"),
        Column("Fichier"),
        Column("Taille"),
        Column("Jointe le", "day"),
        Column("Par", on_phone=False),
    ]
    rows = [
        (
            it.get_kind_display(),
            Link(it.name, reverse("attachment_open", args=[it.pk])),
            weight(it.size),
            it.added_at,
            str(it.added_by),
        )
        for it in dossier.attachments
    ]
    empty = Empty(
        "Aucune pièce jointe", "Elles se joignent avant l’envoi de la demande."
    )
    return Table(
        "Fichiers du dossier", columns, rows, empty=empty, key="pieces-jointes"
    )


def weight(size):
    """Of a file, as people read it: 340 Ko, 2,5 Mo."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)}\u00a0Ko"
    return f"{formats.number(size / (1024 * 1024), 1)}\u00a0Mo"


def annexes_table(convention, versions, user):
    columns = [
        Column("Annexe"),
        Column("Statut", "badge"),
        Column("ETP", "etp"),
        Column("Aide", "cents"),
        Column("Début d’effet", "day", on_phone=False),
        Column("Fin d’effet", "day", on_phone=False),
        Column("Signée le", "day"),
    ]
    rows = [
        (
            Link(
                f"{it.annexe.year}, A{it.annexe.renewal}M{it.modification}",
                reverse("version_detail", args=[it.pk]),
            ),
            file_badge(Status(it.status), user),
            figure(it.etp, it, "etp"),
            figure(it.total, it, "aide"),
            it.starts_on,
            it.ends_on,
            it.signed_on,
        )
        for it in versions
    ]
    years = years_of(convention)
    empty = Empty(
        "Aucune annexe financière",
        f"Une annexe par année, de {years[0]} à {years[-1]} : elles se préparent une fois "
        "la convention signée.",
    )
    return Table("Annexes financières", columns, rows, empty=empty, key="annexes")


def changes_table(dossier):
    """What was corrected once the file was sent; no table while nothing was."""
    changes = list(dossier.request.changes.select_related("by").order_by("-pk"))
    if not changes:
        return []
    columns = [
        Column("Champ"),
        Column("Avant"),
        Column("Après"),
        Column("Par"),
        Column("Le", "moment"),
    ]
    rows = [
        (titled(label_of(it.field)), it.before, it.after, str(it.by), it.at)
        for it in changes
    ]
    return [Table("Ce qui a été corrigé", columns, rows, key="corrections")]


def known_facts(structure, known):
    """What the State already has: shown, never asked."""
    so_far, outcome = known.so_far, known.outcome
    facts = [
        ("SIRET", "text", structure.siret),
        ("Commune", "text", structure.commune.name),
        ("Type", "text", StructureKind(structure.kind).label),
        ("Activités", "text", structure.activity),
    ]
    if so_far:
        facts += [
            (
                *(f"ETP conventionnés, {known.year}", "etp"),
                of_year(so_far.agreed, structure, known.year, "annexes-titre"),
            ),
            (
                *(f"ETP réalisés, {known.year}", "etp"),
                of_year(so_far.realised, structure, known.year, "mois-titre"),
            ),
        ]
    if outcome:
        year = outcome.report.year
        facts += [
            (f"Sorties examinées, {year}", "count", outcome.report.examined),
            (f"Sorties dynamiques, {year}", "rate", outcome.dynamic_rate),
        ]
    others = ", ".join(f"{it.kind} {it.name}" for it in known.siblings)
    return [*facts, ("Autres dossiers du même SIRET", "text", others)]
