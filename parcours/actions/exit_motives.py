"""The motives of exit we ship, brought into the editable table."""

from parcours.models import ExitMotive
from parcours.rules.exit_motives import MOTIVES


def add_missing(*, using: str) -> None:
    """Add the motives the table does not have; what was edited there stays as it is."""
    ExitMotive.objects.using(using).bulk_create(
        [
            ExitMotive(
                code=motive.code,
                label=motive.label,
                category=motive.category,
                asp_code=motive.asp_code or None,
                stays_in_iae=motive.stays_in_iae,
                source=motive.source,
            )
            for motive in MOTIVES
        ],
        ignore_conflicts=True,
    )
