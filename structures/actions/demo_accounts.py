"""Accounts for a demonstration, one a role. Never made where DEMO is off."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from structures.enums import Role
from structures.models import Agency, Departement, Membership, Structure, User

# Printed to whoever starts the demonstration: it protects nothing but simulated data.
PASSWORD = "demonstration-iae"
DOMAIN = "exemple.invalid"


class NotADemonstration(Exception):
    user_message = (
        "Les comptes de démonstration ne se créent que là où DEMO est actif : "
        "jamais en production."
    )


@dataclass(frozen=True)
class DemoAccount:
    """Who signs in with which e-mail address, for what, and where."""

    email: str
    role: str
    place: str


@dataclass(frozen=True)
class Wanted:
    name: str
    first_name: str
    last_name: str
    role: Role | None
    label: str


AGENT = Wanted("agent", "Inès", "Agent", Role.AGENT, "agent de l’unité départementale")
HEAD = Wanted(
    "responsable", "Ada", "Responsable", Role.AGENT, "responsable de l’unité, signe"
)
REGIONAL = Wanted("region", "Hugo", "Région", Role.AGENT, "agent régional")
STAFF = (
    Wanted("direction", "Salomé", "Direction", Role.DIRECTION, "direction"),
    Wanted("cip", "Basile", "Conseil", Role.CIP, "conseil en insertion"),
    Wanted("encadrant", "Lina", "Encadrement", Role.ENCADRANT, "encadrement technique"),
)
ADMIN = Wanted("admin", "Odile", "Administration", None, "administration")


def ensure_demo_accounts(*, using: str = "default") -> list[DemoAccount]:
    """The accounts of the demonstration, made if need be; run twice changes nothing.

    An agent of the département that has most structures, the head who signs there, an
    agent of its région, the staff of one simulated structure, an administrator. Raises NotADemonstration.
    """
    if not settings.DEMO:
        raise NotADemonstration
    departement = busiest(using=using)
    with transaction.atomic(using=using):
        made = [account(ADMIN, using=using)]
        if departement is None:
            return made
        local = agency(f"UD {departement.pk}", using=using, departement=departement)
        region = departement.region
        above = agency(f"Direccte {region.name}", using=using, region=region)
        made = [
            account(AGENT, agency=local, using=using),
            account(HEAD, agency=local, using=using),
            account(REGIONAL, agency=above, using=using),
        ] + made
        if structure := exemplary(departement, using=using):
            made[3:3] = [
                account(who, structure=structure, using=using) for who in STAFF
            ]
    return made


def busiest(*, using: str) -> Departement | None:
    found = (
        Structure.objects.using(using)
        .values_list("commune__departement", flat=True)
        .order_by("commune__departement")
    )
    codes = list(found)
    if not codes:
        return None
    code = max(sorted(set(codes)), key=codes.count)
    return Departement.objects.using(using).select_related("region").get(pk=code)


def exemplary(departement: Departement, *, using: str) -> Structure | None:
    """A simulated ACI of its own, not one that bears the name of a real body."""
    return (
        Structure.objects.using(using)
        .filter(commune__departement=departement, is_simulated=True, group=None)
        .order_by("kind", "pk")
        .first()
    )


def agency(name: str, *, using: str, **territory: object) -> Agency:
    found, _ = Agency.objects.using(using).get_or_create(name=name, defaults=territory)
    return found


def account(
    wanted: Wanted,
    *,
    using: str,
    agency: Agency | None = None,
    structure: Structure | None = None,
) -> DemoAccount:
    email = f"{wanted.name}@{DOMAIN}"
    user = User.objects.using(using).filter(email=email).first()
    if user is None:
        is_admin = wanted.role is None
        user = User(
            email=email,
            first_name=wanted.first_name,
            last_name=wanted.last_name,
            is_staff=is_admin,
            is_superuser=is_admin,
        )
        user.set_password(PASSWORD)
        user.save(using=using)
    if wanted.role:
        Membership.objects.using(using).get_or_create(
            user=user, agency=agency, structure=structure, role=wanted.role
        )
    place = str(agency or structure or "back-office")
    return DemoAccount(email=email, role=wanted.label, place=place)
