"""Tables of a session of the CDIAE."""

from django.urls import reverse

from funding.figures.cdiae import what_is
from funding.views.convention_looks import OPINIONS
from structures.templatetags import formats
from structures.views.badges import INFO, NEUTRAL, SUCCESS, Badge
from structures.views.tables import Check, Column, Empty, Link, Table

NO_FILE = Empty(
    "Aucun dossier à l’ordre du jour",
    "Cochez ci-dessous les dossiers qui attendent un avis : une convention une fois "
    "« Inscrire au CDIAE » fait depuis sa page, une demande FDI dès qu’elle est reçue.",
)


def sessions_line(session):
    url = reverse("cdiae_session", args=[session.pk])
    state = Badge("Arrêté", *SUCCESS) if session.closed_at else Badge("Ouvert", *INFO)
    day = formats.long_day(session.held_on)
    return (
        Link(day, url, str(session.departement)),
        session.place,
        session.files,
        session.opinions,
        state,
    )


def agenda_table(agenda, *, can_change):
    columns = [
        Column("Dossier"),
        Column("Mesure", on_phone=False),
        Column("Du"),
        Column("ETP demandés", "etp", hint="première année"),
        Column("Avis", "badge"),
        Column("Observations"),
    ]
    rows = [
        (
            Link(
                f"{line.rank}. {line.structure}",
                file_url(line.convention, line.fdi),
                f"{line.kind.value}, {line.commune}",
            ),
            asked_of(line),
            f"{formats.day(line.starts_on)} au {formats.day(line.ends_on)}"
            if line.starts_on
            else None,
            line.etp,
            OPINIONS[line.sense] if line.sense else Badge("Attendu", *NEUTRAL),
            line.text,
        )
        for line in agenda.lines
    ]
    return Table("Ordre du jour", columns, rows, empty=NO_FILE, key="ordre-du-jour")


def asked_of(line):
    """The mesure, and the euros that a FDI request asks for."""
    if not line.requested:
        return line.what
    return f"{line.what}, {formats.cents(line.requested)} demandés"


def file_url(convention, fdi):
    if fdi:
        return reverse("fdi_detail", args=[fdi])
    return reverse("convention_detail", args=[convention])


def waiting_table(conventions, requests):
    """Conventions sent to the CDIAE, then FDI requests received."""
    columns = [
        Column("Dossier"),
        Column("Mesure"),
        Column("Début", "day"),
        Column("Choisir"),
    ]
    rows = [
        (
            Link(
                it.structure.name,
                reverse("convention_detail", args=[it.pk]),
                it.structure.commune.name,
            ),
            it.get_measure_display(),
            it.starts_on,
            Check("convention", it.pk, f"Choisir {it.structure.name}", form="ajout"),
        )
        for it in conventions
    ]
    rows += [
        (
            Link(
                it.structure.name,
                reverse("fdi_detail", args=[it.pk]),
                it.structure.commune.name,
            ),
            what_is(it),
            None,
            Check("fdi", it.pk, f"Choisir le FDI de {it.structure.name}", form="ajout"),
        )
        for it in requests
    ]
    return Table("Dossiers en attente d’avis", columns, rows, key="attente")
