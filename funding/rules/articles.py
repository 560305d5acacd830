"""The articles of the Code du travail that a document cites, by kind of structure."""

from dataclasses import dataclass

from structures.enums import StructureKind


@dataclass(frozen=True, kw_only=True)
class Articles:
    """What the convention holds, what the aid is, what happens upon a breach."""

    convention: str
    aid: str
    breach: str


# Source : Code du travail, partie réglementaire, livre premier, titre III.
ARTICLES = {
    StructureKind.ACI: Articles(
        convention="R.\u00a05132-28 et R.\u00a05132-29",
        aid="R.\u00a05132-37 et R.\u00a05132-38",
        breach="R.\u00a05132-32 et R.\u00a05132-43",
    ),
    StructureKind.AI: Articles(
        convention="R.\u00a05132-12 et R.\u00a05132-13",
        aid="R.\u00a05132-23 et R.\u00a05132-24",
        breach="R.\u00a05132-16 et R.\u00a05132-26",
    ),
    StructureKind.EI: Articles(
        convention="R.\u00a05132-2 et R.\u00a05132-3",
        aid="R.\u00a05132-7 et R.\u00a05132-8",
        breach="R.\u00a05132-5 et R.\u00a05132-6",
    ),
    StructureKind.ETTI: Articles(
        convention="R.\u00a05132-10-7 et R.\u00a05132-10-8",
        aid="R.\u00a05132-10-12 et R.\u00a05132-10-13",
        breach="R.\u00a05132-10-10 et R.\u00a05132-10-11",
    ),
}
