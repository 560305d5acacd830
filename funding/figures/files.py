"""What the table of moves needs to know of a file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from funding.enums import Act, AppealOutcome, Bucket, Line, VersionState
from funding.figures.cdiae import sent_on
from funding.figures.powers import Powers
from funding.figures.requests import dossier_of, earlier_of, missing_of
from funding.figures.unpaid import last_day, unpaid_of
from funding.models import (
    Account,
    AnnexePart,
    AnnexeVersion,
    FieldComment,
    StatusChange,
)
from funding.models.annexe import BEING_WRITTEN, CURRENT
from funding.rules.lifecycle.file import Borne, File, Others
from structures.enums import DROPPED, IN_FORCE, Measure, SalesVerdict, Status
from structures.figures.legal_values import legal_value
from structures.models import Convention
from structures.rules.requests import verdict_of


def version_files(
    versions: Sequence[AnnexeVersion], powers: Powers, *, on: date
) -> dict[int, File]:
    """What the table reads of each version, by key; six queries, however many they are.

    Two more when one was refused, two when one signed is over. Their annexe, convention,
    structure and commune are read with them.
    """
    keys = [version.pk for version in versions]
    parts, remarks = parts_borne(versions), open_remarks(keys)
    letters = dict(breaches().filter(version__in=keys).values_list("version", "on"))
    months = months_kept(on)
    upheld, rivals = after_refusal(versions)
    unpaid = unpaid_of(versions, on=on)
    beside = of_their_annexes(versions)
    return {
        version.pk: replace(
            own_file(version, powers, on=on),
            borne=sum((part.amount for part in parts[version.pk]), Decimal(0)),
            parts=parts[version.pk],
            unpaid=unpaid.get(version.pk, Decimal(0)),
            open_comments=remarks.get(version.pk, (0, 0))[0],
            unanswered_comments=remarks.get(version.pk, (0, 0))[1],
            breach_on=letters.get(version.pk),
            months_kept=months,
            is_upheld=version.pk in upheld,
            has_rival=version.annexe_id in rivals,
            others=others_of(version, beside[version.annexe_id]),
        )
        for version in versions
    }


def own_file(version: AnnexeVersion, powers: Powers, *, on: date) -> File:
    """What a version and its convention say by themselves; no query."""
    convention = version.annexe.convention
    return File(
        on=on,
        ends_on=last_day(version.ends_on, convention.structure),
        total=version.total,
        needs_opinion=convention.measure == Measure.FDI_DC,
        opinion_on=convention.cdiae_opinion_on,
        is_convention_signed=convention.state in IN_FORCE,
        is_convention_terminated=convention.state == Status.TERMINATED,
        signing_limit=powers.limit(convention.structure),
    )


def of_their_annexes(
    versions: Sequence[AnnexeVersion],
) -> dict[int, list[AnnexeVersion]]:
    """Every version of the annexes of these, by annexe; one query."""
    found: dict[int, list[AnnexeVersion]] = defaultdict(list)
    rows = AnnexeVersion.objects.filter(annexe__in=[it.annexe_id for it in versions])
    for one in rows.only("annexe", "modification", "state", "status"):
        found[one.annexe_id].append(one)
    return found


def others_of(version: AnnexeVersion, all_of_them: list[AnnexeVersion]) -> Others:
    in_force = [
        Status(it.status)
        for it in all_of_them
        if it.state in CURRENT and it.pk != version.pk
    ]
    later = [it for it in all_of_them if it.modification > version.modification]
    return Others(
        in_force=in_force[0] if in_force else None,
        has_avenant=any(it.state in BEING_WRITTEN for it in later),
        has_ended=any(it.state == VersionState.CLOTURE for it in all_of_them),
    )


def parts_borne(versions: Sequence[AnnexeVersion]) -> dict[int, tuple[Borne, ...]]:
    """What each envelope bears of each version and paid of its annexe; two queries."""
    found: dict[tuple[int, int], Borne] = {}
    parts = AnnexePart.objects.filter(version__in=versions).order_by("envelope")
    for key, envelope, line, amount in parts.values_list(
        "version", "envelope", "envelope__line", "amount"
    ):
        found[key, envelope] = Borne(line=Line(line).label, amount=amount)
    paid = paid_by_annexe({version.annexe_id for version in versions})
    for version in versions:
        for envelope, it in paid.get(version.annexe_id, {}).items():
            part = found.get((version.pk, envelope), it)
            found[version.pk, envelope] = replace(part, paid=it.paid)
    by_version: dict[int, tuple[Borne, ...]] = defaultdict(tuple)
    for (key, _), borne in found.items():
        by_version[key] += (borne,)
    return by_version


def paid_by_annexe(annexes: set[int]) -> dict[int, dict[int, Borne]]:
    """What each envelope paid of each annexe; the modulated share stands apart."""
    rows = (
        Account.objects.filter(annexe__in=annexes, bucket=Bucket.PAID, balance__gt=0)
        .exclude(envelope__line=Line.IAE_MODULE)
        .order_by("envelope")
        .values_list("annexe", "envelope", "envelope__line", "balance")
    )
    found: dict[int, dict[int, Borne]] = defaultdict(dict)
    for annexe, envelope, line, balance in rows:
        found[annexe or 0][envelope or 0] = Borne(line=Line(line).label, paid=balance)
    return found


def open_remarks(keys: list[int]) -> dict[int, tuple[int, int]]:
    """Of each version, the remarks not closed, and those not answered either."""
    rows = (
        FieldComment.objects.filter(version__in=keys, closed_at=None)
        .order_by()
        .values_list("version")
        .annotate(n=Count("pk"), m=Count("pk", filter=Q(answered_at=None)))
    )
    return {version: (every, unanswered) for version, every, unanswered in rows}


def breaches() -> QuerySet[StatusChange]:
    """The letters that gave notice of a breach, the last one last."""
    return StatusChange.objects.filter(act=Act.NOTIFY_BREACH).order_by("pk")


def convention_file(convention: Convention, powers: Powers, *, on: date) -> File:
    """Facts of a convention and of its request.

    A first one of its mesure, an FDI or a decision on sales needs an opinion (R13, R14).
    """
    comments = convention.comments.filter(closed_at=None)
    dossier = dossier_of(convention, on=on)
    sales = verdict_of(dossier.facts) if dossier else None
    is_first = not earlier_of(convention).exists()
    letter = breaches().filter(convention=convention).last()
    waits = convention.state == Status.OPINION
    is_upheld, has_rival = convention_after_refusal(convention)
    return File(
        on=on,
        ends_on=last_day(convention.ends_on, convention.structure),
        open_comments=comments.count(),
        unanswered_comments=comments.filter(answered_at=None).count(),
        needs_opinion=convention.measure == Measure.FDI_DC
        or is_first
        or sales == SalesVerdict.DECISION,
        opinion_on=convention.cdiae_opinion_on,
        sent_on=sent_on(convention) if waits else None,
        is_on_agenda=waits and convention.agenda_items.filter(sense="").exists(),
        breach_on=letter.on if letter else None,
        months_kept=months_kept(on),
        signing_limit=powers.limit(convention.structure),
        missing=missing_of(convention, dossier),
        sales=sales,
        sales_decided_on=dossier.request.sales_decided_on if dossier else None,
        is_upheld=is_upheld,
        has_rival=has_rival,
    )


def after_refusal(versions: Sequence[AnnexeVersion]) -> tuple[set[int], set[int]]:
    """Refused versions whose appeal was upheld; annexes where another is open or signed."""
    refused = [it for it in versions if it.status == Status.REJECTED]
    if not refused:
        return set(), set()
    rivals = AnnexeVersion.objects.filter(
        annexe__in=[it.annexe_id for it in refused],
        state__in=[*BEING_WRITTEN, *CURRENT],
        modification__gte=min(it.modification for it in refused),
    )
    upheld = upheld_refusals().filter(version__in=refused)
    return (
        set(upheld.values_list("version", flat=True)),
        set(rivals.values_list("annexe", flat=True)),
    )


def convention_after_refusal(convention: Convention) -> tuple[bool, bool]:
    """Whether an appeal against its refusal is upheld; whether another took its place."""
    if convention.state != Status.REJECTED:
        return False, False
    others = Convention.objects.filter(
        structure=convention.structure_id,
        measure=convention.measure,
        starts_on__lte=convention.ends_on,
        ends_on__gte=convention.starts_on,
    ).exclude(state__in=[Status.TERMINATED, *DROPPED])
    upheld = upheld_refusals().filter(convention=convention)
    return upheld.exists(), others.exists()


def upheld_refusals() -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(
        act=Act.REJECT, appeals__outcome=AppealOutcome.UPHELD
    )


def months_kept(on: date) -> int:
    return int(legal_value("mise_en_demeure_delai", on=on).value)
