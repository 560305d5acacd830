"""Issue a document: its text of the day, its code, its bytes kept for good."""

import hashlib
import logging
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from structures.models import (
    Departement,
    Document,
    DocumentTemplate,
    StoredFile,
    Structure,
    User,
)
from structures.printing.characters import place_of, refused_character
from structures.printing.codes import new_code
from structures.printing.fields import fields_of
from structures.printing.render import Identity, LayoutFailed, Printed, render
from structures.printing.sheet import Sheet, digest_of
from structures.printing.text import complaints
from structures.printing.texts import given_text

logger = logging.getLogger(__name__)


class DocumentRefused(Exception):
    """Nothing was issued; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@transaction.atomic
def issue(
    *,
    sheet: Sheet,
    departement: Departement,
    structure: Structure | None,
    replaces: Document | None,
    by: User | None,
    on: date,
    anchor: str = "",
) -> Document:
    """Print a sheet and keep it; `replaces` itself when it already says the same.

    `anchor` is the state of the ledger, printed beside. Raises DocumentRefused.
    """
    template, text = template_in_force(sheet.kind, departement, on=on)
    if wrong := complaints(text, fields_of(sheet.kind)):
        raise DocumentRefused(f"Le modèle ne peut pas servir. {' '.join(wrong)}")
    if replaces and replaces.digest == digest_of(sheet, text):
        return replaces
    identity = Identity(code=new_code(), on=on, site=settings.SITE_URL, anchor=anchor)
    printed = laid_out(sheet, text, identity)
    return Document.objects.create(
        code=identity.code,
        kind=sheet.kind,
        title=sheet.title,
        year=sheet.year,
        structure=structure,
        departement=departement,
        service=sheet.service,
        template=template,
        digest=printed.digest,
        pages=printed.pages,
        file=keep(printed.content),
        on=on,
        made_by=by,
        replaces=replaces,
        is_simulated=sheet.is_simulated,
        is_draft=sheet.is_draft,
    )


def laid_out(sheet: Sheet, text: str, identity: Identity) -> Printed:
    """The PDF of a sheet. Raises DocumentRefused when its words cannot be set."""
    try:
        return render(sheet, text, identity)
    except LayoutFailed as error:
        raise DocumentRefused(why_not_set(error, sheet, text)) from error


def why_not_set(error: LayoutFailed, sheet: Sheet, text: str) -> str:
    """What to take away from the document; a fault of ours goes to the log."""
    character = refused_character(str(error))
    if not character:
        logger.error("layout of %s failed: %s", sheet.kind, error)
        return "La mise en page a échoué : signalez-le à l’administration."
    place = place_of(character, sheet, text)
    told = f" (champ « {place} »)" if place else ""
    return (
        f"Le caractère « {character} »{told} ne peut pas être imprimé : retirez-le ou "
        "remplacez-le, puis imprimez de nouveau."
    )


def keep(content: bytes) -> StoredFile:
    """Bytes in the base, with their SHA-256."""
    return StoredFile.objects.create(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), content=content
    )


def template_in_force(
    kind: str, departement: Departement, *, on: date
) -> tuple[DocumentTemplate | None, str]:
    """The text for a territory on a day: its own, its région’s, everyone’s, else ours."""
    templates = DocumentTemplate.objects.filter(kind=kind, since__lte=on).filter(
        Q(departement=departement)
        | Q(region=departement.region_id)
        | Q(departement=None, region=None)
    )
    found = sorted(
        templates,
        key=lambda it: (bool(it.departement_id), bool(it.region_id), it.since, it.pk),
    )
    if not found:
        return None, given_text(kind)
    return found[-1], found[-1].text
