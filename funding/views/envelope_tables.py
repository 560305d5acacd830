"""Tables of one envelope: its stages, its daughters, its annexes, its decisions."""

from django.urls import reverse

from funding.figures.envelopes import summed
from funding.figures.notified import GAP, PROVISIONAL, REAL
from funding.views.envelopes import name_of, opens
from funding.views.openings import movements, of_stage
from structures.views.parts import Formula
from structures.views.tables import Column, Empty, Link, Table

NO_HOLDER = Empty(
    "Aucune annexe ne retient d’argent ici",
    "Rien n’est réservé, et tout ce qui est engagé est payé.",
)
NO_DECISION = Empty(
    "Aucune décision enregistrée",
    "Notifications définitives, fongibilité et clôture s’écriront ici.",
)

EMPTY = (None, None)


GAP_FORMULA = Formula(
    "Écart",
    "définitive − provisoire ; ce que la clôture a rendu n’est pas retiré de la définitive",
    "calcul ; les annexes de janvier précèdent la circulaire (R87)",
)


def stages_table(stages, node):
    """Provisional, real, their difference, and what already stands on it."""
    columns = [
        Column("Notification"),
        Column("Montant", "cents"),
        Column("Réservé, engagé ou rendu", "cents"),
        Column("Reste à employer", "cents"),
    ]
    used = node.reserved + node.engaged + stages.returned
    given = stages.provisional if stages.real is None else stages.real
    standing, place = (used, given - used), node.envelope.pk
    rows = [
        (
            "Provisoire",
            of_stage(stages.provisional, place, PROVISIONAL),
            *(standing if stages.real is None else EMPTY),
        ),
        (
            *("Définitive", of_stage(stages.real, place, REAL)),
            *(EMPTY if stages.real is None else standing),
        ),
        ("Écart", of_stage(stages.difference, place, GAP), *EMPTY),
    ]
    table = Table("Provisoire et définitif", columns, rows, key="etapes")
    table.formulas.append(GAP_FORMULA)
    return table


def children_table(node, below):
    """The daughters, and their sum against what the envelope received."""
    children = [it for it in below if it.depth == node.depth + 1]
    columns = [
        Column("Enveloppe déléguée"),
        Column("Reste disponible", "cents"),
        Column("Notifié", "cents"),
        Column("Réservé", "cents", on_phone=False),
        Column("Engagé non payé", "cents", on_phone=False),
        Column("Payé", "cents", on_phone=False),
    ]
    rows = [
        (
            Link(
                name_of(it.envelope), reverse("envelope_detail", args=[it.envelope.pk])
            ),
            opens(it.envelope, "disponible", it.available),
            opens(it.envelope, "tout", it.notified),
            opens(it.envelope, "reserve", it.reserved),
            opens(it.envelope, "non-paye", it.committed),
            opens(it.envelope, "paye", it.paid),
        )
        for it in children
    ]
    names = ("available", "notified", "reserved", "committed", "paid")
    footer = ("Ensemble", *(summed(children, name) for name in names))
    return Table("Ce qui est délégué", columns, rows, key="filles", footer=footer)


def full_year_table(envelope, found):
    url = reverse("envelope_full_year", args=[envelope.pk])
    columns = [
        Column("Annexes en vigueur"),
        Column("Postes au 31 décembre", "etp"),
        Column("ETP de l’année", "etp"),
        Column("Coût de l’année", "cents"),
        Column("Coût en année pleine", "cents"),
        Column("À prévoir en plus", "cents"),
    ]
    rows = [
        (
            Link("Voir annexe par annexe", url),
            *(found.posts, found.etp, found.cost, found.full_year, found.more),
        )
    ]
    formula = Formula(
        "Année pleine",
        "postes ouverts au 31 décembre × montant unitaire de chaque annexe",
        "communiqué du préfet du Pas-de-Calais, 2 décembre 2019 (R84)",
    )
    return Table(
        "Année pleine et coût de l’année",
        columns,
        rows,
        key="annee-pleine",
        formulas=[formula],
    )


def holders_table(found):
    columns = [
        Column("Annexe"),
        Column("Réservé", "cents"),
        Column("Engagé non payé", "cents"),
        Column("Ensemble", "cents"),
    ]
    rows = [
        (
            Link(
                it.structure,
                reverse("version_detail", args=[it.version]),
                f"annexe {it.year}",
            ),
            movements(it.reserved, it.annexe, "reserve"),
            movements(it.committed, it.annexe, "non-paye"),
            it.held,
        )
        for it in found
    ]
    return Table(
        "Les dix annexes qui retiennent le plus d’argent",
        columns,
        rows,
        empty=NO_HOLDER,
        key="retenu",
    )


def decisions_table(envelope, notifications, credits_, closing):
    columns = [
        Column("Décision"),
        Column("Date", "day"),
        Column("Montant", "cents"),
        Column("Mouvement", "cents", hint="ce qui a bougé"),
        Column("Motif ou référence"),
        Column("Par"),
    ]
    rows = [
        (
            "Notification définitive",
            n.on,
            n.amount,
            n.difference,
            n.reference,
            str(n.by),
        )
        for n in notifications
    ]
    for it in credits_:
        gives = it.source_id == envelope.pk
        other = it.target if gives else it.source
        way = "Fongibilité vers" if gives else "Fongibilité depuis"
        signed = -it.amount if gives else it.amount
        label = f"{way} {other.get_line_display()}"
        rows.append((label, it.on, it.amount, signed, it.reason, str(it.by)))
    if closing:
        rows.append(
            (
                *("Clôture de l’exercice", closing.on, closing.returned),
                *(-closing.returned, "Rendu au-dessus", str(closing.by)),
            )
        )
    rows.sort(key=lambda row: row[1], reverse=True)
    return Table("Décisions", columns, rows, empty=NO_DECISION, key="decisions")
