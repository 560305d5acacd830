"""What the frame of every page shows: scope, menu, business date."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from structures.enums import Role


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    is_current: bool


def business_date():
    """The day the territory lives: today, or the one a demonstration names."""
    return settings.BUSINESS_DATE or timezone.localdate()


def frame(request):
    """Lazy, so that a fragment or an error page asks the database nothing."""
    return {
        "is_demo": settings.DEMO,
        "business_date": business_date(),
        "scope": SimpleLazyObject(lambda: scope(request.user)),
        "menu": SimpleLazyObject(lambda: menu(request)),
    }


def scope(user):
    """Whose data this person sees, in words."""
    if user.is_superuser:
        return "Administration, tous les territoires"
    return ", ".join(
        dict.fromkeys(
            str(membership.agency or membership.structure)
            for membership in user.current_memberships
        )
    )


def menu(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [Entry(label, url, is_current(request, url)) for label, url in entries(user)]


def entries(user):
    """Seven at most, one level."""
    sees_money = user.is_agent or user.is_superuser
    own = own_structures(user)
    yield "Accueil", reverse("home")
    if len(own) == 1 and not sees_money:
        yield "Ma structure", reverse("structure_detail", args=own)
    else:
        yield "Structures", reverse("structure_list")
    if own or sees_money:
        yield "Conventions", reverse("convention_list")
    if sees_money:
        yield "Annexes", reverse("annexe_list")
    yield "Parcours", reverse("parcours_list")
    if user.structure_roles & {Role.CIP, Role.DIRECTION}:
        yield "Accompagnement", reverse("caseload")
    if own and not sees_money:
        yield "Documents", reverse("document_list")
    if sees_money:
        yield "Enveloppes", reverse("envelope_tree")
        yield "Campagnes", reverse("campaign_list")


def own_structures(user):
    return {m.structure_id for m in user.current_memberships if m.structure_id}


# Addresses that stand under the entry of another one.
BESIDE = {"convention_list": ("cdiae_list", "delegation_list")}


def is_current(request, url):
    """A page belongs to the menu entry whose address begins its own."""
    if url == reverse("home"):
        return request.path == url
    beside = [
        reverse(name)
        for entry, names in BESIDE.items()
        for name in names
        if url == reverse(entry)
    ]
    return request.path.startswith((url, *beside))
