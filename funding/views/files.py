"""What the pages of a convention and of an annexe share: status, acts, remarks, history."""

from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from funding.actions.files import MoveRefused
from funding.actions.ledger_refusals import LedgerRefusal
from funding.enums import Act
from funding.rules.lifecycle.moves import row_of, rows_for
from funding.rules.lifecycle.words import FOR_STRUCTURE
from structures.enums import Role, Status
from structures.views.badges import Badge, badge_of
from structures.views.tables import Column, Empty, Table

REFUSED = (MoveRefused, LedgerRefusal)
# What sends a file back, stops it or ends it never stands out.
ASIDE = frozenset(
    {
        *(Act.CANCEL, Act.REJECT, Act.REOPEN, Act.TAKE_BACK),
        *(Act.SUSPEND, Act.NOTIFY_BREACH, Act.TERMINATE),
    }
)


@dataclass(frozen=True)
class Button:
    """Something to do on a file; with `refusals`, what stops it today and no button.

    `is_aside` never stands out; `is_next` does, once it may be pressed.
    """

    label: str
    url: str
    refusals: list[str] = field(default_factory=list)
    is_post: bool = False
    name: str = ""
    value: str = ""
    is_main: bool = False
    is_aside: bool = False
    is_next: bool = False


def arranged(buttons):
    """The same, one that may be pressed standing out: the next step, else the first."""
    found = list(buttons)
    may_stand_out = [
        n
        for n, one in enumerate(found)
        if not (one.refusals or one.is_post or one.is_aside)
    ]
    # Sorting is stable: the first one, unless another is the next step.
    for n in sorted(may_stand_out, key=lambda n: not found[n].is_next)[:1]:
        found[n] = replace(found[n], is_main=True)
    return found


def act_button(it, url, remarks):
    """An act of the table; a correction is asked again only for a new remark."""
    act = it.row.act
    is_settled = act == Act.ASK_CORRECTION and not waits_for_answer(remarks)
    return Button(
        act.label,
        url,
        it.refusals,
        is_aside=act in ASIDE or is_settled,
        is_next=act == Act.VALIDATE,
    )


def waits_for_answer(remarks):
    return any(not (it.closed_at or it.answered_at) for it, *_ in remarks)


def remarks_button(file_status, user, remarks):
    """Once every open remark is answered, what comes next is to read and close them."""
    is_open = any(not it.closed_at for it, *_ in remarks)
    if not user.is_agent or file_status != Status.INSTRUCTION or not is_open:
        return
    if not waits_for_answer(remarks):
        label = "Lire les réponses, puis fermer les remarques"
        yield Button(label, "#remarques-titre", is_next=True)


def is_of_the_state(user):
    """Whether they read what is the services’ own: its words, its envelopes."""
    return user.is_agent or user.is_superuser


def file_badge(status, user):
    """The agents’ word, or what the structure reads of it."""
    badge = badge_of(status)
    if is_of_the_state(user):
        return badge
    return Badge(FOR_STRUCTURE[status], badge.tone, badge.icon)


def known(word):
    try:
        return Act(word.upper())
    except ValueError:
        raise Http404 from None


def any_row(subject, act):
    """A line of the table for that act: its words do not depend on the status."""
    found = (row_of(subject, status, act) for status in Status)
    row = next((row for row in found if row), None)
    if row is None:
        raise Http404
    return row


def no_longer(request, subject, act, status, actors, *, back):
    """An act that was possible once: back to the file, told; 404 if it never is theirs."""
    theirs = {row.act for one in Status for row in rows_for(subject, one, actors)}
    if act not in theirs:
        raise Http404
    word = file_badge(status, request.user).label
    messages.warning(
        request,
        f"« {act.label} » n’est pas possible : le dossier est « {word} ». Ce qui peut se "
        "faire maintenant est sur cette page.",
    )
    return redirect(back)


def taken_back(request, *, back):
    """The turn of the structure is over: back to the file, told."""
    messages.warning(
        request,
        "Ce dossier n’attend pas de correction de votre part : relisez-le sur cette page.",
    )
    return redirect(back)


def is_done(form, action, **given):
    """Whether the action was done; why not is written in the form."""
    try:
        action(**given)
    except REFUSED as refusal:
        form.add_error(None, refusal.user_message)
    return form.is_valid()


def directs(user, structure):
    return any(
        member.structure_id == structure and member.role == Role.DIRECTION
        for member in user.current_memberships
    )


def written_since(comments, changes):
    """What was written in the field of each remark once it was made, by its key."""
    found = {comment.pk: [] for comment in comments}
    if found:
        for one in changes:
            for comment in comments:
                if one.field == comment.field and one.at >= comment.at:
                    found[comment.pk].append(one)
    return found


def history_table(file, user, *, origin):
    """The acts of a file; `origin` says where it comes from while it has none."""
    empty = Empty("Aucun acte enregistré", f"{origin} ; chaque acte s’ajoutera ici.")
    columns = [
        Column("Acte"),
        Column("Date d’effet", "day"),
        Column("Statut", "badge"),
        Column("Par"),
        Column("En qualité de", on_phone=False),
        Column("Motif"),
    ]
    rows = [
        (
            change.get_act_display(),
            change.on,
            file_badge(Status(change.target), user),
            str(change.by) if change.by else "Application",
            change.get_actor_display(),
            change.reason,
        )
        for change in file.changes.select_related("by").order_by("-pk")
    ]
    return Table("Historique", columns, rows, empty=empty, key="historique")
