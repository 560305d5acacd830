"""What a link narrows a list to: one structure, one département."""

from structures.models import Departement, Structure
from structures.rules.reading import number_in


def asked(user, params):
    """Choices by field, of what the address asks for only: no query without it."""
    found = {}
    if (key := number_in(params.get("structure", ""))) is not None:
        rows = Structure.objects.visible_to(user).filter(pk=key)
        found["structure"] = [(str(one.pk), one.name) for one in rows]
    if place := params.get("territoire", ""):
        rows = Departement.objects.filter(pk=place)
        found["territoire"] = [(one.pk, str(one)) for one in rows]
    return found
