"""What was decided on an envelope over its year."""

from django.db.models import Q

from funding.models import Closing, Envelope, Fongibilite


def credits_of(envelope: Envelope) -> list[Fongibilite]:
    """Decisions that moved its credits, last first; one query."""
    rows = Fongibilite.objects.filter(Q(source=envelope) | Q(target=envelope))
    return list(rows.select_related("source", "target", "by").order_by("-pk"))


def closing_of(envelope: Envelope) -> Closing | None:
    return Closing.objects.filter(envelope=envelope).select_related("by").first()
