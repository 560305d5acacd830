"""From when to when a contract opens the aid."""

from collections.abc import Iterable
from datetime import date

from structures.rules.periods import ONE_DAY, Span


def aid_runs_until(*, contract_ends_on: date | None, parcours_ends_on: date) -> date:
    """Last day of the aid: that of the contract or of the parcours, whichever is first.

    `contract_ends_on` None for a contract without an end.

    Source : Code du travail, art. R. 5132-1-9 (R56).
    """
    return min(contract_ends_on or parcours_ends_on, parcours_ends_on)


def aid_spans(
    *,
    contract_starts_on: date,
    contract_ends_on: date | None,
    parcours: Span,
    suspensions: Iterable[Span] = (),
) -> list[Span]:
    """Days on which a contract opens the aid, in order; none while it is suspended.

    Source : Code du travail, art. R. 5132-1-9 et R. 5132-1-10 (R56).
    """
    starts_on = max(contract_starts_on, parcours.starts_on)
    ends_on = aid_runs_until(
        contract_ends_on=contract_ends_on, parcours_ends_on=parcours.ends_on
    )
    spans = []
    for pause in sorted(suspensions):
        last = min(pause.starts_on - ONE_DAY, ends_on)
        if starts_on <= last:
            spans.append(Span(starts_on, last))
        starts_on = max(starts_on, pause.ends_on + ONE_DAY)
    if starts_on <= ends_on:
        spans.append(Span(starts_on, ends_on))
    return spans
