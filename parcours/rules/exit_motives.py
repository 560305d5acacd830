"""The motives of exit we ship. The ASP’s own coded list is not public.

Two of its codes are known: 2, a CDD in another structure, and 96, a CDI inclusion. The
short codes are ours. The table is editable once loaded; a code of the ASP may be added.
"""

from dataclasses import dataclass

from parcours.enums import ExitCategory
from structures.enums import Confidence

FORUM = "La communauté de l’inclusion, « Les sorties dynamiques dans l’IAE »"
DASHBOARDS = "Tableaux de bord de l’État, motif vu dans les données"
RECALLED = "Liste de l’extranet IAE, de mémoire"
DGEFP = "DGEFP, convention statistique 2013"


@dataclass(frozen=True)
class Motive:
    """Why a stay ended, and how it counts."""

    code: str
    label: str
    category: ExitCategory
    source: str
    confidence: Confidence = Confidence.RECALLED
    asp_code: str | None = None
    stays_in_iae: bool = False


DURABLE, TRANSITION, POSITIVE, OTHER, WITHDRAWN = (
    ExitCategory.DURABLE,
    ExitCategory.TRANSITION,
    ExitCategory.POSITIVE,
    ExitCategory.OTHER,
    ExitCategory.WITHDRAWN,
)
READ = Confidence.SECONDARY

# fmt: off
MOTIVES = (
    Motive("D1", "Embauche en CDI non aidé par un autre employeur", DURABLE, FORUM, READ),
    Motive("D2", "Embauche en CDI aidé", DURABLE, RECALLED),
    Motive("D3", "CDI dans la structure ou une filiale, hors poste d’insertion", DURABLE, RECALLED),
    Motive("D4", "CDD ou intérim sans aide publique de six mois et plus", DURABLE, FORUM, READ),
    Motive("D5", "Création ou reprise d’entreprise", DURABLE, FORUM, READ),
    Motive("D6", "Intégration dans la fonction publique", DURABLE, FORUM, READ),
    # The State’s dashboards leave it out, since the person stays; its category is not known.
    Motive("D7", "CDI inclusion", WITHDRAWN, DASHBOARDS, Confidence.TO_CONFIRM, "96", True),
    Motive("T1", "CDD ou intérim sans aide publique de moins de six mois", TRANSITION, FORUM, READ),
    Motive("T2", "Contrat aidé chez un employeur de droit commun", TRANSITION, FORUM, READ),
    Motive("P1", "Entrée en formation qualifiante ou poursuite de formation", POSITIVE, FORUM, READ),
    Motive("P2", "Embauche dans une autre structure d’insertion", POSITIVE, FORUM, READ, "2", True),
    Motive("P3", "Prise des droits à la retraite", POSITIVE, RECALLED),
    Motive("P4", "Autre sortie reconnue comme positive", POSITIVE, RECALLED),
    Motive("A1", "Au chômage", OTHER, FORUM, READ),
    Motive("A2", "Inactif", OTHER, RECALLED),
    Motive("A3", "Sans nouvelles", OTHER, RECALLED),
    Motive("R1", "Sortie avant la durée ou les heures minimales", WITHDRAWN, FORUM, READ),
    Motive("R2", "Rupture pendant la période d’essai", WITHDRAWN, RECALLED),
    Motive("R3", "Rupture par l’employeur pour faute grave", WITHDRAWN, RECALLED),
    Motive("R4", "Congé de longue durée (maladie, maternité)", WITHDRAWN, DGEFP, READ),
    Motive("R5", "Décès", WITHDRAWN, RECALLED),
    Motive("R6", "Décision de justice, incarcération", WITHDRAWN, RECALLED),
    Motive("R7", "Décision administrative", WITHDRAWN, RECALLED),
    Motive("R8", "Déménagement", WITHDRAWN, RECALLED),
)
# fmt: on

MOTIVE_BY_CODE = {motive.code: motive for motive in MOTIVES}
CATEGORY = {motive.code: motive.category for motive in MOTIVES}
