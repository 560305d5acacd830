"""The draft annexe of a year, made from what the convention asked or from the year before."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Max

from funding.actions.files import Mover, MoveRefused
from funding.actions.openings import last_etp
from funding.actions.requests import locked
from funding.actions.terms import reprice, share_out
from funding.enums import Actor
from funding.figures.requests import Dossier, dossier_of, place_of, term_in, years_of
from funding.figures.unpaid import last_day
from funding.models import AnnexeFinanciere, AnnexeVersion
from funding.rules.annexes import usual_renewal
from structures.enums import DROPPED, IN_FORCE, Place
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import Convention, User
from structures.rules.writing import day

FORECAST = ("forecast_durable", "forecast_transition", "forecast_positive")


class EtpUnknown(MoveRefused):
    """Nothing says the ETP to begin with: whoever prepares the annexe writes them."""


@transaction.atomic
def prepare_annexe(
    *,
    convention: Convention,
    year: int,
    by: User,
    on: date,
    written: Decimal | None = None,
) -> AnnexeVersion:
    """A draft of a year: the ETP last agreed (R9), else asked in the request, else `written`.

    Where all that was written was abandoned or refused, it is the next modification.
    It moves no money. Raises MoveRefused; EtpUnknown when none of the three is there.
    """
    convention = locked(convention)
    check_may_prepare(convention, year, by, on=on)
    dossier = dossier_of(convention, on=on)
    etp = first_etp(convention, dossier, year, written)
    starts_on, ends_on = term_open(convention, year)
    unit, hours = law_of(convention, starts_on, on=on)
    annexe = annexe_of(convention, year)
    version = AnnexeVersion(
        annexe=annexe,
        modification=next_modification(annexe),
        starts_on=starts_on,
        ends_on=ends_on,
        etp=etp,
        unit_amount=unit,
        hours_per_etp=hours,
        is_prison=place_of(convention) == Place.PRISON,
        computed_on=on,
        is_written=True,
        **asked_in(dossier),
    )
    reprice(version)
    version.save()
    share_out(version)
    return version


def annexe_of(convention: Convention, year: int) -> AnnexeFinanciere:
    """The annexe of a year: the one whose every version was dropped, else a new one."""
    ours_first = F("asp_id").asc(nulls_first=True)
    known = convention.annexes.filter(year=year).order_by(ours_first).first()
    renewal = usual_renewal(convention_starts_on=convention.starts_on, year=year)
    return known or convention.annexes.create(year=year, renewal=renewal)


def next_modification(annexe: AnnexeFinanciere) -> int:
    last = annexe.versions.aggregate(n=Max("modification"))["n"]
    return 0 if last is None else last + 1


def first_etp(
    convention: Convention, dossier: Dossier | None, year: int, written: Decimal | None
) -> Decimal:
    """What an annexe starts from. Raises EtpUnknown."""
    asked = dossier.etp.get(year) if dossier else None
    found = last_etp(convention) or asked or written
    if not found:
        raise EtpUnknown(
            f"Aucun poste n’est demandé pour {year}, et aucune annexe ne précède : "
            "écrivez les ETP de départ."
        )
    return found


def term_open(convention: Convention, year: int) -> tuple[date, date]:
    """The days of a year the convention covers, while its structure is open."""
    starts_on, ends_on = term_in(convention, year)
    ends_on = last_day(ends_on, convention.structure)
    if ends_on < starts_on:
        raise MoveRefused(
            f"La structure est fermée depuis le {day(ends_on)} : rien ne se prépare plus."
        )
    return starts_on, ends_on


def check_may_prepare(convention: Convention, year: int, by: User, *, on: date) -> None:
    if Actor.AGENT not in Mover.of(by, convention, on=on).actors:
        raise MoveRefused("L’annexe se prépare par l’agent qui instruit.")
    if convention.state not in IN_FORCE:
        raise MoveRefused(
            "La convention n’est pas signée : signez-la avant son annexe."
        )
    if year not in years_of(convention):
        raise MoveRefused(f"La convention ne court pas en {year}.")
    alive = AnnexeVersion.objects.exclude(status__in=DROPPED)
    if alive.filter(annexe__convention=convention, annexe__year=year).exists():
        raise MoveRefused(
            f"L’annexe de {year} existe déjà : ouvrez-la dans le tableau."
        )


def law_of(
    convention: Convention, starts_on: date, *, on: date
) -> tuple[Decimal, Decimal]:
    """Socle and hours per ETP of the first day, as known. Raises MoveRefused."""
    kind = convention.structure.kind
    place = place_of(convention)
    try:
        unit = legal_value(
            "montant_socle", kind, on=starts_on, known_on=on, place=place
        )
        hours = legal_value("heures_par_etp", kind, on=starts_on, known_on=on)
    except NotInForce as error:
        raise MoveRefused(
            "Le montant socle ou les heures par ETP ne sont pas connus à cette date : "
            "l’administration ajoute la valeur légale."
        ) from error
    return unit.value, hours.value


def asked_in(dossier: Dossier | None) -> dict[str, Decimal | None]:
    """Staff and forecast exits of the request, as columns of the annexe."""
    if dossier is None:
        return {}
    request = dossier.request
    staff = [request.supervision_etp, request.accompaniment_etp]
    rates = [getattr(request, name) for name in FORECAST]
    found: dict[str, Decimal | None] = {
        "supervision_etp": sum((it for it in staff if it is not None), Decimal(0))
    }
    if None not in rates:
        found |= dict(zip(FORECAST, rates, strict=True))
        found["forecast_dynamic"] = sum(rates, Decimal(0))
    return found
