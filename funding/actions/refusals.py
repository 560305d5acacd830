"""What an act of money answers when it is not done: a sentence, and what next."""


class ActRefused(Exception):
    """Nothing moved; `user_message` says why and what next, `field` what is wrong."""

    def __init__(self, user_message: str, *, field: str = "") -> None:
        super().__init__(user_message)
        self.user_message, self.field = user_message, field
