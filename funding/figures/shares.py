"""A share-out that is not recorded yet: how each part would be made, and of what."""

from datetime import date
from decimal import Decimal

from funding.figures.allocation import amount_of, near_paid
from funding.figures.explained import Explained, Input, Row, product_of, socle
from funding.models import AnnexeVersion, Envelope
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import LegalValue
from structures.rules.periods import months_covered

AS_PAID = (
    "La part est ce que cette enveloppe a déjà payé : l’écart est de moins d’un centième "
    "d’ETP."
)
TITLE = "Part"


def share_of_earmarks(
    version: AnnexeVersion, etp: dict[Envelope, Decimal], *, on: date
) -> list[Explained]:
    """What each earmark would bear of a version, for so many ETP; in their order."""
    law = law_of(version, on)
    return [share_of(version, one, asked, law) for one, asked in etp.items()]


def share_of(
    version: AnnexeVersion, envelope: Envelope, etp: Decimal, law: list[LegalValue]
) -> Explained:
    formula, inputs = product_of(version, etp)
    computed = amount_of(version, etp)
    amount = near_paid(version, envelope, computed)
    warning = "" if amount == computed else AS_PAID
    label = envelope.get_line_display()
    rows = [Row(label, amount, envelope.pk)]
    return Explained(TITLE, "cents", amount, formula, inputs, law, rows, warning)


def cofinanced_part(
    version: AnnexeVersion,
    amount: Decimal,
    *,
    beneficiaries: Decimal | None,
    on: date,
) -> Explained:
    """The département’s part: as it was typed, or from its beneficiaries (R38)."""
    rows = [Row("Conseil départemental", amount)]
    if beneficiaries is None:
        typed = [Input("Montant saisi", "cents", amount)]
        return Explained(TITLE, "cents", amount, TYPED, typed, [], rows)
    first, known_on = version.starts_on, max(on, version.starts_on)
    law = [
        legal_value("part_rsa_cd", "ACI", on=first, known_on=known_on),
        legal_value("rsa_forfaitaire", on=first, known_on=known_on),
    ]
    inputs = [
        Input("Bénéficiaires du RSA par mois", "etp", beneficiaries),
        Input("Mois d’effet", "count", months_covered(*term(version))),
    ]
    return Explained(TITLE, "cents", amount, BY_MONTH, inputs, law, rows)


TYPED = "Montant saisi, négocié avec le conseil départemental."
BY_MONTH = (
    "Bénéficiaires × somme, mois par mois, de la part du RSA × RSA du mois, arrondie au "
    "centime."
)


def rest_of(version: AnnexeVersion, others: list[Explained]) -> Explained:
    """What the line bears: all that nothing else does."""
    rows = [Row("Aide", version.total)]
    rows += [Row(it.rows[0].label, -it.value) for it in others]
    left = sum((row.value for row in rows), Decimal(0))
    inputs = [Input(row.label, "cents", row.value) for row in rows]
    formula = "Aide − ce que portent les fléchages − cofinancement."
    return Explained(TITLE, "cents", left, formula, inputs, [], rows)


def term(version: AnnexeVersion) -> tuple[date, date]:
    return version.starts_on, version.ends_on


def law_of(version: AnnexeVersion, on: date) -> list[LegalValue]:
    """The socle it was computed with; none where no text is known."""
    try:
        return [socle(version, on)]
    except NotInForce:
        return []
