"""Each reading that must be kept is written with the page that was read (R96)."""

from parcours.enums import Reading
from parcours.models import AccessLog
from structures.models import User


def keep_reading(*, person: int, is_sensitive: bool, user: User) -> None:
    """Keep that an agent read a person, or anybody a theme of health or justice.

    `is_sensitive` when such a theme was shown: what was masked was not read. One INSERT
    at most. Administrators read as agents do. Source : R96.
    """
    if is_sensitive:
        what = Reading.SENSITIVE
    elif user.is_agent or user.is_superuser:
        what = Reading.PERSON
    else:
        return
    AccessLog.objects.create(user=user, person_id=person, what=what)
