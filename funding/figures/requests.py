"""A convention request as it stands: what it says, what it lacks, what we know already."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from funding.figures import annexes
from funding.rules.aide_au_poste import annexe_total
from structures.enums import (
    AttachmentKind,
    Measure,
    Place,
    PostKind,
    RequestStep,
    StructureKind,
)
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import (
    Attachment,
    Convention,
    ConventionRequest,
    LegalValue,
    Structure,
)
from structures.rules import requests as rules
from structures.rules.periods import months_covered

MAYOTTE = "976"
NO_REQUEST = (
    "Le dossier de demande n’est pas ouvert : ouvrez-le, il dit le projet, les postes "
    "et le budget."
)


@dataclass(frozen=True)
class Dossier:
    """A request, its posts by (contract, year) and its attachments."""

    convention: Convention
    request: ConventionRequest
    contracts: tuple[PostKind, ...]
    posts: dict[tuple[str, int], Decimal]
    attachments: list[Attachment]
    limits: dict[str, Decimal]
    has_accounts_to_show: bool

    @property
    def kind(self) -> StructureKind:
        return StructureKind(self.convention.structure.kind)

    @property
    def years(self) -> list[int]:
        return years_of(self.convention)

    @cached_property
    def values(self) -> dict[str, object]:
        """Every field by name, the grid of posts included."""
        found: dict[str, object] = {
            name: getattr(self.request, name)
            for step in rules.STEPS
            for name in rules.fields_of(step, self.kind)
        }
        for contract in self.contracts:
            for year in self.years:
                name = rules.post_name(contract, year)
                found[name] = self.posts.get((contract.value, year))
        return found

    @cached_property
    def facts(self) -> rules.RequestFacts:
        return rules.RequestFacts(
            kind=self.kind,
            values=self.values,
            etp=self.etp,
            pieces=frozenset(AttachmentKind(it.kind) for it in self.attachments),
            has_accounts_to_show=self.has_accounts_to_show,
            ordinary=self.limits.get("ORDINAIRE"),
            ceiling=self.limits.get("DEROGATION"),
        )

    @cached_property
    def etp(self) -> dict[int, Decimal]:
        """ETP asked for each year, whatever the contract."""
        none = Decimal(0)
        return {
            year: sum((n for (_, at), n in self.posts.items() if at == year), none)
            for year in self.years
        }

    def names(self, step: RequestStep) -> list[str]:
        """The fields of a step, in order."""
        if step == RequestStep.POSTS:
            return [
                rules.post_name(contract, year)
                for year in self.years
                for contract in self.contracts
            ]
        return list(rules.fields_of(step, self.kind))


def years_of(convention: Convention) -> list[int]:
    """The civil years a convention covers."""
    return list(range(convention.starts_on.year, convention.ends_on.year + 1))


def dossier_of(convention: Convention, *, on: date) -> Dossier | None:
    """The request of a convention, None when it has none; five queries at most."""
    request = ConventionRequest.objects.filter(convention=convention).first()
    if request is None:
        return None
    structure = convention.structure
    kind = StructureKind(structure.kind)
    return Dossier(
        convention=convention,
        request=request,
        contracts=rules.contracts_of(kind, has_cdi=has_cdi(convention, on=on)),
        posts={(post.contract, post.year): post.etp for post in request.posts.all()},
        attachments=list(
            Attachment.objects.kept()
            .filter(convention=convention)
            .select_related("added_by")
        ),
        limits=sales_limits(convention, on=on) if kind == StructureKind.ACI else {},
        has_accounts_to_show=earlier_of(convention).exists(),
    )


def earlier_of(convention: Convention) -> QuerySet[Convention]:
    """Signed conventions of the same mesure that began before."""
    return Convention.objects.filter(
        structure=convention.structure_id,
        measure=convention.measure,
        signed_on__isnull=False,
        starts_on__lt=convention.starts_on,
    )


def sales_limits(convention: Convention, *, on: date) -> dict[str, Decimal]:
    """What part of its charges an ACI may sell, by word of the law; one query (R14)."""
    known = LegalValue.objects.in_force(on=convention.starts_on, known_on=on)
    rows = known.filter(parameter="aci_part_ventes", place=Place.METROPOLE)
    return {value.kind: value.value for value in rows}


def has_cdi(convention: Convention, *, on: date) -> bool:
    """Whether a text opens the CDI inclusion on the first day of a convention."""
    known = LegalValue.objects.known_on(on)
    return known.filter(
        parameter="cdi_inclusion_part", effective_on__lte=convention.starts_on
    ).exists()


def lacks(dossier: Dossier) -> dict[RequestStep, list[str]]:
    """What each step still lacks, one by one; no entry for a step that is whole."""
    found = {step: lacking(dossier, step) for step in rules.STEPS}
    return {step: labels for step, labels in found.items() if labels}


def lacking(dossier: Dossier, step: RequestStep) -> list[str]:
    """Fields, years or attachments a step lacks, in the words of a sentence."""
    facts = dossier.facts
    if step == RequestStep.POSTS:
        return [f"ETP demandés pour {year}" for year in rules.empty_years(facts)]
    if step == RequestStep.PIECES:
        return [kind.label.lower() for kind in rules.missing_pieces(facts)]
    return [label_of(name) for name in rules.empty_fields(step, facts)]


def it_lacks(labels: list[str]) -> str:
    """The sentence that says all of them; empty when nothing lacks."""
    return f"il manque : {' ; '.join(labels)}." if labels else ""


def label_of(name: str) -> str:
    """The words of a field, as they go in a sentence: a column, or a box of the grid."""
    if name == rules.ATTACHMENTS:
        return "pièces jointes"
    if name.startswith("etp_"):
        _, contract, year = name.split("_")
        return f"{PostKind(contract).label}, {year}"
    column = ConventionRequest._meta.get_field(name)
    return str(getattr(column, "verbose_name", name))


def missing_of(convention: Convention, dossier: Dossier | None) -> tuple[str, ...]:
    """Why a file cannot be sent yet; nothing for one that never had a request of ours."""
    if dossier is None:
        return (NO_REQUEST,) if convention.state == "DRAFT" else ()
    return tuple(
        f"{step.label} : {it_lacks(labels)}" for step, labels in lacks(dossier).items()
    )


@dataclass(frozen=True)
class Known:
    """What the State already has of a structure, so that nobody asks for it again."""

    year: int | None
    so_far: annexes.YearSoFar | None
    outcome: annexes.YearOutcome | None
    siblings: list[Structure]
    unit_amount: LegalValue | None


def known_of(convention: Convention, *, on: date) -> Known:
    """Last year of annexes, last exits, other dossiers of the same SIRET, the socle."""
    structure = convention.structure
    years = [year for year in annexes.years_of(structure) if year <= on.year]
    outcomes = annexes.outcomes_of(structure)
    return Known(
        year=years[0] if years else None,
        so_far=last_year(structure, years[0]) if years else None,
        outcome=outcomes[0] if outcomes else None,
        siblings=list(
            Structure.objects.filter(siret=structure.siret).exclude(pk=structure.pk)
        ),
        unit_amount=unit_amount(convention, on=on),
    )


def last_year(structure: Structure, year: int) -> annexes.YearSoFar:
    versions = annexes.versions_of(structure, year=year)
    months = annexes.etp_by_month(structure, versions, year=year)
    return annexes.year_so_far(structure, versions, months, year=year)


def unit_amount(convention: Convention, *, on: date) -> LegalValue | None:
    """The socle of the first day, as it is known; None before the first text."""
    try:
        return legal_value(
            "montant_socle",
            convention.structure.kind,
            on=convention.starts_on,
            known_on=on,
            place=place_of(convention),
        )
    except NotInForce:
        return None


def place_of(convention: Convention) -> Place:
    """Where the aid of a convention is paid: its own amounts hold there."""
    if convention.measure in (Measure.ACI_MP, Measure.EI_MP):
        return Place.PRISON
    if convention.structure.commune.departement_id == MAYOTTE:
        return Place.MAYOTTE
    return Place.METROPOLE


def expected_aid(
    convention: Convention, etp: dict[int, Decimal], unit: Decimal | None
) -> dict[int, Decimal | None]:
    """Euros the posts of each year would bring at a known socle; None without one."""
    return {
        year: None
        if unit is None
        else annexe_total(
            etp=asked, unit_amount=unit, months=months_in(convention, year)
        )
        for year, asked in etp.items()
    }


def months_in(convention: Convention, year: int) -> int:
    """Months of a civil year that a convention covers."""
    starts_on, ends_on = term_in(convention, year)
    return months_covered(starts_on, ends_on)


def term_in(convention: Convention, year: int) -> tuple[date, date]:
    """First and last day of a convention in a year it covers."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return max(convention.starts_on, first), min(convention.ends_on, last)
