"""Back-office of territories, structures, the law and users."""

from structures.admin import law, places, structures, users

__all__ = ["law", "places", "structures", "users"]
