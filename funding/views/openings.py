"""What a figure of an annexe or of an envelope opens, wherever it is shown."""

from django.urls import reverse

from structures.rules.writing import day
from structures.templatetags.tables import written
from structures.views.legal_values import line, title
from structures.views.parts import Worked
from structures.views.tables import Link


def figure(value, version, code):
    """A figure that opens on its formula, its law and its rows; nothing opens “—”."""
    if value is None:
        return None
    return Link(value, reverse("annexe_figure", args=[version.pk, code]))


def movements(value, annexe, word, envelope=None):
    """Euros that open on the transfers of an annexe, or of one envelope; 0 has none."""
    if not value:
        return value
    url = f"{reverse('annexe_transfers', args=[annexe])}?compartiment={word}"
    return Link(value, url if envelope is None else f"{url}&enveloppe={envelope}")


def schedule(value, version):
    """Euros due, that open on the months they are due for."""
    if value is None:
        return None
    url = reverse("payment_schedule", args=[version])
    return Link(value, f"{url}#legende-echeancier")


def of_request(value, convention, code):
    """A figure of a request that opens on its lines; nothing opens “—”."""
    if value is None:
        return None
    return Link(value, reverse("request_figure", args=[convention.pk, code]))


def of_fdi(value, fdi, word):
    """Euros that open on the transfers of a FDI request; 0 has none."""
    if not value:
        return value
    return Link(value, f"{reverse('fdi_transfers', args=[fdi])}?compartiment={word}")


def of_envelope(value, envelope, word, *, reach=""):
    """Euros that open on the transfers of an envelope and of those below it.

    `reach` keeps the envelope alone (“seule”) or those below it (“dessous”).
    """
    if not value:
        return value
    url = f"{reverse('envelope_transfers', args=[envelope])}?compartiment={word}"
    return Link(value, f"{url}&{reach}=oui" if reach else url)


def of_stage(value, envelope, stage):
    """Euros notified that open on the transfers of the stage they were notified at."""
    if not value:
        return value
    url = reverse("envelope_transfers", args=[envelope])
    return Link(value, f"{url}?etape={stage}")


def in_words(value):
    """An amount that opens, inside a sentence."""
    return written("cents", value)


def worked(figure):
    """An amount an act would write: what makes it unfolds where it stands."""
    inputs = [(it.label, it.kind, it.value) for it in figure.inputs]
    law = [text_of(value) for value in figure.law]
    return Worked(figure.value, figure.formula, inputs, law, figure.warning)


def text_of(value):
    """A value of the law in words, on its page: how much, of which text, since when."""
    _, _, shown, since, _, text, _ = line(value)
    name, url = title(value.parameter), reverse("legal_values")
    told = f"{name} : {shown}, {text.value}, en vigueur le {day(since)}"
    return Link(told, f"{url}?parametre={value.parameter}")


def of_year(value, structure, year, part):
    """A figure of a structure’s year that opens on its page, where it is made."""
    if value is None:
        return None
    url = reverse("structure_detail", args=[structure.pk])
    return Link(value, f"{url}?annee={year}#{part}")
