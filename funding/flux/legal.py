"""A figure of the law, from the table where the administrator may add one."""

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.utils.timezone import localdate

from funding.rules.flux import WrongFile
from structures.enums import Place


def legal_number(
    cursor: CursorWrapper, parameter: str, *, default: str = ""
) -> int | str:
    """The value in force on the business date for every kind, to be set in SQL.

    Without one, the `default`, or a WrongFile.
    """
    day = settings.BUSINESS_DATE or localdate()
    cursor.execute(
        "SELECT legal_value(%s, '', %s, %s, %s)", [parameter, Place.METROPOLE, day, day]
    )
    value = cursor.fetchone()[0]
    if value is None and default:
        return default
    if value is None:
        raise WrongFile(
            f"La valeur légale « {parameter} » manque : ajoutez-la dans l’administration."
        )
    return int(value)
