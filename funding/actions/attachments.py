"""Files joined to a request: checked by their content, kept in the same transaction."""

import hashlib
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from funding.actions.files import MoveRefused
from funding.actions.requests import locked, open_fields, read
from structures.enums import AttachmentKind
from structures.models import Attachment, AttachmentContent, Convention, User
from structures.rules.attachments import checked, clean_name
from structures.rules.requests import ATTACHMENTS

# A file of a request is a dozen papers: many more would be somebody’s mistake.
MOST_FILES = 40


@transaction.atomic
def attach(
    *,
    convention: Convention,
    kind: AttachmentKind,
    name: str,
    content: bytes,
    by: User,
    on: date,
) -> Attachment:
    """Keep a file with its request. Raises AttachmentRefused and MoveRefused."""
    content_type, ending = checked(content)
    convention = locked(convention)
    check_writable(convention, by, on=on)
    if convention.attachments.count() >= MOST_FILES:
        raise MoveRefused(
            f"Ce dossier a déjà reçu {MOST_FILES} pièces : réunissez-les dans un seul PDF."
        )
    row = Attachment(
        convention=convention,
        kind=kind,
        name=clean_name(name, ending=ending),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise MoveRefused("Cette pièce est déjà jointe.") from error
    AttachmentContent.objects.create(attachment=row, data=content)
    return row


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, on: date) -> Attachment:
    """Take a file out of a request; it stays in the base. Raises MoveRefused."""
    check_writable(locked(attachment.convention), by, on=on)
    attachment.refresh_from_db()
    if attachment.removed_at is None:
        attachment.removed_at, attachment.removed_by = now(), by
        attachment.save(update_fields=["removed_at", "removed_by"])
    return attachment


def check_writable(convention: Convention, by: User, *, on: date) -> None:
    if ATTACHMENTS not in open_fields(read(convention, on=on), by, on=on):
        raise MoveRefused(
            "Les pièces de ce dossier ne se modifient plus : le service peut les demander "
            "dans une correction."
        )
