"""Who is told of a move: the direction of the structure, or the agent who asked."""

from django.conf import settings
from django.template.loader import render_to_string

from funding.enums import Act
from funding.models import StatusChange
from funding.rules.lifecycle.mails import NEXT, SILENT
from funding.rules.lifecycle.words import FOR_STRUCTURE
from structures.actions.outbox import write_mails
from structures.enums import Role, Status
from structures.models import Membership, Structure


def tell_of(change: StatusChange, *, structure: Structure, file: str, url: str) -> None:
    """Write the mails of a move, in its transaction. `file` names it in a sentence."""
    act, target = Act(change.act), Status(change.target)
    word = FOR_STRUCTURE[target]
    to = directions(structure)
    if act == Act.ANSWER:
        word, to = target.label, [asker(change)]
    elif act in SILENT:
        return
    context = {
        "file": file,
        "structure": structure.name,
        "word": word,
        "change": change,
        "next": NEXT.get(act, ""),
        "url": f"{settings.SITE_URL}{url}",
    }
    write_mails(
        to=to,
        subject=f"{structure.name}, {file} : {word.lower()}",
        body=render_to_string("mail/move.txt", context),
        key=f"move-{change.pk}",
    )


def directions(structure: Structure) -> list[str]:
    """Addresses of those who direct it and may sign in."""
    members = Membership.objects.filter(
        structure=structure, role=Role.DIRECTION, user__is_active=True
    )
    return list(members.order_by("pk").values_list("user__email", flat=True))


def asker(change: StatusChange) -> str:
    """Address of the agent who last asked for a correction of the same file."""
    asked = StatusChange.objects.filter(
        version=change.version_id,
        convention=change.convention_id,
        act=Act.ASK_CORRECTION,
    )
    found = asked.order_by("-pk").values_list("by__email", flat=True).first()
    return found or ""
