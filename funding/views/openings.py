"""What a figure of an annexe opens, wherever it is shown."""

from django.urls import reverse

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
