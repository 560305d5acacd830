"""Which absences make hours of ETP, by kind of structure."""

from collections.abc import Mapping
from decimal import Decimal

from parcours.enums import AbsenceReason, Counting
from parcours.rules.hours import counted_hours
from structures.enums import StructureKind

# Training inside working time counts as work; what is not paid makes nothing. Whether sick
# pay counts in an ACI is not settled by any text read: it does not here.
COUNTING = {
    AbsenceReason.CP: Counting.PAID,
    AbsenceReason.FE: Counting.PAID,
    AbsenceReason.EF: Counting.PAID,
    AbsenceReason.FO: Counting.WORKED,
    AbsenceReason.IM: Counting.WORKED,
    AbsenceReason.MA: Counting.NOT_PAID,
    AbsenceReason.AT: Counting.NOT_PAID,
    AbsenceReason.MT: Counting.NOT_PAID,
    AbsenceReason.AP: Counting.NOT_PAID,
    AbsenceReason.SS: Counting.NOT_PAID,
    AbsenceReason.AI: Counting.NOT_PAID,
}

# What the kind counts, as the page says it.
COUNTED_IN_WORDS = {
    StructureKind.ACI: "les heures payées, congés payés et jours fériés compris",
    StructureKind.EI: "les heures travaillées ; les congés et jours fériés n’en sont pas",
    StructureKind.AI: "les heures payées de mise à disposition effective",
    StructureKind.ETTI: "les heures payées de mission effective",
}


def hours_of_etp(
    *,
    kind: StructureKind,
    worked: Decimal,
    absences: Mapping[AbsenceReason, Decimal],
) -> Decimal:
    """Hours of a month that make ETP, from those worked and those of each absence.

    Source : iris.asso.fr, questions-réponses 2014 (R27) ; maladie, doute 6.
    """
    return counted_hours(
        kind=kind,
        worked=worked + hours_counted(absences, Counting.WORKED),
        paid_leave=hours_counted(absences, Counting.PAID),
    )


def hours_counted(
    absences: Mapping[AbsenceReason, Decimal], counting: Counting
) -> Decimal:
    """Hours of the absences that count one way."""
    return sum(
        (hours for reason, hours in absences.items() if COUNTING[reason] == counting),
        Decimal(0),
    )
