"""Who a document is between, and the convention it belongs to."""

from dataclasses import dataclass
from datetime import date

from funding.rules.articles import ARTICLES
from structures.enums import Measure, StructureKind
from structures.printing.sheet import Signature
from structures.rules.writing import EMPTY, long_day


@dataclass(frozen=True, kw_only=True)
class Party:
    """The structure, and the State’s service in charge of its département."""

    name: str
    kind: StructureKind
    siret: str
    commune: str
    address: str
    service: str
    place: str
    is_simulated: bool

    def values(self) -> dict[str, str]:
        articles = ARTICLES[self.kind]
        return {
            "service": self.service,
            "departement": self.place,
            "structure": self.name,
            "type": self.kind.label,
            "sigle": self.kind.value,
            "siret": spaced(self.siret),
            "commune": self.commune,
            "adresse": self.address or self.commune,
            "articles_convention": articles.convention,
            "articles_aide": articles.aid,
            "articles_manquement": articles.breach,
        }


@dataclass(frozen=True, kw_only=True)
class ConventionData:
    party: Party
    number: str
    measure: Measure
    starts_on: date
    ends_on: date
    opinion_on: date | None
    is_draft: bool
    signatory: str = ""

    def values(self) -> dict[str, str]:
        return self.party.values() | {
            "convention": self.number,
            "mesure": self.measure.label,
            "convention_debut": long_day(self.starts_on),
            "convention_fin": long_day(self.ends_on),
            "avis_cdiae": long_day(self.opinion_on) if self.opinion_on else EMPTY,
        }


def both(signatory: str) -> tuple[Signature, ...]:
    """The structure on the left, the State on the right."""
    return (
        Signature(quality="Pour la structure"),
        Signature(quality="Pour le préfet", name=signatory),
    )


def spaced(siret: str) -> str:
    """900 000 000 00017"""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}".strip()


# On what is not to be signed yet.
DRAFT_MARK = "Projet : ce document n’est pas à signer et n’engage pas l’État."
