"""Back-office of territories, structures, the law and users."""

from structures.admin import law, outbox, places, structures, users

__all__ = ["law", "outbox", "places", "structures", "users"]
