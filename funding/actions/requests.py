"""The file of a convention request, filled by several hands at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from funding.actions.files import Mover, MoveRefused
from funding.enums import Actor
from funding.figures.requests import Dossier, dossier_of
from structures.enums import Status
from structures.models import (
    Convention,
    ConventionRequest,
    RequestChange,
    RequestPost,
    User,
)
from structures.rules import requests as rules
from structures.rules.merging import Outcome, canonical, merged

WRITERS = frozenset({Actor.AGENT, Actor.DIRECTION})


@dataclass(frozen=True)
class Conflict:
    """A field that two windows changed to different things; nothing was written over."""

    field: str
    mine: object
    theirs: object


@dataclass(frozen=True)
class Saved:
    """What a save wrote, by name of field, and what it left for somebody to settle."""

    dossier: Dossier
    written: list[str]
    conflicts: list[Conflict]


def may_write(convention: Convention, by: User, *, on: date) -> bool:
    return bool(Mover.of(by, convention, on=on).actors & WRITERS)


def open_fields(dossier: Dossier, by: User, *, on: date) -> frozenset[str]:
    """What somebody may change today: all of a draft, the commented fields of a correction."""
    convention = dossier.convention
    actors = Mover.of(by, convention, on=on).actors
    if convention.state == Status.DRAFT and actors & WRITERS:
        return frozenset({*dossier.values, rules.ATTACHMENTS})
    if convention.state == Status.CORRECTION and Actor.DIRECTION in actors:
        comments = convention.comments.filter(closed_at=None)
        return frozenset(comments.values_list("field", flat=True))
    return frozenset()


@transaction.atomic
def save_request(
    *,
    convention: Convention,
    values: Mapping[str, object],
    seen: Mapping[str, str],
    by: User,
    on: date,
) -> Saved:
    """Write what was typed in a window, without writing over what another one typed.

    `seen` is the mark of what the window showed of each field. A field that another window
    changed meanwhile is left as it is and told. Any field that is not open refuses the
    whole. Raises MoveRefused.
    """
    dossier = read(locked(convention), on=on)
    check_open(dossier, values, by, on=on)
    written, conflicts = [], []
    for name, mine in values.items():
        theirs = dossier.values[name]
        outcome = merged(seen=seen.get(name, ""), mine=mine, theirs=theirs)
        if outcome == Outcome.CONFLICT and canonical(theirs):
            conflicts.append(Conflict(name, mine, theirs))
        elif outcome != Outcome.KEPT:
            written.append(name)
    if written:
        write(dossier, {name: values[name] for name in written}, by=by)
        dossier = read(convention, on=on)
    return Saved(dossier, written, conflicts)


def locked(convention: Convention) -> Convention:
    rows = Convention.objects.select_for_update(of=("self",)).select_related(
        "structure__commune__departement"
    )
    return rows.get(pk=convention.pk)


def read(convention: Convention, *, on: date) -> Dossier:
    dossier = dossier_of(convention, on=on)
    if dossier is None:
        raise MoveRefused("Ce dossier n’a pas de demande : ouvrez-la d’abord.")
    return dossier


def check_open(
    dossier: Dossier, values: Mapping[str, object], by: User, *, on: date
) -> None:
    opened = open_fields(dossier, by, on=on)
    if {*values} <= opened:
        return
    status = Status(dossier.convention.state)
    if status == Status.CORRECTION and opened:
        raise MoveRefused(
            "Seuls les champs commentés peuvent être modifiés : les autres restent "
            "comme le service les a lus."
        )
    raise MoveRefused(
        f"Le dossier est « {status.label} » : ce que vous tapez n’y entre plus. Gardez-en "
        "une copie et relisez le dossier."
    )


def write(dossier: Dossier, values: Mapping[str, object], *, by: User) -> None:
    """Columns and boxes of the grid; once sent, each change is also kept as it was."""
    request, posts = dossier.request, {}
    for name, value in values.items():
        if name.startswith("etp_"):
            posts[name] = value
        else:
            setattr(request, name, value)
    request.saved_by = by
    try:
        request.validate_constraints()
    except ValidationError as error:
        raise MoveRefused(" ".join(error.messages)) from error
    request.save()
    for name, etp in posts.items():
        put_post(request, name, etp)
    if dossier.convention.state != Status.DRAFT:
        RequestChange.objects.bulk_create(
            RequestChange(
                request=request,
                field=name,
                before=canonical(dossier.values[name]),
                after=canonical(value),
                by=by,
            )
            for name, value in values.items()
        )


def put_post(request: ConventionRequest, name: str, etp: object) -> None:
    """Write a box of the grid; emptied, it is no post at all."""
    _, contract, year = name.split("_")
    found = request.posts.filter(contract=contract, year=int(year))
    if not isinstance(etp, Decimal):
        found.delete()
    elif not found.update(etp=etp):
        RequestPost.objects.create(
            request=request, contract=contract, year=int(year), etp=etp
        )


@transaction.atomic
def decide_sales(
    *, convention: Convention, decided_on: date, decision: str, by: User, on: date
) -> ConventionRequest:
    """The decision that lets an ACI sell more than the ordinary part (R14). Raises MoveRefused."""
    convention = locked(convention)
    if Actor.AGENT not in Mover.of(by, convention, on=on).actors:
        raise MoveRefused("Cette décision s’enregistre par l’agent qui instruit.")
    if convention.state != Status.INSTRUCTION:
        raise MoveRefused("La décision s’enregistre sur un dossier en instruction.")
    request = read(convention, on=on).request
    request.sales_decided_on, request.sales_decision = decided_on, decision.strip()
    request.saved_by = by
    request.save(
        update_fields=["sales_decided_on", "sales_decision", "saved_at", "saved_by"]
    )
    return request
