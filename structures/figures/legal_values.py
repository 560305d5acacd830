"""The law as the table holds it: the files' values and those added by hand."""

from datetime import date

from structures.enums import Place
from structures.law import NotInForce
from structures.models import LegalValue


def legal_value(
    parameter: str,
    kind: str = "",
    *,
    on: date,
    known_on: date | None = None,
    place: str = Place.METROPOLE,
) -> LegalValue:
    """The value in effect on a day, as it could be known on another; one query.

    Raises NotInForce when no text gives one: there is no default.
    """
    found = (
        LegalValue.objects.known_on(known_on or on)
        .filter(parameter=parameter, kind=kind, place=place, effective_on__lte=on)
        .order_by("-effective_on", "-published_on")
        .first()
    )
    if found is None:
        raise NotInForce(f"{parameter} has no value for {kind or 'all'} on {on}")
    return found
