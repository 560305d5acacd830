"""Why something is not done to a parcours: a sentence, and where to look."""


class ParcoursRefused(Exception):
    """Nothing is written; `user_message` says why and what next, `field` where."""

    def __init__(self, user_message: str, *, field: str = "") -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.field = field
