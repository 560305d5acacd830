"""Keep a list as somebody reads it now, and forget it."""

from django.db import transaction

from structures.models import SavedView, User

MOST = 20
LONGEST = 1000


class ViewRefused(Exception):
    """The view is not kept; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@transaction.atomic
def save_view(*, by: User, page: str, name: str, query: str) -> SavedView:
    """Keep the address of a list under a name; the same name again replaces it.

    Raises ViewRefused when the person already keeps as many as a page shows, or the
    address is longer than what is kept.
    """
    if len(query) > LONGEST:
        raise ViewRefused(
            "Cette vue a trop de filtres pour être gardée : enlevez-en, puis enregistrez."
        )
    User.objects.select_for_update().get(pk=by.pk)
    mine = SavedView.objects.filter(user=by, page=page)
    found = mine.filter(name__iexact=name).first()
    if found is None and mine.count() >= MOST:
        raise ViewRefused(
            f"Vous avez déjà {MOST} vues de cette liste : supprimez-en une d’abord."
        )
    view = found or SavedView(user=by, page=page)
    view.name, view.query = name, query
    view.save()
    return view
