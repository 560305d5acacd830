"""ETP that a typing error makes, and that nobody means: they are asked again.

The bound says what an error looks like (a comma lost, a digit twice); it is no right.
"""

from decimal import Decimal

UNLIKELY_TIMES = 4


def is_unlikely(
    etp: Decimal, *, own: list[Decimal | None], elsewhere: Decimal | None
) -> bool:
    """Whether these ETP are far from all that is known of the structure.

    `own` is what it had: this version, the year before, agreed and realised. Where it had
    nothing, `elsewhere` is the largest annexe of its territory. With neither, nothing
    tells and nothing is unlikely.
    """
    known = [it for it in own if it]
    if known:
        return etp > UNLIKELY_TIMES * max(known)
    return elsewhere is not None and etp > elsewhere
