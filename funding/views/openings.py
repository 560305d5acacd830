"""What a figure of an annexe opens, wherever it is shown."""

from django.urls import reverse

from structures.views.tables import Link


def figure(value, version, code):
    """A figure that opens on its formula, its law and its rows; nothing opens “—”."""
    if value is None:
        return None
    return Link(value, reverse("annexe_figure", args=[version.pk, code]))


def movements(value, annexe, word, envelope):
    """Euros that open on the transfers of an annexe on one envelope; 0 has none."""
    if not value:
        return value
    url = reverse("annexe_transfers", args=[annexe])
    return Link(value, f"{url}?compartiment={word}&enveloppe={envelope}")
