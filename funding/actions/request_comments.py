"""Remarks on the file of a request, and what the structure corrects because of them."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from funding.actions.comments import record_answers
from funding.actions.files import MoveRefused
from funding.actions.requests import Saved, locked, read, save_request
from funding.models import FieldComment
from structures.enums import Status
from structures.models import Convention, User
from structures.rules.requests import ATTACHMENTS


@transaction.atomic
def comment_request(
    *, convention: Convention, field: str, text: str, by: User, on: date
) -> FieldComment:
    """Remark on one field while the file is examined. Raises MoveRefused."""
    convention = locked(convention)
    if convention.state != Status.INSTRUCTION:
        raise MoveRefused("On commente un dossier en instruction.")
    if field not in {*read(convention, on=on).values, ATTACHMENTS}:
        raise MoveRefused("Ce champ n’est pas de ceux que la structure corrige.")
    return FieldComment.objects.create(
        convention=convention, field=field, text=text, by=by
    )


@transaction.atomic
def answer_request(
    *,
    convention: Convention,
    answers: Mapping[int, str],
    values: Mapping[str, object],
    seen: Mapping[str, str],
    by: User,
    on: date,
) -> Saved:
    """What the structure corrects and says, by field and by remark. Raises MoveRefused."""
    comments = {it.pk: it for it in convention.comments.filter(closed_at=None)}
    if {*answers} - {*comments}:
        raise MoveRefused(
            "Une remarque à laquelle vous répondez est fermée : relisez le dossier."
        )
    saved = save_request(convention=convention, values=values, seen=seen, by=by, on=on)
    if convention.state != Status.CORRECTION:
        raise MoveRefused(
            "Le service a repris le dossier : vos corrections ne peuvent plus y entrer. "
            "Relisez-le."
        )
    record_answers(comments, answers, by=by)
    return saved
