"""Why a move cannot be made today: each condition is a sentence, or nothing.

Their docstrings are French: docs/lifecycle.md shows them to the agents.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from funding.rules.lifecycle.file import Borne, File
from structures.enums import SalesVerdict, Status
from structures.rules.periods import months_later
from structures.rules.writing import counted, day, euros

Condition = Callable[[File], str]


def amount_is_known(file: File) -> str:
    """L’annexe a des ETP et un montant."""
    if file.total:
        return ""
    return "L’annexe n’a pas d’ETP : saisissez-les avant de continuer."


def envelopes_bear_all(file: File) -> str:
    """Les enveloppes portent tout son montant, au centime."""
    if file.total == file.borne:
        return ""
    return (
        f"Les enveloppes portent {euros(file.borne or Decimal(0))} sur {euros(file.total or Decimal(0))} : "
        "répartissez le reste."
    )


def parts_follow_payments(file: File) -> str:
    """Les parts suivent ce que chaque enveloppe a déjà payé (R81, R86)."""
    if file.total != file.borne:
        return ""  # the parts are still to be written
    paid = sum((part.paid for part in file.parts), Decimal(0))
    falls_below = (file.total or 0) < paid
    return " ".join(
        too_much_left(part) if falls_below else too_little_left(part)
        for part in file.parts
        if (part.amount > part.paid if falls_below else part.amount < part.paid)
    )


def too_little_left(part: Borne) -> str:
    return (
        f"L’enveloppe « {part.line} » a déjà payé {euros(part.paid)} et n’en porterait "
        f"plus que {euros(part.amount)} : laissez-lui au moins ce qu’elle a payé."
    )


def too_much_left(part: Borne) -> str:
    return (
        f"L’aide tombe sous ce qui est déjà payé, et l’enveloppe « {part.line} » "
        f"porterait {euros(part.amount)} pour {euros(part.paid)} payés : ne lui laissez "
        "pas plus que ce qu’elle a payé."
    )


def request_is_complete(file: File) -> str:
    """Le dossier de demande est complet (R. 5132-2)."""
    return " ".join(file.missing)


def sales_may_be_decided(file: File) -> str:
    """Les ventes d’un ACI ne dépassent pas le maximum légal (D. 5132-34, R14)."""
    if file.sales != SalesVerdict.OVER:
        return ""
    return (
        "Les ventes dépassent la part des charges que la loi permet à un ACI, même par "
        "décision : revoyez le budget."
    )


def sales_are_decided(file: File) -> str:
    """Une décision permet les ventes d’un ACI au-dessus de la limite (D. 5132-34, R14)."""
    if file.sales != SalesVerdict.DECISION or file.sales_decided_on:
        return ""
    return (
        "Les ventes dépassent la part ordinaire des charges : enregistrez la décision "
        "qui le permet, ou demandez une correction du budget."
    )


def a_comment_is_open(file: File) -> str:
    """Un champ au moins est commenté."""
    if file.open_comments:
        return ""
    return (
        "Aucun champ n’est commenté : commentez ce que la structure doit corriger, "
        "elle ne pourra modifier que cela."
    )


def every_comment_is_answered(file: File) -> str:
    """Chaque remarque ouverte a sa réponse."""
    if not file.unanswered_comments:
        return ""
    return (
        counted(file.unanswered_comments, "remarque attend", "remarques attendent")
        + " votre réponse : corrigez le champ, ou dites pourquoi il reste tel quel."
    )


def no_comment_is_open(file: File) -> str:
    """Toutes les remarques sont fermées."""
    if not file.open_comments:
        return ""
    return (
        counted(
            file.open_comments, "remarque reste ouverte", "remarques restent ouvertes"
        )
        + " : fermez-les, ou demandez une correction."
    )


def opinion_is_needed(file: File) -> str:
    """Le CDIAE rend un avis sur ce genre de dossier (R13)."""
    if file.needs_opinion:
        return ""
    return (
        "Le CDIAE ne rend d’avis que sur une première convention, un FDI ou une "
        "décision sur les ventes."
    )


def opinion_is_given(file: File) -> str:
    """L’avis du CDIAE a une date, celle d’une séance qui suit l’envoi du dossier."""
    sent = file.sent_on or file.opinion_on
    if file.opinion_on and sent and file.opinion_on >= sent and not file.is_on_agenda:
        return ""
    return "L’avis s’enregistre depuis la séance du CDIAE où le dossier est inscrit."


def opinion_is_given_where_needed(file: File) -> str:
    """L’avis du CDIAE est rendu là où il en faut un (R. 5112-18, R. 5132-1, R13)."""
    if not file.needs_opinion or file.opinion_on:
        return ""
    return (
        "Le CDIAE n’a pas encore rendu son avis sur ce dossier : inscrivez-le à une "
        "séance."
    )


def convention_is_signed(file: File) -> str:
    """La convention est signée."""
    if file.is_convention_signed:
        return ""
    return "La convention n’est pas signée : signez-la avant son annexe."


def no_avenant_is_open(file: File) -> str:
    """Aucun avenant n’est en cours."""
    if not file.others.has_avenant:
        return ""
    return "Un avenant est en cours : signez-le, abandonnez-le ou refusez-le d’abord."


def annexe_has_not_ended(file: File) -> str:
    """L’annexe n’est ni résiliée ni close."""
    if not file.others.has_ended:
        return ""
    return (
        "L’annexe est résiliée ou close : un avenant ne la remet pas en vigueur. "
        "Refusez-le."
    )


def in_force_may_be_replaced(file: File) -> str:
    """La version en vigueur n’est ni suspendue ni mise en demeure."""
    first = MUST_BE_LIFTED.get(file.others.in_force)
    return f"{first}, puis signez l’avenant." if first else ""


MUST_BE_LIFTED: dict[Status | None, str] = {
    Status.SUSPENDED: "L’annexe est suspendue : levez d’abord la suspension",
    Status.BREACH: "L’annexe est mise en demeure : levez d’abord la mise en demeure",
}


def within_delegation(file: File) -> str:
    """Sa délégation couvre le territoire et le montant."""
    if file.signing_limit is None:
        return "Vous n’avez pas de délégation de signature pour ce territoire à cette date."
    if file.total is not None and file.total > file.signing_limit:
        return (
            f"Votre délégation s’arrête à {euros(file.signing_limit)} et l’annexe est de "
            f"{euros(file.total)} : faites-la signer par un délégataire plus élevé."
        )
    return ""


def a_month_has_passed(file: File) -> str:
    """La structure a eu un mois pour répondre (R. 5132-5, R88)."""
    if file.breach_on is None:
        return "Aucune lettre de mise en demeure n’est enregistrée."
    first = first_day_to_terminate(file.breach_on, months=file.months_kept)
    if file.on >= first:
        return ""
    return (
        f"La structure a jusqu’au {day(first)} pour présenter ses observations : "
        "résiliez à partir de ce jour."
    )


def convention_is_terminated(file: File) -> str:
    """Sa convention est résiliée : la même lettre a servi pour les deux."""
    if file.is_convention_terminated:
        return ""
    return (
        "La convention n’est pas résiliée : pour résilier l’annexe seule, mettez-la "
        "d’abord en demeure."
    )


def a_month_has_passed_for_either(file: File) -> str:
    """La structure a eu un mois pour répondre (R. 5132-5, R88), ou sa convention est résiliée."""
    return "" if file.is_convention_terminated else a_month_has_passed(file)


def first_day_to_terminate(breach_on: date, *, months: int) -> date:
    """The day a termination may be pronounced: so many months after the letter (R88)."""
    return months_later(breach_on, months)


def it_has_ended(file: File) -> str:
    """Son dernier jour est passé, ou celui de sa structure (R7)."""
    if file.on > file.ends_on:
        return ""
    return f"Elle court jusqu’au {day(file.ends_on)} : clôturez-la ensuite."


def what_is_due_is_paid(file: File) -> str:
    """L’ASP a payé tous les mois dus, à l’euro près."""
    if file.unpaid < 1:
        return ""
    return (
        f"Il reste {euros(file.unpaid)} dus et non payés : clôturer les rendrait à "
        "l’enveloppe. Enregistrez d’abord les paiements de l’ASP ; s’ils ne doivent pas "
        "venir, ramenez l’aide à ce qui est dû par un avenant."
    )


def appeal_is_upheld(file: File) -> str:
    """Un recours contre le refus est accueilli."""
    if file.is_upheld:
        return ""
    return (
        "Aucun recours contre ce refus n’est accueilli : enregistrez d’abord son issue."
    )


def nothing_took_its_place(file: File) -> str:
    """Aucun autre dossier n’a pris sa place depuis le refus."""
    if not file.has_rival:
        return ""
    return "Un autre dossier a pris sa place depuis le refus : reprenez celui-là."
