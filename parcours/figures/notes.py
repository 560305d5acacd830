"""Private notes: the only way to read them."""

from parcours.models import Interview, PrivateNote
from structures.models import User


def reads_notes(user: User, interview: Interview) -> bool:
    """Whoever wrote the interview; nobody else, the direction included."""
    return interview.by_id is not None and interview.by_id == user.pk


def notes_of(interview: Interview, *, user: User) -> list[PrivateNote] | None:
    """The notes, the one that counts first; None when they are not theirs to read."""
    if not reads_notes(user, interview):
        return None
    return list(PrivateNote.objects.filter(interview=interview).select_related("by"))
