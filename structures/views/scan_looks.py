"""How scans and their pages are shown."""

from structures.enums import PageOutcome
from structures.views.badges import ERROR, INFO, NEUTRAL, SUCCESS, WARNING, Badge

LOOKS = {
    PageOutcome.WAITING: INFO,
    PageOutcome.FILED: SUCCESS,
    PageOutcome.DUPLICATE: WARNING,
    PageOutcome.UNREADABLE: WARNING,
    PageOutcome.UNKNOWN: ERROR,
    PageOutcome.IGNORED: NEUTRAL,
    "reading": Badge("En lecture", *INFO),
    "read": Badge("Lue", *SUCCESS),
    "failed": Badge("Illisible", *ERROR),
}
