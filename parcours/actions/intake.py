"""Somebody taken in: who they are, their right, their first contract, in one go."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection, transaction

from parcours.actions.grid import roles_in
from parcours.actions.refusals import (
    Found,
    ParcoursRefused,
    confirmed_warnings,
    save_checked,
)
from parcours.actions.rights import AskedRight, as_right, right_of_hiring, save_right
from parcours.enums import PersonAct, Sex
from parcours.figures.asked import AskedContract, Place
from parcours.figures.contract_law import Law, contract_law
from parcours.figures.hiring import (
    FoundIn,
    at,
    contract_findings,
    right_flaws,
)
from parcours.figures.known import already_known, elsewhere, mark_of
from parcours.models import Contract, Parcours, Person, PersonEvent
from parcours.rules.identity import Identity
from parcours.rules.intake import MAY_TAKE_IN, birth_findings, nir_findings
from parcours.rules.names import sort_key
from parcours.rules.nir import encrypted, nir_hash
from structures.enums import StructureKind
from structures.models import Commune, Structure, User
from structures.rules.writing import day

BIRTHS = 6_201  # the lock of those born on a day
ANOTHER = "autre"
ELSEWHERE = "connue"
PLACES = {"commune": "commune", "nir_hash": "nir", "birth_on": "birth_on"}
OF_CONTRACT = {"ends_on": "ends_on", "weekly_hours": "weekly_hours", "job": "job"}


@dataclass(frozen=True, kw_only=True)
class AskedPerson:
    """Who is taken in. `nir` in 15 characters or empty; `who` is the answer to those who
    may be the same, as they were shown with the mark `seen`."""

    last_name: str
    first_name: str
    birth_on: date
    sex: Sex
    commune: Commune
    is_qpv: bool = False
    nir: str = ""
    who: str = ""
    seen: str = ""

    @property
    def identity(self) -> Identity:
        return Identity(
            last_name=self.last_name,
            first_name=self.first_name,
            birth_on=self.birth_on,
            nir_hash=hash_of(self.nir),
        )


def hash_of(nir: str) -> str:
    return nir_hash(nir, key=settings.NIR_KEY.encode()) if nir else ""


@transaction.atomic
def take_in(
    *,
    structure: Structure,
    person: AskedPerson,
    right: AskedRight,
    contract: AskedContract,
    by: User,
    on: date,
    confirmed: bool = False,
) -> Contract:
    """The first contract of somebody in a structure, with all it stands on.

    Raises ParcoursRefused, or Found for refusals and unconfirmed warnings.
    """
    check_may_take_in(structure, by, on=contract.hired_on)
    lock_births(person.birth_on)
    somebody = person_of(person, structure=structure)
    law = contract_law(known_on=on)
    held, findings = stands_on(right, contract, structure, somebody, law)
    place = Place(structure=structure, person=somebody, parcours=held, law=law)
    findings += [
        *person_findings(person, contract),
        *contract_findings(contract, place),
    ]
    told = confirmed_warnings(findings, confirmed=confirmed) + said_of(contract)
    held.person = save_checked(somebody, fields=PLACES)
    signed = sign(contract, place, save_right(held))
    keep_act(PersonAct.TAKEN_IN, signed, told=told, by=by, on=on)
    return signed


def stands_on(
    right: AskedRight,
    contract: AskedContract,
    structure: Structure,
    person: Person,
    law: Law,
) -> tuple[Parcours, list[FoundIn]]:
    """The right of the hiring and its flaws (R42). Raises Found when there is none."""
    kind = StructureKind(structure.kind)
    held = right_of_hiring(
        person,
        right,
        kind=kind,
        on=contract.hired_on,
        until=contract.ends_on,
        law=law,
    )
    findings = list(right_flaws(contract, as_right(held), kind=kind, law=law))
    if held is None:
        raise Found(findings)
    return held, findings


def said_of(contract: AskedContract) -> list[str]:
    """What a contract says that no column keeps."""
    said = "Contrat lié à un aménagement de peine."
    return [said] if contract.has_adjusted_sentence else []


def check_may_take_in(structure: Structure, by: User, *, on: date) -> None:
    if not MAY_TAKE_IN & roles_in(by, structure.pk):
        raise ParcoursRefused(
            "L’accueil et les contrats sont tenus par la direction, la gestion ou le "
            "conseil en insertion de la structure."
        )
    if structure.closed_on and on > structure.closed_on:
        raise ParcoursRefused(
            f"{structure.name} est fermée depuis le {day(structure.closed_on)} : elle ne "
            "signe plus de contrat."
        )


def lock_births(birth_on: date) -> None:
    """Two windows taking in one person come one after the other."""
    with connection.cursor() as cursor:
        key = [BIRTHS, birth_on.toordinal()]
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)


def person_of(asked: AskedPerson, *, structure: Structure) -> Person:
    """The person known under that answer, completed; else a new one, not saved.

    Raises ParcoursRefused while somebody who may be the same was not answered for.
    """
    met = already_known(asked.identity, structures={structure.pk})
    if mark_of(met) != asked.seen:
        told = "Quelqu’un qui est peut-être cette personne est déjà connu : choisissez."
        raise ParcoursRefused(told, field="who")
    here = {str(one.person.pk): one.person for one in met if one.is_here}
    if asked.who in here:
        return completed(here[asked.who], asked)
    other = elsewhere(met)
    if asked.who == ELSEWHERE and other:
        return completed(other.person, asked)
    if met and (asked.who != ANOTHER or any(one.is_certain for one in met)):
        raise ParcoursRefused("Dites si c’est la même personne.", field="who")
    return new_person(asked, structure)


def completed(person: Person, asked: AskedPerson) -> Person:
    """What was not known yet is filled; the rest is left as it is."""
    if asked.nir and not person.nir_hash:
        keep_nir(person, asked.nir)
    person.commune = person.commune or asked.commune
    return person


def new_person(asked: AskedPerson, structure: Structure) -> Person:
    person = Person(
        last_name=asked.last_name,
        first_name=asked.first_name,
        sort_key=sort_key(asked.last_name, asked.first_name),
        birth_on=asked.birth_on,
        sex=asked.sex,
        commune=asked.commune,
        is_qpv=asked.is_qpv,
        is_simulated=structure.is_simulated,
    )
    if asked.nir:
        keep_nir(person, asked.nir)
    return person


def keep_nir(person: Person, nir: str) -> None:
    person.nir_hash = hash_of(nir)
    person.nir_cipher = encrypted(nir, key=settings.NIR_KEY.encode())


def person_findings(asked: AskedPerson, contract: AskedContract) -> list[FoundIn]:
    born, hired = asked.birth_on, contract.hired_on
    return [
        *at("birth_on", birth_findings(birth_on=born, hired_on=hired)),
        *at("nir", nir_findings(asked.nir, sex=asked.sex, birth_on=born)),
    ]


def sign(asked: AskedContract, place: Place, parcours: Parcours) -> Contract:
    """The contract, written; the database’s own refusals are sentences too."""
    row = Contract(
        person=parcours.person,
        structure=place.structure,
        parcours=parcours,
        kind=asked.kind,
        hired_on=asked.hired_on,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        renews=place.renews,
        weekly_hours=asked.weekly_hours,
        job=asked.job,
        **asked.situation,
    )
    signed: Contract = save_checked(row, fields=OF_CONTRACT)
    return signed


def keep_act(
    act: PersonAct, contract: Contract, *, told: list[str], by: User, on: date
) -> PersonEvent:
    return PersonEvent.objects.create(
        parcours=contract.parcours,
        contract=contract,
        act=act,
        told=told,
        by=by,
        on=on,
    )
