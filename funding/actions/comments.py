"""Remarks on the fields of an annexe, and what the structure corrects because of them."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import now

from funding.actions.files import MoveRefused
from funding.actions.terms import reprice, share_out
from funding.actions.trail import traced
from funding.models import AnnexeVersion, FieldComment
from funding.rules.annexes import forecast_refusals
from structures.enums import Status
from structures.models import User

# What a structure may be asked to correct; money and dates are the service’s.
CORRECTABLE = (
    "etp",
    "supervision_etp",
    "forecast_exits",
    "forecast_durable",
    "forecast_transition",
    "forecast_positive",
)
FORECAST = ("forecast_durable", "forecast_transition", "forecast_positive")


def comment_field(
    *, version: AnnexeVersion, field: str, text: str, by: User
) -> FieldComment:
    """Remark on one field while the file is examined. Raises MoveRefused."""
    if version.status != Status.INSTRUCTION:
        raise MoveRefused("On commente un dossier en instruction.")
    if field not in CORRECTABLE:
        raise MoveRefused("Ce champ n’est pas de ceux que la structure corrige.")
    return FieldComment.objects.create(version=version, field=field, text=text, by=by)


def close_comment(*, comment: FieldComment, by: User) -> FieldComment:
    """The remark is settled; closing it twice changes nothing."""
    if comment.closed_at is None:
        comment.closed_by, comment.closed_at = by, now()
        comment.save(update_fields=["closed_by", "closed_at"])
    return comment


@transaction.atomic
def answer_comments(
    *,
    version: AnnexeVersion,
    answers: Mapping[int, str],
    values: Mapping[str, Decimal | int | None],
    by: User,
) -> AnnexeVersion:
    """Record what the structure corrects and says, by field and by remark.

    Only commented fields are open: any other refuses the whole. The amount follows new
    ETP; the reservation follows when the service proposes the annexe to the signature.
    Raises MoveRefused.
    """
    locked = AnnexeVersion.objects.select_for_update(of=("self",)).select_related(
        "annexe__convention__structure__commune"
    )
    version = locked.get(pk=version.pk)
    if version.status != Status.CORRECTION:
        raise MoveRefused(
            "Le service a repris le dossier : vos corrections ne peuvent plus y entrer. "
            "Relisez-le."
        )
    comments = {it.pk: it for it in version.comments.filter(closed_at=None)}
    opened = {it.field for it in comments.values()}
    if {*values} - opened or {*answers} - {*comments}:
        raise MoveRefused(
            "Seuls les champs commentés peuvent être modifiés : les autres restent "
            "comme le service les a lus."
        )
    with traced(version, by=by):
        correct(version, values)
    record_answers(comments, answers, by=by)
    return version


def record_answers(
    comments: Mapping[int, FieldComment], answers: Mapping[int, str], *, by: User
) -> None:
    """What is answered to each remark; an empty answer leaves it unanswered."""
    for key, text in answers.items():
        if text.strip():
            comment = comments[key]
            comment.answer = text.strip()
            comment.answered_by, comment.answered_at = by, now()
            comment.save(update_fields=["answer", "answered_by", "answered_at"])


def correct(version: AnnexeVersion, values: Mapping[str, Decimal | int | None]) -> None:
    for field, value in values.items():
        setattr(version, field, value)
    if {*values} & {*FORECAST}:
        parts = [getattr(version, field) or Decimal(0) for field in FORECAST]
        version.forecast_dynamic = sum(parts, Decimal(0))
        check_forecast(version.forecast_dynamic, *parts)
    if (version.supervision_etp or 0) < 0:
        raise MoveRefused(
            "Des ETP ne peuvent pas être négatifs : écrivez zéro ou plus."
        )
    if "etp" in values:
        version.is_written = True
        reprice(version)
    version.save()
    if "etp" in values:
        share_out(version)


def check_forecast(
    dynamic: Decimal, durable: Decimal, transition: Decimal, positive: Decimal
) -> None:
    """The three shares of exits make 100 % at most (R10). Raises MoveRefused."""
    refusals = forecast_refusals(
        dynamic=dynamic, durable=durable, transition=transition, positive=positive
    )
    if refusals:
        told = " ".join(str(it.label) for it in refusals)
        raise MoveRefused(f"{told} Corrigez les sorties prévues.")
