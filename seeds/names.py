"""Invented names: of structures, people, tasks. None is meant to be anyone’s."""

import random
import tomllib
from pathlib import Path

WORDS = tomllib.loads(
    (Path(__file__).parent / "data/words.toml").read_text(encoding="utf-8")
)
FEMALE, MALE, LAST = WORDS["female"], WORDS["male"], WORDS["last"]
TASKS, JOBS, ACTIVITIES = WORDS["tasks"], WORDS["jobs"], WORDS["activities"]
SUMMARIES, OBSERVATIONS = WORDS["summaries"], WORDS["observations"]
TRAININGS, STREETS = WORDS["trainings"], WORDS["streets"]
ASCII = str.maketrans("ÉÈÊËÀÂÎÏÔÖÛÜÙÇ-'’", "EEEEAAIIOOUUUC   ")


def structure_names(kind: str, chance: random.Random) -> list[str]:
    """Every name of a kind, shuffled: more than any département needs."""
    names = [
        f"{sign} de la {first} {second}"
        for sign in WORDS["signs"][kind]
        for first in WORDS["first_halves"]
        for second in WORDS["second_halves"]
    ]
    chance.shuffle(names)
    return names


def sort_key(last: str, first: str) -> str:
    """Upper case, no accent, no hyphen: how names are sorted and searched."""
    return f"{last} {first}".upper().translate(ASCII)


def staff(chance: random.Random, count: int) -> list[str]:
    """Full names of counsellors or supervisors."""
    return [
        f"{chance.choice(FEMALE + MALE)} {chance.choice(LAST)}" for _ in range(count)
    ]
