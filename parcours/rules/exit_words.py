"""Whether an exit counts, said in plain French with what decides it."""

from decimal import Decimal

from parcours.enums import ExitCategory, ExitExclusion
from parcours.rules.cells import written
from parcours.rules.exits import HOURS_OF_THE_YEAR, Thresholds
from structures.enums import StructureKind
from structures.rules.writing import counted

COUNTED = {
    ExitCategory.DURABLE: "Compte, et pour l’emploi durable aussi.",
    ExitCategory.TRANSITION: "Compte comme sortie dynamique, emploi de transition.",
    ExitCategory.POSITIVE: "Compte comme sortie dynamique, sortie positive.",
    ExitCategory.OTHER: "Compte parmi les sorties, sans être dynamique.",
}


def verdict_told(
    *,
    category: ExitCategory,
    exclusion: ExitExclusion | None,
    kind: StructureKind,
    hours: Decimal,
    days: int,
    thresholds: Thresholds,
) -> str:
    """Why an exit counts or is left out (R60-R62); `days` between hiring and exit."""
    if exclusion is None:
        return COUNTED[category]
    if exclusion == ExitExclusion.WITHDRAWN:
        return "Ne compte pas : ce motif retire la sortie du calcul."
    if exclusion == ExitExclusion.TOO_FEW_HOURS:
        over = "dans l’année" if kind in HOURS_OF_THE_YEAR else "en tout"
        return (
            f"Ne compte pas : {written(hours)} h {over}, il en faut "
            f"{written(thresholds.hours)}."
        )
    most = int((thresholds.months or Decimal(0)) / thresholds.months_per_day)
    return (
        f"Ne compte pas : {counted(days, 'jour', 'jours')} entre l’embauche et la sortie, "
        f"il en faut plus de {most}."
    )
