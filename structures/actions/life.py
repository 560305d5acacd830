"""What happens to a structure beside its files: who it is, and what a visit finds."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from stdnum.fr import siret as siret_key

from structures.enums import LifeKind, StructureKind
from structures.models import Structure, StructureAct, User
from structures.rules.writing import day

COPIED = ["name", "siret", "commune", "group", "address", "postcode", "phone", "email"]


class LifeRefused(Exception):
    """Nothing was recorded; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@dataclass(frozen=True, kw_only=True)
class Said:
    """What every act says of itself. `seen` is the last act the person had before them."""

    on: date
    reason: str
    reference: str = ""
    seen: int | None = None


def locked(structure: Structure, said: Said) -> Structure:
    """The structure, nobody else writing it. Raises LifeRefused on a stale form."""
    rows = Structure.objects.select_for_update(of=("self",))
    found: Structure = rows.select_related("commune__departement").get(pk=structure.pk)
    if not said.reason.strip():
        raise LifeRefused("Écrivez le motif, ou ce qui a été constaté.")
    if said.seen is not None and said.seen != last_act(found):
        raise LifeRefused(
            "Un acte vient d’être enregistré pour cette structure : relisez sa vie "
            "avant d’en ajouter un autre."
        )
    return found


def last_act(structure: Structure) -> int:
    """The key of its last act, 0 when it has none: what a form has before it."""
    keys = StructureAct.objects.of(structure).order_by("-pk")
    return keys.values_list("pk", flat=True).first() or 0


def record(
    structure: Structure, kind: LifeKind, said: Said, *, by: User, **fields: object
) -> StructureAct:
    return StructureAct.objects.create(
        structure=structure,
        kind=kind,
        on=said.on,
        reason=said.reason.strip(),
        reference=said.reference.strip(),
        by=by,
        **fields,
    )


@transaction.atomic
def change_identity(
    *,
    structure: Structure,
    said: Said,
    siret: str,
    name: str,
    address: str,
    postcode: str,
    by: User,
) -> StructureAct:
    """Another SIRET, name or address; what is signed keeps the SIRET of its signature.

    Raises LifeRefused.
    """
    structure = locked(structure, said)
    still_open(structure)
    asked = {"siret": siret, "name": name, "address": address, "postcode": postcode}
    changes = {
        field: [getattr(structure, field), value]
        for field, value in asked.items()
        if getattr(structure, field) != value
    }
    if not changes:
        raise LifeRefused("Rien ne change : corrigez le SIRET, le nom ou l’adresse.")
    if "siret" in changes:
        checked_siret(siret, structure.kind)
        structure.siret_at_signature = structure.siret_at_signature or structure.siret
    for field, value in asked.items():
        setattr(structure, field, value)
    saved(structure)
    return record(structure, LifeKind.IDENTITY, said, by=by, changes=changes)


@transaction.atomic
def add_kind(
    *, structure: Structure, said: Said, kind: StructureKind, by: User
) -> StructureAct:
    """A structure of another kind on the same SIRET, linked, without convention yet (R2).

    Raises LifeRefused.
    """
    structure = locked(structure, said)
    still_open(structure)
    checked_free(structure.siret, kind)
    copied = {field: getattr(structure, field) for field in COPIED}
    other = Structure(
        **copied,
        kind=kind,
        created_on=said.on,
        is_simulated=structure.is_simulated,
    )
    saved(other)
    return record(structure, LifeKind.SECOND_KIND, said, by=by, other=other)


@transaction.atomic
def record_visit(
    *, structure: Structure, said: Said, follow_up_on: date | None, by: User
) -> StructureAct:
    """A control visit: its day, what was found, the day its follow-up is due.

    Raises LifeRefused.
    """
    structure = locked(structure, said)
    if follow_up_on and follow_up_on < said.on:
        raise LifeRefused(
            "Les suites s’attendent après la visite : corrigez leur date."
        )
    return record(structure, LifeKind.VISIT, said, by=by, follow_up_on=follow_up_on)


@transaction.atomic
def record_follow_up(*, visit: StructureAct, said: Said, by: User) -> StructureAct:
    """What came of a visit; once. Raises LifeRefused."""
    structure = locked(visit.structure, said)
    if StructureAct.objects.filter(follows=visit).exists():
        raise LifeRefused("Les suites de cette visite sont déjà enregistrées.")
    if said.on < visit.on:
        raise LifeRefused(
            f"La visite est du {day(visit.on)} : ses suites ne peuvent pas la précéder."
        )
    return record(structure, LifeKind.FOLLOW_UP, said, by=by, follows=visit)


def still_open(structure: Structure) -> None:
    """Raises LifeRefused for a closed one."""
    if structure.closed_on:
        raise LifeRefused(
            f"{structure.name} est fermée depuis le {day(structure.closed_on)} : son "
            "dossier ne change plus."
        )


def checked_siret(siret: str, kind: str) -> None:
    """Raises LifeRefused when its key is wrong, or another of the kind bears it."""
    if not siret_key.is_valid(siret):
        raise LifeRefused(
            "Ce SIRET n’existe pas : sa clé est fausse. Vérifiez les quatorze chiffres."
        )
    checked_free(siret, kind)


def checked_free(siret: str, kind: str) -> None:
    taken = Structure.objects.filter(siret=siret, kind=kind).first()
    if taken:
        raise LifeRefused(
            f"{taken.name} ({kind}) porte déjà ce SIRET : il n’y a qu’un dossier par "
            "SIRET et par type. Fusionnez les deux, ou corrigez le SIRET."
        )


def saved(structure: Structure) -> None:
    """Raises LifeRefused when somebody quicker took the SIRET."""
    try:
        with transaction.atomic():
            structure.save()
    except IntegrityError as error:
        raise LifeRefused(
            "Quelqu’un vient de prendre ce SIRET pour une structure de ce type : "
            "rechargez la page."
        ) from error
