"""A commune as people write it: its INSEE code, its postcode or its name."""

import re

from django.db.models import QuerySet

from structures.figures.search import fold, folded
from structures.models import Commune

CODE = re.compile(r"\b(\d{5}|2[ABab]\d{3})\b")
SHOWN = 8


def communes_named(text: str) -> list[Commune]:
    """Those a text may name, the most populous first; one alone when it is sure.

    `Lens (62498)` is what a choice writes: the code decides.
    """
    if code := CODE.search(text):
        word = code[1].upper()
        found = list(Commune.objects.filter(pk=word))
        return found or list(by_size(Commune.objects.filter(postcode=word)))
    name = fold(text)
    if not name:
        return []
    rows = Commune.objects.alias(folded_name=folded("name"))
    exact = list(by_size(rows.filter(folded_name=name)))
    return exact or list(by_size(rows.filter(folded_name__startswith=name)))


def by_size(communes: QuerySet[Commune]) -> QuerySet[Commune]:
    return communes.order_by("-population", "pk")[:SHOWN]
