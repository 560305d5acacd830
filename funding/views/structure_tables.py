"""Tables of one structure; each figure opens the rows behind it."""

from django.urls import reverse

from funding.enums import VersionState
from funding.views.files import file_badge
from funding.views.looks import LOOKS
from funding.views.openings import figure
from structures.enums import Measure, Status
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.tables import Column, Empty, Link, Table


def conventions_table(conventions, user):
    columns = [
        Column("Convention"),
        Column("Mesure"),
        Column("État", "badge"),
        Column("Début", "day"),
        Column("Fin", "day"),
        Column("Signée le", "day"),
    ]
    rows = [
        (
            Link(
                convention.number or "Sans numéro",
                reverse("convention_detail", args=[convention.pk]),
            ),
            Measure(convention.measure).label,
            file_badge(Status(convention.state), user),
            convention.starts_on,
            convention.ends_on,
            convention.signed_on,
        )
        for convention in conventions
    ]
    empty = Empty(
        "Aucune convention",
        "Elle commence par une demande de la direction, ou de l’agent du département.",
        "Voir les conventions",
        reverse("convention_list"),
    )
    return Table("Conventions", columns, rows, empty=empty, key="conventions")


def versions_table(versions, year):
    columns = [
        Column("Annexe et version"),
        Column("État", "badge"),
        Column("Effet"),
        Column("ETP", "etp"),
        Column("Montant unitaire", "money"),
        Column("Heures par ETP", "hours", on_phone=False),
        Column("Total", "cents"),
        Column("dont cofinancement", "cents", on_phone=False),
    ]
    empty = Empty(
        f"Aucune annexe en {year}",
        "La campagne de l’année n’est pas encore préparée, ou la convention ne court pas.",
        who="La campagne se lance par l’agent du département.",
    )
    rows = [version_line(version) for version in versions]
    return Table(
        f"Annexes financières {year}, par version",
        columns,
        rows,
        empty=empty,
        key="annexes",
    )


def version_line(version):
    annexe = version.annexe
    name = f"{annexe.number or 'Annexe'} A{annexe.renewal}M{version.modification}"
    effect = f"{formats.day(version.starts_on)} – {formats.day(version.ends_on)}"
    return (
        Link(name, reverse("version_detail", args=[version.pk]), version.note),
        badge_of(VersionState(version.state), LOOKS),
        effect,
        figure(version.etp, version, "etp"),
        figure(version.unit_amount, version, "montant-par-etp"),
        version.hours_per_etp,
        figure(version.total, version, "aide"),
        figure(version.cofinanced, version, "cofinancement"),
    )


def months_table(structure, months, year, states):
    """`states` are those of its months, with the address of each that may be read."""
    columns = [
        Column("Mois", "month"),
        Column("ETP conventionnés", "etp"),
        Column("ETP réalisés", "etp"),
        Column("Réalisation", "percent"),
        Column("Salariés", "count"),
        Column("Heures", "hours"),
        Column("Montant dû", "money"),
        Column("Saisie"),
    ]
    rows = [
        (*month_line(structure, figure), states.get(figure.month)) for figure in months
    ]
    return Table(f"ETP par mois, {year}", columns, rows, key="mois")


def month_line(structure, figure):
    word = f"{figure.month:%Y-%m}"
    url = reverse("structure_month", args=[structure.pk, word]) if figure.hours else ""
    return (
        figure.month,
        figure.agreed,
        figure.realised,
        figure.rate,
        figure.persons,
        Link(figure.hours, url) if url else None,
        figure.due,
    )


def outcomes_table(structure, outcomes):
    columns = [
        Column("Année"),
        Column("Sorties examinées", "count"),
        Column("Emploi durable", "count"),
        Column("Transition", "count"),
        Column("Positives", "count"),
        Column("Autres", "count"),
        Column("Écartées", "count", hint="retraits, séjours trop courts"),
        Column("Taux dynamique", "rate"),
        Column("Taux durable", "rate"),
    ]
    empty = Empty(
        "Aucun résultat calculé",
        "Les résultats à la sortie se calculent avec la campagne.",
    )
    rows = [outcome_line(structure, outcome) for outcome in outcomes]
    return Table("Sorties par année", columns, rows, empty=empty, key="sorties")


def outcome_line(structure, outcome):
    report = outcome.report
    url = reverse("structure_exits", args=[structure.pk, report.year])
    return (
        Link(str(report.year), url, f"arrêté au {formats.day(report.as_of)}"),
        report.examined,
        report.durable,
        report.transition,
        report.positive,
        report.other,
        outcome.excluded,
        outcome.dynamic_rate,
        outcome.durable_rate,
    )
