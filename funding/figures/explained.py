"""A figure of an annexe opened: its formula, what goes in, the law, the rows it sums."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.enums import Line
from funding.figures.dossiers import before, money_change
from funding.figures.socle import periods_of
from funding.models import AnnexePart, AnnexeVersion
from funding.rules.cofinancing import (
    etp_split,
    monthly_share,
    target_beneficiaries,
)
from funding.rules.socle import total_of_periods
from structures.enums import Place
from structures.figures.legal_values import legal_value
from structures.models import LegalValue
from structures.rules.periods import months_covered
from structures.rules.writing import day


@dataclass(frozen=True)
class Input:
    """Something a formula reads; `kind` says how it is written."""

    label: str
    kind: str
    value: object


@dataclass(frozen=True)
class Row:
    """A row the figure sums, with the envelope that bears it."""

    label: str
    value: Decimal
    envelope: int | None = None


@dataclass(frozen=True)
class Explained:
    """`warning` says when the formula does not give the figure kept, and why."""

    title: str
    kind: str
    value: Decimal
    formula: str
    inputs: list[Input]
    law: list[LegalValue]
    rows: list[Row]
    warning: str = ""

    @property
    def sum(self) -> Decimal:
        return sum((row.value for row in self.rows), Decimal(0))


def explain(version: AnnexeVersion, code: str, *, on: date) -> Explained | None:
    """The figure of that name, five queries at most; None when there is none.

    `on` is the day whose published law is read when the version does not say its own.
    """
    made = FIGURES.get(code)
    return made(version, on) if made else None


def aid(version: AnnexeVersion, on: date) -> Explained:
    computed = total_of_periods(
        etp=version.etp, periods=periods_of(version), ends_on=version.ends_on
    )
    formula, inputs = product_of(version, version.etp)
    return Explained(
        *("Aide", "cents", version.total, formula, inputs),
        [socle(version, on)],
        [Row(str(it.envelope), it.amount, it.envelope_id) for it in parts(version)],
        "" if computed == version.total else IMPORTED,
    )


def product_of(version: AnnexeVersion, etp: Decimal) -> tuple[str, list[Input]]:
    """How so many ETP of a version make euros, and what goes in (R16, R17)."""
    months = months_covered(version.starts_on, version.ends_on)
    periods = periods_of(version)
    product = "ETP × montant par ETP"
    formula = (
        f"{product}, arrondi au centime."
        if months == 12 and len(periods) == 1
        else f"{product} ÷ 12, arrondi au centime, × mois d’effet"
        + (", période par période." if len(periods) > 1 else ".")
    )
    units = [
        Input(f"Montant par ETP, dès {day(it.starts_on)}", "cents", it.unit_amount)
        if len(periods) > 1
        else Input("Montant par ETP", "cents", it.unit_amount)
        for it in periods
    ]
    counted = Input("Mois d’effet", "count", months)
    return formula, [Input("ETP sur l’année", "etp", etp), *units, counted]


def posts(version: AnnexeVersion, on: date) -> Explained:
    last = (
        AnnexeVersion.objects.counted()
        .filter(
            annexe__convention__structure=version.annexe.convention.structure_id,
            annexe__convention__measure=version.annexe.convention.measure,
            annexe__year=version.annexe.year - 1,
        )
        .order_by("-ends_on", "-modification")
        .first()
    )
    year = version.annexe.year - 1
    return Explained(
        "ETP",
        "etp",
        version.etp,
        "Convenus au dialogue de gestion ; la première proposition reprend les derniers "
        "ETP de l’année d’avant.",
        [Input(f"ETP de la dernière annexe {year}", "etp", last and last.etp)],
        [],
        [Row(str(it.envelope), it.etp, it.envelope_id) for it in parts(version)],
    )


def unit(version: AnnexeVersion, on: date) -> Explained:
    found = socle(version, on)
    return Explained(
        "Montant par ETP",
        "cents",
        version.unit_amount,
        "Montant socle du type de structure et du lieu, en vigueur au début d’effet, tel "
        "qu’il était publié. L’annexe garde celui avec lequel elle est signée.",
        [Input("Début d’effet", "day", version.starts_on)],
        [found],
        [Row(found.source, found.value)],
        "" if found.value == version.unit_amount else OTHER_AMOUNT,
    )


def cofinancing(version: AnnexeVersion, on: date) -> Explained:
    months = months_covered(version.starts_on, version.ends_on)
    share = legal_value("part_rsa_cd", "ACI", on=version.starts_on, known_on=on)
    rsa = legal_value("rsa_forfaitaire", on=version.starts_on, known_on=on)
    split = etp_split(
        etp=version.etp, cofinanced=version.cofinanced, total=version.total
    )
    target = target_beneficiaries(
        cofinanced=version.cofinanced,
        months=months,
        share_of_month=monthly_share(rsa=rsa.value, share=share.value),
    )
    borne = [it for it in parts(version) if it.envelope.line == Line.CD]
    return Explained(
        "Cofinancement",
        "cents",
        version.cofinanced,
        "Part du conseil départemental. Elle équivaut à tant de bénéficiaires du RSA : "
        "cofinancement ÷ mois ÷ (part du RSA × RSA du premier mois).",
        [
            Input("Mois d’effet", "count", months),
            Input("Bénéficiaires du RSA visés", "etp", target),
            Input("ETP de l’État", "etp", split.state),
            Input("ETP du département", "etp", split.departement),
        ],
        [share, rsa],
        [Row(str(it.envelope), it.amount, it.envelope_id) for it in borne],
    )


def change(version: AnnexeVersion, on: date) -> Explained | None:
    """What an avenant adds or takes back, by funder (R19); None for a first version."""
    old = before(version)
    if old is None:
        return None
    moved = money_change(version, old)
    return Explained(
        "Écart de l’avenant",
        "cents",
        moved.total,
        "Aide de l’avenant − aide de la version d’avant. La part du département est l’écart "
        "de son cofinancement ; l’État porte le reste.",
        [
            Input(f"ETP, M{old.modification}", "etp", old.etp),
            Input(f"ETP, M{version.modification}", "etp", version.etp),
            Input("Montant par ETP", "cents", version.unit_amount),
            Input(f"Aide, M{old.modification}", "cents", old.total),
            Input(f"Aide, M{version.modification}", "cents", version.total),
            Input(f"Cofinancement, M{old.modification}", "cents", old.cofinanced),
            Input(
                f"Cofinancement, M{version.modification}", "cents", version.cofinanced
            ),
        ],
        [socle(version, on)],
        [Row("État", moved.state), Row("Conseil départemental", moved.departement)],
    )


FIGURES: dict[str, Callable[[AnnexeVersion, date], Explained | None]] = {
    "aide": aid,
    "etp": posts,
    "montant-par-etp": unit,
    "cofinancement": cofinancing,
    "ecart": change,
}
IMPORTED = (
    "La formule ne redonne pas ce montant : il vient de l’ASP, ou les termes ont changé "
    "dans l’année."
)
OTHER_AMOUNT = (
    "L’annexe n’a pas le montant publié ce jour-là : elle est en milieu pénitentiaire, "
    "vient de l’ASP, ou a été calculée avant l’arrêté."
)


def parts(version: AnnexeVersion) -> list[AnnexePart]:
    """What bears the version, the line first; one query."""
    rows = version.parts.select_related("envelope__departement", "envelope__region")
    return list(rows.order_by("envelope"))


def known_on(version: AnnexeVersion, on: date) -> date:
    """The day its law was read: of its signature, else of its computation."""
    return version.signed_on or version.computed_on or on


def socle(version: AnnexeVersion, on: date) -> LegalValue:
    structure = version.annexe.convention.structure
    place = Place.METROPOLE
    if version.is_prison:
        place = Place.PRISON
    elif structure.commune.departement_id == "976":
        place = Place.MAYOTTE
    return legal_value(
        "montant_socle",
        structure.kind,
        on=version.starts_on,
        known_on=known_on(version, on),
        place=place,
    )
