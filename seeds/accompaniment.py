"""The two other lanes of a parcours: interviews and freins, supervision and training."""

from random import Random

from parcours.enums import FreinMode, FreinState, FreinTheme, Medium
from seeds import names
from seeds.calendar import Calendar
from seeds.chance import Deck
from seeds.copying import Batch
from seeds.geography import NULL
from seeds.sites import Site
from seeds.stays import Stay

# Days between two interviews, or two sessions; an AI meets people less often.
BETWEEN_INTERVIEWS = {"ACI": (28, 55), "EI": (30, 60), "AI": (45, 80), "ETTI": (40, 75)}
BETWEEN_SESSIONS = {"ACI": (30, 60), "EI": (35, 70)}
# Some are not met for months: the alert of R58 has something to find.
FORGOTTEN_ONE_IN = 25
FORGOTTEN_AFTER = 3
MEDIA = [(Medium.MEETING, 70), (Medium.PHONE, 15), (Medium.VISIT, 15)]
MINUTES = (20, 30, 30, 45, 45, 60)
# In a hundred stays.
THEMES = [
    (FreinTheme.MOBILITE, 30), (FreinTheme.HEBERGEMENT, 13), (FreinTheme.SANTE, 14),
    (FreinTheme.DEMARCHES, 16), (FreinTheme.ILLETTRISME, 9), (FreinTheme.SURENDETTEMENT, 8),
    (FreinTheme.DISPONIBILITE, 7), (FreinTheme.JUSTICE, 3),
]  # fmt: skip
FREINS = (0, 1, 1, 2, 2, 3)
MODES = [(FreinMode.INTERNAL, 50), (FreinMode.EXTERNAL, 20), (FreinMode.BOTH, 30)]
LIFTED = 0.6
TRAINED = {"ACI": 0.3, "EI": 0.25, "AI": 0.08, "ETTI": 0.12}


class Accompaniment:
    """Writes what happened around the work of each stay, until the day."""

    def __init__(self, calendar: Calendar, chance: Random) -> None:
        self.iso, self.chance = calendar.iso, chance
        self.as_of = calendar.as_of.toordinal()
        self.themes, self.modes = Deck(chance, THEMES), Deck(chance, MODES)
        self.media = Deck(chance, [(medium.value, count) for medium, count in MEDIA])

    def write(self, batch: Batch, stay: Stay, site: Site, first: int) -> None:
        """`first`: number of the first contract of the stay."""
        last = min(stay.end, self.as_of)
        self.interviews(batch, stay, site, first, last)
        self.freins(batch, stay, first, last)
        if stay.kind in BETWEEN_SESSIONS:
            self.sessions(batch, stay, site, first, last)
        if self.chance.random() < TRAINED[stay.kind]:
            self.training(batch, stay, first, last)

    def interviews(
        self, batch: Batch, stay: Stay, site: Site, first: int, last: int
    ) -> None:
        chance, lines, iso = self.chance, batch["parcours_interview"], self.iso
        low, high = BETWEEN_INTERVIEWS[stay.kind]
        most = FORGOTTEN_AFTER if chance.random() * FORGOTTEN_ONE_IN < 1 else 999
        day, done = stay.start + chance.randrange(2, 15), 0
        while day <= last and done < most:
            summary = names.SUMMARIES[0 if not done else 1 + (done + stay.person) % 6]
            lines.append(
                f"{contract_on(stay, day, first)}\t{iso[day]}\t{self.media.draw()}\t"
                f"{chance.choice(MINUTES)}\t{summary}\t{site.staff[stay.person % 2]}\n"
            )
            day, done = day + chance.randrange(low, high), done + 1

    def sessions(
        self, batch: Batch, stay: Stay, site: Site, first: int, last: int
    ) -> None:
        chance, lines, iso = self.chance, batch["parcours_supervisionsession"], self.iso
        low, high = BETWEEN_SESSIONS[stay.kind]
        tasks = names.TASKS[stay.kind]
        day = stay.start + chance.randrange(5, 30)
        while day <= last:
            lines.append(
                f"{contract_on(stay, day, first)}\t{iso[day]}\t{chance.choice(tasks)}\t"
                f"{chance.choice(names.OBSERVATIONS)}\t{site.staff[2]}\n"
            )
            day += chance.randrange(low, high)

    def freins(self, batch: Batch, stay: Stay, first: int, last: int) -> None:
        """Seen in the first weeks, followed a month later, lifted or not by the end."""
        chance, iso = self.chance, self.iso
        themes = {self.themes.draw() for _ in range(chance.choice(FREINS))}
        for theme in sorted(themes):
            seen = stay.start + chance.randrange(2, 25)
            followed = seen + chance.randrange(15, 45)
            lifted = followed + chance.randrange(30, 240)
            is_lifted = chance.random() < LIFTED and lifted <= last
            mode = self.modes.draw()
            if seen > last:
                continue
            state = (
                FreinState.IN_PROGRESS if followed <= last else FreinState.IDENTIFIED
            )
            state = FreinState.LIFTED if is_lifted else state
            text = "" if state == FreinState.IDENTIFIED else mode.value
            batch["parcours_frein"].append(
                f"{first}\t{theme.value}\t{state.value}\t{text}\t{iso[seen]}\t"
                f"{iso[lifted] if is_lifted else NULL}\n"
            )

    def training(self, batch: Batch, stay: Stay, first: int, last: int) -> None:
        title, hours = self.chance.choice(names.TRAININGS)
        start = stay.start + self.chance.randrange(30, 120)
        end = start + hours // 7
        if start <= last:
            batch["parcours_training"].append(
                f"{contract_on(stay, start, first)}\t{title}\t\t{self.iso[start]}\t"
                f"{self.iso[end] if end <= last else NULL}\t{hours}\n"
            )


def contract_on(stay: Stay, day: int, first: int) -> int:
    """Number of the contract that covers a day of the stay."""
    place = 0
    while place + 1 < len(stay.terms) and stay.terms[place + 1][0] <= day:
        place += 1
    return first + place
