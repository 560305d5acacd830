"""Private notes: the only way to read them."""

from parcours.figures.referents import is_referent
from parcours.models import Interview, PrivateNote
from structures.models import User


def reads_notes(user: User, interview: Interview) -> bool:
    """Whoever wrote the interview and the person’s referent; never the direction."""
    return interview.by_id == user.pk or is_referent(user, interview.contract)


def notes_of(interview: Interview, *, user: User) -> list[PrivateNote] | None:
    """The notes, the one that counts first; None when they are not theirs to read."""
    if not reads_notes(user, interview):
        return None
    return list(PrivateNote.objects.filter(interview=interview).select_related("by"))
