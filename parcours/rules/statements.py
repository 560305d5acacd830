"""What may be done to a month, by whom, and what it must be given.

The one table of its acts: the server refuses by it, the buttons are drawn from it.
"""

from dataclasses import dataclass

from parcours.enums import StatementAct, StatementState
from structures.enums import Role

ENTERING = frozenset({Role.DIRECTION, Role.GESTIONNAIRE, Role.CIP, Role.ENCADRANT})
OPEN = frozenset({StatementState.BROUILLON, StatementState.DEBLOQUE})


@dataclass(frozen=True)
class Move:
    """One act: where it starts from, where it leads, who may, whether it needs a reason."""

    act: StatementAct
    sources: frozenset[StatementState]
    target: StatementState
    roles: frozenset[Role]
    needs_reason: bool = False


MOVES = (
    Move(
        StatementAct.SUBMIT,
        OPEN,
        StatementState.SAISI,
        frozenset({Role.DIRECTION, Role.GESTIONNAIRE, Role.CIP}),
    ),
    Move(
        StatementAct.VALIDATE,
        frozenset({StatementState.SAISI}),
        StatementState.VALIDE,
        frozenset({Role.DIRECTION}),
    ),
    Move(
        StatementAct.GIVE_BACK,
        frozenset({StatementState.SAISI}),
        StatementState.BROUILLON,
        frozenset({Role.DIRECTION}),
        needs_reason=True,
    ),
    # The State may reopen a month too: nothing read says that it alone does.
    Move(
        StatementAct.UNLOCK,
        frozenset({StatementState.VALIDE}),
        StatementState.DEBLOQUE,
        frozenset({Role.DIRECTION, Role.AGENT}),
        needs_reason=True,
    ),
)
BY_ACT = {move.act: move for move in MOVES}


def moves_for(state: StatementState, roles: frozenset[Role]) -> list[Move]:
    """What somebody in these roles may do to a month, in the order of the table."""
    return [it for it in MOVES if state in it.sources and it.roles & roles]


def may_enter(state: StatementState, roles: frozenset[Role]) -> bool:
    """Whether hours may be typed: the month is open, and they work there."""
    return state in OPEN and bool(roles & ENTERING)
