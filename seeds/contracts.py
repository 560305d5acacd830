"""Parcours, contracts and exits, as they stood on the day the base is read."""

from parcours.enums import ContractKind, Regime
from seeds import names
from seeds.calendar import Calendar
from seeds.copying import Batch
from seeds.geography import NULL
from seeds.rights import Right
from seeds.sites import Site
from seeds.stays import Stay

KIND = {
    "ACI": ContractKind.CDDI.value,
    "EI": ContractKind.CDDI.value,
    "AI": ContractKind.MAD.value,
    "ETTI": ContractKind.MISSION.value,
}
# Days to record an exit.
RECORDED_AFTER = 3


class Contracts:
    """Numbers contracts; `first` gives the number of the first one of a stay."""

    def __init__(self, calendar: Calendar, *, number: int) -> None:
        self.iso, self.as_of = calendar.iso, calendar.as_of.toordinal()
        self.number = number
        self.first: dict[Stay, int] = {}

    def write(self, batch: Batch, stay: Stay, right: Right, site: Site) -> None:
        """The contracts that had begun, the exit when it had happened."""
        iso = self.iso
        begun = [term for term in stay.terms if term[0] <= self.as_of]
        jobs = names.JOBS[stay.kind]
        week = NULL if stay.kind == "AI" else int(stay.base)
        head = (
            f"{stay.person}\t{stay.site}\t{right.number}\t{KIND[stay.kind]}\t"
            f"{iso[stay.start]}"
        )
        tail = f"{week}\t{jobs[stay.person % len(jobs)]}\t{stay.flags}\n"
        self.first[stay] = self.number + 1
        lines, renewed = batch["parcours_contract"], NULL
        for start, end in begun:
            self.number += 1
            lines.append(
                f"{self.number}\t{head}\t{iso[start]}\t{iso[end]}\t{renewed}\t{tail}"
            )
            renewed = self.number
        if stay.motive and stay.end <= self.as_of:
            recorded = iso[min(stay.end + RECORDED_AFTER, self.as_of)]
            batch["parcours_exit"].append(
                f"{self.number}\t{iso[stay.end]}\t{stay.motive}\t{recorded} 10:00+00\n"
            )

    def write_right(self, batch: Batch, right: Right) -> None:
        number = "" if right.regime == Regime.FREE else right_number(right)
        batch["parcours_parcours"].append(
            f"{right.number}\t{right.person}\t{right.regime.value}\t{number}\t"
            f"{self.iso[right.starts]}\t{self.iso[right.ends]}\n"
        )


def right_number(right: Right) -> str:
    """PASS IAE: 99999 and 7 digits. An agrément’s form is not known: 12 digits."""
    if right.regime == Regime.PASS_IAE:
        return f"99999{right.number:07d}"
    return f"062{right.number:09d}"
