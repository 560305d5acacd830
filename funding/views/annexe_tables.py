"""Tables of one version: envelopes, differences, history."""

from django.urls import reverse

from funding.enums import Act
from funding.figures.dossiers import differences, label_of, money_change
from funding.views.openings import figure, movements
from structures.templatetags import formats
from structures.views.parts import Formula
from structures.views.tables import Column, Empty, Link, Table

NO_PART = Empty(
    "Aucune enveloppe ne porte cette version",
    "Enregistrez ses termes : la répartition se fait avec eux.",
)
WRITTEN = {
    "etp": "etp",
    "unit_amount": "cents",
    "hours_per_etp": "hours",
    "total": "cents",
    "cofinanced": "cents",
    "starts_on": "day",
    "ends_on": "day",
    "supervision_etp": "etp",
}


def opens(value, envelope, word):
    url = reverse("envelope_transfers", args=[envelope])
    return Link(value, f"{url}?compartiment={word}&seule=oui")


PARTS_COLUMNS = [
    Column("Enveloppe"),
    Column("ETP", "etp"),
    Column("Part", "cents", total=None),
    Column("Réservé", "cents"),
    Column("Engagé", "cents", hint="payé compris"),
    Column("Reste dans l’enveloppe", "cents"),
]


def parts_table(version, parts, *, has_rest=True):
    """What each envelope bears; what is left in it is the services’ own."""
    kept, annexe = None if has_rest else -1, version.annexe_id
    rows = [
        (
            part.line,
            figure(part.etp, version, "etp"),
            figure(part.amount, version, "aide"),
            movements(part.reserved, annexe, "reserve", part.part_envelope),
            movements(part.engaged, annexe, "engage", part.part_envelope),
            opens(part.available, part.part_envelope, "disponible"),
        )
        for part in parts
    ]
    etp, total = (
        figure(version.etp, version, "etp"),
        figure(version.total, version, "aide"),
    )
    footer = ("Ensemble", etp, total, None, None, None)
    return Table(
        "Ce que chaque enveloppe porte",
        PARTS_COLUMNS[:kept],
        [row[:kept] for row in rows],
        empty=NO_PART,
        key="parts",
        footer=footer[:kept] if len(rows) > 1 else (),
    )


MOVED_COLUMNS = [
    Column("Enveloppe"),
    Column("Part de l’annexe", "cents"),
    Column("Réservé avant", "cents"),
    Column("Réservé après", "cents"),
    Column("Engagé avant", "cents", hint="payé compris"),
    Column("Engagé après", "cents", hint="payé compris"),
    Column("Reste avant", "cents"),
    Column("Reste après", "cents"),
]
MOVED_FORMULAS = [
    Formula(
        "Réservé après",
        "la part qui n’est pas encore engagée ; rien, une fois l’annexe signée ou finie",
        "annexes financières de l’ASP, 2018-2022 (R81)",
    ),
    Formula(
        "Engagé après",
        "à la signature, la part de l’annexe, et jamais moins que ce qui est payé",
        "annexes financières de l’ASP, 2018-2022 (R81)",
    ),
    Formula(
        "Reste après",
        "reste avant + réservé et engagé avant − réservé et engagé après",
        "vocabulaire budgétaire (R80)",
    ),
]


def moved_table(version, moved, act):
    """What an act moves, before and after, envelope by envelope; None when none moves."""
    if act not in MONEY:
        return None
    return Table(
        "Effet sur les enveloppes",
        MOVED_COLUMNS,
        [moved_line(version, it) for it in moved],
        empty=NO_PART,
        key="effet",
        formulas=MOVED_FORMULAS,
    )


def moved_line(version, it):
    annexe, place = version.annexe_id, it.envelope
    return (
        it.line,
        figure(it.asked, version, "aide"),
        movements(it.before.reserved, annexe, "reserve", place),
        it.after.reserved,
        movements(it.before.engaged, annexe, "engage", place),
        it.after.engaged,
        opens(it.available, place, "disponible"),
        it.left,
    )


def lacking(moved):
    """One sentence per envelope that cannot bear the act."""
    return [
        f"Il manque {formats.cents(-it.left)} à l’enveloppe « {it.line} » : faites-la "
        "abonder, ou réduisez l’annexe."
        for it in moved
        if it.left < 0
    ]


MONEY = {Act.SUBMIT, Act.VALIDATE, Act.SIGN, Act.REJECT, Act.TERMINATE, Act.CLOSE}


def avenant_tables(version, old):
    """What an avenant changes: its money, then each field; nothing for a first version."""
    if old is None:
        return []
    tables = [change_table(version, money_change(version, old))]
    if changed := differences(version, old):
        tables.append(differences_table(changed))
    return tables


def change_table(version, change):
    columns = [
        Column("Financeur"),
        Column("ETP", "etp"),
        Column("Euros", "cents", hint="en moins quand c’est une reprise"),
    ]
    rows = [
        ("État", None, figure(change.state, version, "ecart")),
        ("Conseil départemental", None, figure(change.departement, version, "ecart")),
    ]
    return Table(
        *("Ce que l’avenant ajoute ou reprend", columns, rows),
        key="effet-avenant",
        footer=("Ensemble", change.etp, change.total),
    )


def differences_table(changed):
    columns = [
        Column("Champ"),
        Column("Bloc", on_phone=False),
        Column("Avant", "text"),
        Column("Après", "text"),
    ]
    rows = [
        (
            label_of(it.field),
            it.block,
            shown(it.field, it.before),
            shown(it.field, it.after),
        )
        for it in changed
    ]
    return Table("Ce que l’avenant change", columns, rows, key="avenant")


def changes_table(version):
    """What was written in it, by whom, the last first; no table while nothing was."""
    changes = list(version.term_changes.select_related("by").order_by("-pk"))
    if not changes:
        return []
    columns = [
        Column("Terme"),
        Column("Avant"),
        Column("Après"),
        Column("Par"),
        Column("Dossier", on_phone=False),
        Column("Le", "moment"),
    ]
    rows = [
        (
            label_of(it.field),
            it.before,
            it.after,
            str(it.by),
            it.get_status_display(),
            it.at,
        )
        for it in changes
    ]
    return [Table("Termes changés", columns, rows, key="termes-changes")]


def shown(field, value):
    from_formats = getattr(formats, WRITTEN.get(field, ""), None)
    return from_formats(value) if from_formats else value
