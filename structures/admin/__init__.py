"""Back-office of territories, structures, the law and users."""

from structures.admin import documents, law, outbox, places, structures, users

__all__ = ["documents", "law", "outbox", "places", "structures", "users"]
