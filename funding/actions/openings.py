"""A convention opened: a first request, or one that follows another."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from funding.actions.files import Mover, MoveRefused
from funding.actions.requests import WRITERS, locked, may_write, read, write
from funding.figures.requests import dossier_of, years_of
from funding.models import AnnexeVersion
from funding.models.annexe import COUNTED
from structures.enums import IN_FORCE, Measure, Status
from structures.figures.legal_values import legal_value
from structures.models import Convention, ConventionRequest, Structure, User
from structures.rules import requests as rules
from structures.rules.periods import last_day_of_years
from structures.rules.writing import day


@transaction.atomic
def open_request(
    *,
    structure: Structure,
    measure: Measure,
    starts_on: date,
    ends_on: date,
    by: User,
    on: date,
) -> Convention:
    """A draft convention and its empty file. Raises MoveRefused."""
    convention = Convention(
        structure=structure, measure=measure, starts_on=starts_on, ends_on=ends_on
    )
    if not Mover.of(by, convention, on=on).actors & WRITERS:
        raise MoveRefused(
            "Une demande s’ouvre par la direction de la structure ou l’agent qui l’instruit."
        )
    return drawn_up(convention, by=by)


@transaction.atomic
def open_file(*, convention: Convention, by: User, on: date) -> ConventionRequest:
    """The file of a draft convention that came without one; twice gives the same."""
    convention = locked(convention)
    if convention.state != Status.DRAFT or not may_write(convention, by, on=on):
        raise MoveRefused("Ce dossier n’est plus en préparation : il se lit ici.")
    request, _ = ConventionRequest.objects.get_or_create(
        convention=convention, defaults={"saved_by": by}
    )
    return request


def drawn_up(convention: Convention, *, by: User) -> Convention:
    """Writes a convention and its file. Raises MoveRefused in the words of the base."""
    if closed_on := convention.structure.closed_on:
        raise MoveRefused(
            f"La structure est fermée depuis le {day(closed_on)} : elle ne demande plus "
            "de convention."
        )
    try:
        convention.full_clean()
        with transaction.atomic():
            convention.save()
            ConventionRequest.objects.create(convention=convention, saved_by=by)
    except ValidationError as error:
        raise MoveRefused(" ".join(error.messages)) from error
    except IntegrityError as error:  # somebody quicker, between the check and the row
        raise MoveRefused(
            "Une autre demande de cette structure pour la même mesure vient d’être "
            "ouverte : ouvrez-la dans la liste des conventions."
        ) from error
    return convention


@transaction.atomic
def renew(*, convention: Convention, by: User, on: date) -> Convention:
    """A draft that follows a convention, prefilled from it and from its last annexe.

    It starts the day after, for the legal term. Raises MoveRefused.
    """
    convention = locked(convention)
    if convention.state not in (*IN_FORCE, Status.CLOSED):
        raise MoveRefused("Seule une convention signée se renouvelle.")
    starts_on = convention.ends_on + timedelta(days=1)
    years = legal_value("convention_duree_maximale", on=starts_on, known_on=on)
    following = open_request(
        structure=convention.structure,
        measure=Measure(convention.measure),
        starts_on=starts_on,
        ends_on=last_day_of_years(starts_on, int(years.value)),
        by=by,
        on=on,
    )
    prefill(following, convention, by=by, on=on)
    following.refresh_from_db()
    return following


def prefill(
    following: Convention, convention: Convention, *, by: User, on: date
) -> None:
    """The words and figures of the file before, and the ETP last agreed (R9)."""
    dossier = read(following, on=on)
    before = dossier_of(convention, on=on)
    known = dict(before.values) if before else {}
    values = {
        name: known[name]
        for name in dossier.values
        if known.get(name) not in (None, "") and not name.startswith("etp_")
    }
    last = last_etp(convention)
    if last is not None:
        first = dossier.contracts[0]
        for year in years_of(following):
            values[rules.post_name(first, year)] = last
    write(dossier, values, by=by)


def last_etp(convention: Convention) -> Decimal | None:
    """ETP of the last version that counts; None when there is none."""
    versions = AnnexeVersion.objects.filter(
        annexe__convention=convention, state__in=COUNTED
    )
    found = versions.order_by("-annexe__year", "-modification").first()
    return found.etp if found else None
