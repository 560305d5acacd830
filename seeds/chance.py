"""Chance that repeats: one stream a subject, so that one module never moves another."""

import random
from collections.abc import Sequence
from typing import TypeVar

Card = TypeVar("Card")


def stream(seed: int, *subject: object) -> random.Random:
    return random.Random("/".join(map(str, (seed, *subject))))


class Deck:
    """Draws without putting back, then shuffles again: shares hold over short runs.

    `cards` gives each card and how many of it the deck has.
    """

    def __init__(
        self, chance: random.Random, cards: Sequence[tuple[Card, int]]
    ) -> None:
        self.chance = chance
        self.cards = [card for card, count in cards for _ in range(count)]
        self.left: list[Card] = []

    def draw(self) -> Card:
        if not self.left:
            self.left = self.cards[:]
            self.chance.shuffle(self.left)
        return self.left.pop()


class Carry:
    """Whole numbers out of fractions: what is cut now is given later."""

    def __init__(self, start: float = 0.0) -> None:
        self.rest = start

    def take(self, amount: float) -> int:
        whole = int(amount + self.rest)
        self.rest += amount - whole
        return whole
