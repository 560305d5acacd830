"""A structure that closes or is absorbed: what becomes of its annexes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from funding.actions.files import move_version
from funding.actions.terms import open_avenant, reprice, share_out
from funding.enums import Act, Line
from funding.figures.allocation import near_paid
from funding.figures.socle import periods_of
from funding.models import AnnexeVersion
from funding.models.annexe import BEING_WRITTEN, CURRENT
from funding.rules.mergers import Terms, etp_taken_over
from structures.actions.life import LifeRefused, Said, locked, record, still_open
from structures.enums import LifeKind, Status
from structures.models import Structure, StructureAct, User
from structures.rules.periods import months_covered
from structures.rules.rounding import cents_below
from structures.rules.writing import day, etps

APART = (Line.ERBM, Line.PAUVRETE, Line.CD)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What an act does to one annexe: its terms before and after, in ETP and euros."""

    structure: str
    annexe: str
    version: int
    what: str
    etp: tuple[Decimal, Decimal]
    ends_on: tuple[date, date]
    total: tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Ending:
    """A structure that ends: the act, and its effect on each annexe."""

    act: StructureAct
    effects: list[Effect]


@transaction.atomic
def close_structure(
    *, structure: Structure, said: Said, by: User, today: date
) -> Ending:
    """Close a structure on a day: a draft avenant ends each annexe in force that day.

    Money moves when they are signed. Raises LifeRefused or MoveRefused.
    """
    structure = locked(structure, said)
    effects = ended(structure, said, by=by, today=today)
    act = record(
        structure, LifeKind.CLOSING, said, by=by, changes=changes_of(said, effects)
    )
    return Ending(act, effects)


@transaction.atomic
def merge_structures(
    *, structure: Structure, into: Structure, said: Said, by: User, today: date
) -> Ending:
    """Close a structure; another of its kind takes over the ETP of the months left.

    Both get a draft avenant. Raises LifeRefused or MoveRefused.
    """
    into, structure = in_one_order(into, structure, said)
    if (into.kind, into.commune.departement_id) != (
        structure.kind,
        structure.commune.departement_id,
    ):
        raise LifeRefused(
            "On ne fusionne que deux structures du même type et du même département."
        )
    still_open(into)
    effects = ended(structure, said, by=by, today=today)
    effects += [
        taken_over(version, into, said.on)
        for version in in_force(structure)
        if version.starts_on <= said.on < version.ends_on
    ]
    act = record(
        *(structure, LifeKind.MERGER, said),
        by=by,
        other=into,
        changes=changes_of(said, effects),
    )
    return Ending(act, effects)


def in_one_order(
    into: Structure, structure: Structure, said: Said
) -> tuple[Structure, Structure]:
    """Both locked, the older first: two mergers never wait for each other."""
    if into.pk == structure.pk:
        raise LifeRefused("Une structure ne fusionne pas avec elle-même.")
    other = Said(on=said.on, reason=said.reason)
    if into.pk < structure.pk:
        into = locked(into, other)
        return into, locked(structure, said)
    structure = locked(structure, said)
    return locked(into, other), structure


def changes_of(said: Said, effects: list[Effect]) -> dict[str, object]:
    return {
        "closed_on": [None, f"{said.on:%Y-%m-%d}"],
        "versions": sorted({effect.version for effect in effects}),
    }


def in_force(structure: Structure) -> list[AnnexeVersion]:
    rows = AnnexeVersion.objects.filter(
        annexe__convention__structure=structure, state__in=CURRENT
    )
    return list(rows.select_related("annexe__convention__structure__commune"))


def ended(structure: Structure, said: Said, *, by: User, today: date) -> list[Effect]:
    """Close it, and see to each annexe that goes beyond the day."""
    still_open(structure)
    if structure.created_on and said.on < structure.created_on:
        raise LifeRefused(
            f"Elle a été créée le {day(structure.created_on)} : elle ne peut pas fermer "
            "avant."
        )
    structure.closed_on = said.on
    structure.save(update_fields=["closed_on"])
    effects = written_off(structure, said, by=by, today=today)
    for version in in_force(structure):
        if version.starts_on > said.on:
            what = f"À clôturer à partir du {day(said.on)}, passé ce jour"
            effects.append(effect(version, version, what))
        elif version.ends_on > said.on:
            draft = open_avenant(annexe=version.annexe)
            effects.append(shortened(draft, said.on))
    return effects


def written_off(
    structure: Structure, said: Said, *, by: User, today: date
) -> list[Effect]:
    """Drafts that go beyond the day: shortened when nothing else covers it, else dropped."""
    rows = AnnexeVersion.objects.filter(
        annexe__convention__structure=structure,
        state__in=BEING_WRITTEN,
        ends_on__gt=said.on,
    ).select_related("annexe__convention__structure__commune")
    effects = []
    for version in rows:
        if version.status != Status.DRAFT:
            raise LifeRefused(
                f"L’annexe {version.annexe.year} (M{version.modification}) est "
                f"« {Status(version.status).label} » : refusez-la ou terminez-la avant de "
                "fermer la structure."
            )
        is_first = not version.annexe.versions.filter(state__in=CURRENT).exists()
        if is_first and version.starts_on <= said.on:
            effects.append(shortened(version, said.on))
            continue
        move_version(
            version=version, act=Act.CANCEL, by=by, on=today, reason=said.reason
        )
        effects.append(effect(version, version, "Brouillon abandonné"))
    return effects


def shortened(draft: AnnexeVersion, on: date) -> Effect:
    """The same ETP until that day; each funder bears its share of what is left."""
    was = terms_of(draft)
    draft.ends_on = on
    share_pro_rata(draft)
    what = "Brouillon raccourci" if draft.modification == 0 else "Avenant en brouillon"
    return effect(was, draft, f"{what} : prend fin ce jour")


def share_pro_rata(draft: AnnexeVersion) -> None:
    """Reprice a draft, its earmarks and cofinancing cut as its total is. Saves it."""
    before, borne = draft.total, draft.cofinanced
    draft.cofinanced = Decimal(0)
    draft.periods.filter(starts_on__gt=draft.ends_on).delete()
    draft.unit_amount = periods_of(draft)[-1].unit_amount
    reprice(draft)
    ratio = draft.total / before if before else Decimal(0)
    draft.cofinanced = min(cents_below(borne * ratio), draft.total)
    room = draft.total
    for part in draft.parts.filter(envelope__line__in=APART).select_related("envelope"):
        cut = cents_below(part.amount * ratio)
        part.amount = min(near_paid(draft, part.envelope, cut), room)
        room -= part.amount
        part.save(update_fields=["amount"])
        if part.envelope.line == Line.CD:
            draft.cofinanced = part.amount
    draft.save()
    share_out(draft)


def taken_over(version: AnnexeVersion, into: Structure, on: date) -> Effect:
    """A draft avenant of the absorbing annexe, with the ETP left of the absorbed one."""
    receiver = same_annexe(version, into)
    draft = open_avenant(annexe=receiver.annexe)
    was = terms_of(draft)
    months = months_covered(version.starts_on, version.ends_on)
    left = months - months_covered(version.starts_on, on)
    extra = etp_taken_over(
        absorbed=figures_of(version), absorbing=figures_of(draft), months_left=left
    )
    draft.etp += extra
    reprice(draft)
    share = version.cofinanced * left / months
    gained = draft.total - was.total
    draft.cofinanced += min(cents_below(share), gained)
    draft.save()
    share_out(draft)
    keep_posts(draft, version.etp - extra)
    what = f"reprend {etps(extra)} cette année, {etps(version.etp)} en année pleine"
    return effect(was, draft, f"Avenant en brouillon : {what}")


def same_annexe(version: AnnexeVersion, into: Structure) -> AnnexeVersion:
    """The annexe in force of the other structure, same mesure and year."""
    convention = version.annexe.convention
    found = AnnexeVersion.objects.filter(
        annexe__convention__structure=into,
        annexe__convention__measure=convention.measure,
        annexe__year=version.annexe.year,
        state__in=CURRENT,
    ).first()
    if found is None:
        raise LifeRefused(
            f"{into.name} n’a pas d’annexe {version.annexe.year} en vigueur pour la même "
            "mesure : signez-la avant la fusion."
        )
    return found


def keep_posts(draft: AnnexeVersion, more: Decimal) -> None:
    """Posts open at the end of the year are whole: next year starts from them (R84)."""
    part = draft.parts.filter(envelope__line=Line.IAE_SOCLE).first()
    if part and more > 0:
        part.posts += more
        part.save(update_fields=["posts"])


def figures_of(version: AnnexeVersion) -> Terms:
    return Terms(
        etp=version.etp,
        unit_amount=version.unit_amount,
        months=months_covered(version.starts_on, version.ends_on),
    )


@dataclass(frozen=True)
class Before:
    """The terms of a version before it is changed in place."""

    etp: Decimal
    ends_on: date
    total: Decimal


def terms_of(version: AnnexeVersion) -> Before:
    return Before(version.etp, version.ends_on, version.total)


def effect(was: Before | AnnexeVersion, now: AnnexeVersion, what: str) -> Effect:
    return Effect(
        structure=now.annexe.convention.structure.name,
        annexe=f"{now.annexe} M{now.modification}",
        version=now.pk,
        what=what,
        etp=(was.etp, now.etp),
        ends_on=(was.ends_on, now.ends_on),
        total=(was.total, now.total),
    )
