"""What documents say of conventions, annexes and movements, read in a few queries."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from funding.enums import Act
from funding.figures.dossiers import differences, label_of
from funding.figures.files import months_kept
from funding.figures.notified import kind_read
from funding.figures.whereabouts import inside
from funding.models import (
    AnnexePart,
    AnnexeVersion,
    DocumentLink,
    Envelope,
    StatusChange,
    Transfer,
)
from funding.models.annexe import CURRENT
from funding.printing.annexe import AnnexeData, ChangeData, PartData, Previous
from funding.printing.letters import BreachData, NotificationData
from funding.printing.parties import ConventionData, Party
from structures.enums import DROPPED, OPEN, Measure, Status, StructureKind
from structures.models import (
    Agency,
    Convention,
    Departement,
    Document,
    LegalValue,
    Structure,
)
from structures.rules.periods import months_later
from structures.rules.writing import EMPTY, day, decimals, euros

IN_EUROS = {"unit_amount", "total", "cofinanced"}
FORECAST = {
    "forecast_dynamic": "Sorties dynamiques",
    "forecast_durable": "dont emploi durable",
    "forecast_transition": "dont emploi de transition",
    "forecast_positive": "dont sorties positives",
}
# A draft of a convention is signed with its first annexe: before that it is a project.
NOT_READY = [status for status in OPEN if status != Status.READY]


def annexes_data(
    versions: Iterable[int], *, known_on: date
) -> dict[int, tuple[AnnexeVersion, AnnexeData]]:
    """What each annexe says, by version; six queries whatever their number."""
    parts = AnnexePart.objects.select_related("envelope").order_by("envelope")
    siblings = AnnexeVersion.objects.order_by("modification")
    found = (
        AnnexeVersion.objects.filter(pk__in=versions)
        .select_related("annexe__convention__structure__commune__departement")
        .prefetch_related(
            Prefetch("parts", parts), Prefetch("annexe__versions", siblings)
        )
    )
    services, texts = Services(), Socles(known_on)
    signers = signers_of(found)
    return {one.pk: (one, annexe_of(one, services, texts, signers)) for one in found}


def annexe_of(
    version: AnnexeVersion,
    services: "Services",
    texts: "Socles",
    signers: dict[int, str],
) -> AnnexeData:
    annexe, status = version.annexe, Status(version.status)
    return AnnexeData(
        convention=convention_of(annexe.convention, services),
        number=f"{annexe.number or 'sans numéro'} "
        f"A{annexe.renewal}M{version.modification}",
        year=annexe.year,
        modification=version.modification,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        etp=version.etp,
        unit_amount=version.unit_amount,
        unit_text=texts.text_of(version),
        hours_per_etp=version.hours_per_etp,
        total=version.total,
        cofinanced=version.cofinanced,
        cofinancer=version.cofinancer,
        parts=tuple(
            PartData(
                line=part.envelope.get_line_display(), etp=part.etp, amount=part.amount
            )
            for part in version.parts.all()
        ),
        exits=version.forecast_exits,
        forecast=tuple(
            (label, getattr(version, field)) for field, label in FORECAST.items()
        ),
        is_draft=status in NOT_READY,
        signatory=signers.get(version.pk, ""),
        previous=previous_of(version),
    )


def previous_of(version: AnnexeVersion) -> Previous | None:
    """The version an avenant changes, among those already read; None for a first one."""
    earlier = [
        one
        for one in version.annexe.versions.all()
        if one.modification < version.modification and one.status not in DROPPED
    ]
    if not earlier:
        return None
    current = [one for one in earlier if one.state in CURRENT]
    old = (current or earlier)[-1]
    changes = tuple(
        ChangeData(
            block=it.block,
            label=label_of(it.field),
            before=in_words(it.field, it.before),
            after=in_words(it.field, it.after),
        )
        for it in differences(version, old)
    )
    return Previous(etp=old.etp, total=old.total, changes=changes)


def in_words(field: str, value: Any) -> str:
    if value is None or value == "":
        return EMPTY
    if field in IN_EUROS:
        return euros(value)
    if isinstance(value, date):
        return day(value)
    return decimals(value) if isinstance(value, Decimal) else str(value)


class Services:
    """The service of the State for a département: its own, else its région’s."""

    def __init__(self) -> None:
        agencies = list(Agency.objects.order_by("pk"))
        self.local = {it.departement_id: it.name for it in agencies}
        self.regional = {it.region_id: it.name for it in agencies}

    def of(self, place: Departement) -> str:
        found = self.local.get(place.pk) or self.regional.get(place.region_id)
        return found or f"Service de l’État, {place.name}"


class Socles:
    """The text behind each unit amount, as it could be known on a day; one query."""

    def __init__(self, known_on: date) -> None:
        values = LegalValue.objects.known_on(known_on).filter(parameter="montant_socle")
        self.values = list(values.order_by("effective_on", "published_on"))

    def text_of(self, version: AnnexeVersion) -> str:
        """The text alone, not where it was read; empty when none gives that very amount."""
        kind = version.annexe.convention.structure.kind
        found = [
            it
            for it in self.values
            if it.kind == kind
            and it.value == version.unit_amount
            and it.effective_on <= version.starts_on
        ]
        return found[-1].source.partition(" ;")[0] if found else ""


def signers_of(versions: QuerySet[AnnexeVersion]) -> dict[int, str]:
    signed = StatusChange.objects.filter(act=Act.SIGN, version__in=versions)
    return {
        change.version_id: str(change.by)
        for change in signed.select_related("by").order_by("pk")
        if change.version_id and change.by
    }


def party_of(structure: Structure, services: Services) -> Party:
    commune = structure.commune
    place = commune.departement
    address = " ".join(filter(None, [structure.address, structure.postcode]))
    return Party(
        name=structure.name,
        kind=StructureKind(structure.kind),
        siret=structure.siret,
        commune=commune.name,
        address=f"{address} {commune.name}" if address else "",
        service=services.of(place),
        place=place.name,
        is_simulated=structure.is_simulated,
    )


def convention_of(
    convention: Convention, services: Services, *, signatory: str = ""
) -> ConventionData:
    return ConventionData(
        party=party_of(convention.structure, services),
        number=str(convention),
        measure=Measure(convention.measure),
        starts_on=convention.starts_on,
        ends_on=convention.ends_on,
        opinion_on=convention.cdiae_opinion_on,
        is_draft=convention.state in NOT_READY,
        signatory=signatory,
    )


def convention_data(convention: Convention) -> ConventionData:
    """What a convention says; two queries."""
    change = convention.changes.filter(act=Act.SIGN).order_by("-pk").first()
    by = str(change.by) if change and change.by else ""
    return convention_of(convention, Services(), signatory=by)


def breach_data(
    convention: Convention, version: AnnexeVersion | None
) -> BreachData | None:
    """The last notice of breach of a file; None when there was none. Four queries."""
    changes = (version or convention).changes.all()
    letter = changes.filter(act=Act.NOTIFY_BREACH).order_by("-pk").first()
    if letter is None:
        return None
    months = months_kept(letter.on)
    return BreachData(
        convention=convention_of(convention, Services()),
        subject=f"annexe {version.annexe} M{version.modification}"
        if version
        else f"convention {convention}",
        reason=letter.reason,
        on=letter.on,
        months=months,
        until=months_later(letter.on, months),
    )


def notification_data(
    transfer: Transfer, envelope: Envelope, place: Departement
) -> NotificationData:
    """A movement as its letter tells it; six queries at most."""
    return NotificationData(
        envelope=str(envelope),
        year=envelope.year,
        kind=kind_read(transfer).label,
        amount=transfer.amount,
        on=transfer.on,
        reference=transfer.reference,
        number=transfer.pk,
        total_before=received_before(transfer, envelope),
        service=Services().of(place),
        place=place.name,
        is_simulated=is_simulated(place),
    )


def received_before(transfer: Transfer, envelope: Envelope) -> Decimal:
    """Euros an envelope had received before a movement, less what it gave back.

    What moves between it, those below and their annexes is neither; three queries.
    """
    accounts = inside(envelope).values("pk")
    earlier = Transfer.objects.filter(pk__lt=transfer.pk)
    came = earlier.filter(target__in=accounts).exclude(source__in=accounts)
    left = earlier.filter(source__in=accounts).exclude(target__in=accounts)
    sums = [moved.aggregate(n=Sum("amount"))["n"] for moved in (came, left)]
    received, returned = (it or Decimal(0) for it in sums)
    return received - returned


def is_simulated(place: Departement) -> bool:
    """Whether a département holds simulated structures: its letters say so."""
    structures = Structure.objects.filter(commune__departement=place)
    return structures.filter(is_simulated=True).exists()


def last_documents(kind: str, **subject: object) -> dict[int, Document]:
    """The document of that kind that nothing replaces, by subject; one query.

    `subject` is one of convention, version, transfer, session, with `__in` for several.
    """
    [(lookup, _)] = subject.items()
    name = lookup.removesuffix("__in")
    links = DocumentLink.objects.filter(
        document__kind=kind, document__replaced_by=None, **subject
    ).select_related("document")
    return {getattr(link, f"{name}_id"): link.document for link in links}


def papers_of(version: AnnexeVersion) -> QuerySet[Document]:
    """Documents of a version and of its convention, the last ones first."""
    links = DocumentLink.objects.filter(version=version) | DocumentLink.objects.filter(
        convention=version.annexe.convention_id
    )
    return Document.objects.filter(link__in=links).order_by("-pk")
