"""Every page of every role; a mark before the address says what is asked of it."""

DESK, PHONE, HEIGHT = 1280, 390, 900
LISTS = "liste "  # the first row must stand above the fold
GONE = "refus "  # answers 403 or 404, with a page of its own

LINES = "traitement=CONVENTIONS&annee=2020"
OF_A_CAMPAIGN = [
    "/campagnes/{done}/",
    f"liste /campagnes/{{done}}/lignes/?{LINES}",
    f"liste /campagnes/{{done}}/etapes/?{LINES}",
    "liste /campagnes/{done}/brouillons/{drafts}/",
    "/campagnes/chiffres/",
    "/campagnes/chiffres/structures/",
]
# Read by the structure too, when it is its own.
READ_BY_ALL = [
    "/enveloppes/trop-percus/{claim}/",
    "/enveloppes/fdi/{fdi}/",
    "/enveloppes/fdi/{fdi}/mouvements/",
    "/annexes/{paid}/paiements/",
]
ACTS_OF_THE_YEAR = [
    "/enveloppes/{line}/notification/",
    "/enveloppes/{line}/fongibilite/",
    "/enveloppes/{line}/cloture/",
    "/enveloppes/{past}/cloture/",
    "/enveloppes/fdi/nouvelle/",
    "/enveloppes/fdi/{fdi}/record_opinion/",
    "/enveloppes/trop-percus/{claim}/reversement/",
    "/enveloppes/trop-percus/{claim}/annulation/",
    "/annexes/{paid}/paiement/",
    "/annexes/{paid}/reversement/",
    "/annexes/{draft}/repartition/",
]
OF_MONEY = [
    "liste /enveloppes/",
    "liste /enveloppes/{envelope}/mouvements/?compartiment=engage",
    "liste /enveloppes/annexes/{annexe}/mouvements/",
    "/enveloppes/{envelope}/",
    "/enveloppes/{earmark}/",
    "liste /enveloppes/{line}/annee-pleine/",
    "liste /enveloppes/trop-percus/?annee=2018",
    "liste /enveloppes/fdi/?annee=2019",
    *READ_BY_ALL,
]
OF_PEOPLE = [
    "/",
    "liste /structures/",
    "/structures/{structure}/",
    "liste /structures/{structure}/mois/2019-05/",
    "liste /structures/{structure}/sorties/2019/",
    "liste /parcours/",
    "/parcours/{parcours}/",
]
# Of the staff that takes people in; the others are refused.
INTAKE = [
    "/parcours/accueil/",
    "/parcours/{parcours}/contrat/",
    "/parcours/{parcours}/immersion/",
]
LISTED = [
    "liste /structures/?page=200&tri=-nom",
    "liste /parcours/?page=100&vue=en-cours",
    "liste /campagnes/{campaignN}/lignes/?traitement=OUTCOMES&annee=2019&page=100",
    "liste /enveloppes/{envelopeN}/mouvements/?page=100",
    "liste /structures/{structureN}/mois/2019-05/?page=100",
    "/campagnes/chiffres/entrees-N/?page=100",
    "liste /enveloppes/fdi/?annee=2019&page=200",
]


FIGURES = ["aide", "etp", "montant-par-etp", "cofinancement"]
OF_FIGURES = [f"/annexes/{{draft}}/calcul/{code}/" for code in FIGURES]
OF_FILES = [
    "/annexes/{draft}/",
    "/annexes/{draft}/submit/",
    "/annexes/{draft}/termes/",
    "/annexes/{draft}/autres-termes/",
    "/annexes/{examined}/",
    "/annexes/{examined}/reject/",
    "/annexes/{examined}/remarque/",
    "refus /annexes/{correction}/correction/",
]

MONTHS = [
    "/conventions/{hours}/mois/2019-07/",
    "/conventions/{hours}/mois/2019-08/",
    "/conventions/{hours}/mois/2019-08/{typed}/",
    "/mois/{opened}/submit/",
]
UNLOCK = "/mois/{validated}/unlock/"
OF_EXITS = [
    "/contrats/{leaving}/sortie/",
    "/sorties/{left}/",
    "/sorties/{left}/suivi/3/",
]

# Written by who accompanies, in the structure; read there.
OF_INTERVIEWS = [
    "/entretiens/{interview}/",
    "/parcours/{parcours}/entretien/",
    "/entretiens/{interview}/correction/",
]
FREIN_ACTS = [
    "/parcours/{parcours}/frein/",
    "/freins/{frein}/objectif/",
    "/freins/{frein}/action/",
    "/freins/{frein}/levee/",
    "/freins/{lifted}/reouverture/",
    "/actions/{action}/fin/",
]
OF_REFERENTS = [
    "/parcours/{parcours}/referent/",
    "/accompagnement/",
    "/accompagnement/{structure}/{adviser}/passation/",
]
OF_FREINS = ["/freins/{frein}/", "/freins/{lifted}/", *FREIN_ACTS]
WRITTEN = [*OF_INTERVIEWS[1:], *FREIN_ACTS, *OF_REFERENTS]
OF_CASEWORK = [*OF_INTERVIEWS, *OF_FREINS, *OF_REFERENTS]

LIFE = "/structures/{structure}/vie/"
OF_LIFE = [
    *(f"{LIFE}{word}/" for word in ("siret", "second-type", "fermeture", "fusion")),
    f"{LIFE}visite/",
    "/structures/vie/{visit}/suites/",
    "/recours/decisions/{refusal}/",
    "/recours/{appeal}/issue/",
    "/annexes/socle/",
]


OF_CONVENTIONS = [
    "/conventions/{request}/",
    "/conventions/{corrected}/",
    "/conventions/{asked}/",
    "/conventions/{breach}/",
    "liste /conventions/",
]
OF_A_BUDGET = "/conventions/{request}/calcul/charges/"
# Filled by the direction of its own structure, or by the agent of the place.
OF_A_REQUEST = [
    "/conventions/demande/",
    *(
        f"/conventions/{{request}}/demande/{step}/"
        for step in ("projet", "moyens", "postes", "budget", "pieces", "envoi")
    ),
    "/conventions/{request}/cancel/",
]
OF_INSTRUCTION = [
    "/conventions/{asked}/remarque/",
    "/conventions/{asked}/ventes/",
    "/conventions/{asked}/reject/",
    "liste /cdiae/",
    "/cdiae/{session}/",
    "/cdiae/{session}/avis/",
    "/cdiae/{session}/compte-rendu/",
    "/cdiae/{closed}/proces-verbal/",
    "/cdiae/{closed}/",
    "liste /delegations/",
    "liste /delegations/?vue=toutes",
]
# Of those, what an administrator only reads.
READ_BY_ADMIN = [*OF_INSTRUCTION[3:5], *OF_INSTRUCTION[7:]]
CORRECTION = "/conventions/{corrected}/correction/"
# Documents of a year and their runs; the paper that comes back signed.
OF_PAPERS = [
    "liste /documents/lots/{run}/",
    "/documents/lots/{running}/",
    "/enveloppes/mouvements/{letter}/lettre/",
    "liste /numerisations/",
    "liste /numerisations/{scan}/",
    "/numerisations/{reading}/",
    "/numerisations/pages/{blank}/",
    "/numerisations/pages/{filed}/",
]


def sized(rows):
    """The lists that can grow, for the agent of a territory of so many rows."""
    return ["/", *(one.replace("N", str(rows)) for one in LISTED)]


def refused(addresses):
    return [GONE + one.removeprefix(LISTS).removeprefix(GONE) for one in addresses]


PAGES = {
    "": [
        *("/connexion/", "/accessibilite/", "/connexion/?next=/structures/"),
        *("/verifier/", "/verifier/?numero={code}", "/verifier/?numero=rien"),
        "/V/{code}/{digest}/1",
    ],
    "agent": [
        *refused(INTAKE),
        "/",
        "liste /structures/",
        "liste /structures/?tri=-etp&type=ACI&erbm=oui",
        "/structures/?q=introuvable",
        "/structures/{structure}/",
        "/structures/{structure}/?annee=2015",
        "liste /structures/{structure}/mois/2019-05/",
        "liste /structures/{structure}/sorties/2019/",
        "/structures/{structure}/sorties/2012/",
        "liste /parcours/",
        "liste /parcours/?vue=sans-entretien&rsa=oui",
        "/parcours/{parcours}/",
        "/parcours/{parcours}/?volet=travail",
        *OF_MONEY,
        *ACTS_OF_THE_YEAR,
        "liste /campagnes/",
        "/campagnes/{failed}/",
        "/campagnes/{waiting}/",
        *OF_A_CAMPAIGN,
        "liste /annexes/",
        "/annexes/?annee=2019&statut=DRAFT&q=introuvable",
        "liste /annexes/?annee=2019&apercu={draft}&colonnes=commune&colonnes=taux",
        *OF_FILES,
        *OF_FIGURES,
        *(*OF_CONVENTIONS, *OF_A_REQUEST, *OF_INSTRUCTION, f"refus {CORRECTION}"),
        *(OF_A_BUDGET, "/conventions/{request}/calcul/etp-2021/"),
        "refus /conventions/{request}/calcul/rien/",
        "/conventions/?q=introuvable",
        "/conventions/{breach}/terminate/",
        "/conventions/demande/?structure={structure}",
        *(LIFE, "/structures/{ended}/vie/", "/structures/{contested}/vie/"),
        *(MONTHS[0], UNLOCK, *refused([*MONTHS[1:], *OF_EXITS])),
        *OF_LIFE,
        "liste /structures/?alerte=visite",
        "/enveloppes/{line}/mouvement/",
        *("liste /documents/", "/documents/?annee=2019&q=introuvable"),
        *OF_PAPERS,
        "liste /valeurs-legales/",
        "liste /valeurs-legales/?parametre=montant_socle&vue=en-vigueur",
        "/aide/",
        "/compte/",
        "/compte/mot-de-passe/",
        "refus /inconnu/",
        *refused(OF_CASEWORK),
    ],
    "region": [
        *refused(INTAKE),
        *(*OF_PEOPLE, *OF_MONEY, "liste /campagnes/", *OF_A_CAMPAIGN),
        *("liste /annexes/", *OF_FILES, "/enveloppes/{region}/mouvement/"),
        *(OF_FIGURES[0], OF_A_BUDGET),
        *(*OF_CONVENTIONS, *OF_A_REQUEST, *OF_INSTRUCTION, f"refus {CORRECTION}"),
        *("/enveloppes/{region}/", "/enveloppes/{region}/notification/"),
        *ACTS_OF_THE_YEAR,
        "/enveloppes/{region}/cloture/",
        *("liste /documents/", *OF_PAPERS[:3], "/numerisations/"),
        *refused(OF_PAPERS[4:]),
        *(LIFE, *OF_LIFE),
        *(MONTHS[0], UNLOCK, *refused([*MONTHS[1:], *OF_EXITS])),
        *refused(OF_CASEWORK),
    ],
    "admin": [
        *refused(INTAKE),
        *(*OF_PEOPLE, *OF_MONEY, "liste /campagnes/", *OF_A_CAMPAIGN),
        "liste /annexes/",
        "/annexes/{draft}/",
        *(OF_FIGURES[0], OF_A_BUDGET),
        *refused(OF_FILES[1:4]),
        *refused(OF_FILES[5:]),
        *(*OF_CONVENTIONS, *READ_BY_ADMIN, f"refus {CORRECTION}"),
        *refused([*OF_A_REQUEST, *OF_INSTRUCTION[:3], *OF_INSTRUCTION[5:7]]),
        *(LIFE, *refused(OF_LIFE)),
        "refus /enveloppes/{line}/mouvement/",
        *refused(ACTS_OF_THE_YEAR),
        *("liste /documents/", *OF_PAPERS),
        *(MONTHS[0], *refused([UNLOCK, *MONTHS[1:], *OF_EXITS])),
        *refused(OF_CASEWORK),
    ],
    "direction": [
        *INTAKE,
        *OF_PEOPLE,
        "/enveloppes/",
        "liste /enveloppes/annexes/{annexe}/mouvements/",
        "refus /enveloppes/{envelope}/mouvements/",
        "refus /campagnes/",
        *refused(OF_A_CAMPAIGN),
        "/annexes/",
        "/annexes/{correction}/",
        "/annexes/{correction}/correction/",
        "/annexes/{correction}/calcul/aide/",
        "refus /annexes/{draft}/calcul/aide/",
        *refused(OF_FILES[:-1]),
        *(*OF_CONVENTIONS[:2], OF_CONVENTIONS[-1], *OF_A_REQUEST, CORRECTION),
        OF_A_BUDGET,
        "/conventions/{corrected}/answer/",
        "/conventions/{corrected}/demande/pieces/",
        *refused([*OF_CONVENTIONS[2:4], *OF_INSTRUCTION]),
        *(LIFE, *refused(OF_LIFE)),
        "refus /annexes/{correction}/termes/",
        "refus /annexes/{correction}/autres-termes/",
        "refus /annexes/{correction}/remarque/",
        "/annexes/{correction}/answer/",
        "refus /enveloppes/{line}/mouvement/",
        *("/enveloppes/trop-percus/", "/enveloppes/fdi/", *READ_BY_ALL),
        *refused(OF_MONEY[3:6]),
        *refused(ACTS_OF_THE_YEAR),
        *("/documents/", *refused(OF_PAPERS)),
        *(*MONTHS, UNLOCK, *OF_EXITS),
        "/compte/",
        *(*OF_CASEWORK[:2], *refused(OF_INTERVIEWS[2:])),
        *(*OF_FREINS, *OF_REFERENTS),
    ],
    "gestionnaire": [
        *INTAKE,
        *(*OF_PEOPLE, "/annexes/", "/annexes/{correction}/"),
        "/annexes/{correction}/calcul/cofinancement/",
        *("liste /conventions/", "/conventions/{request}/", OF_A_BUDGET),
        "/documents/",
        *refused([LIFE]),
        *(*MONTHS, *OF_EXITS),
        *(OF_CASEWORK[0], OF_FREINS[0], *refused(WRITTEN)),
    ],
    "cip": [
        *INTAKE,
        *OF_PEOPLE,
        "/annexes/",
        "/annexes/{correction}/",
        "/annexes/{correction}/calcul/etp/",
        *("liste /conventions/", "/conventions/{request}/", OF_A_BUDGET),
        *refused([*OF_A_REQUEST, CORRECTION]),
        "/documents/",
        *refused([LIFE]),
        "liste /parcours/?vue=sans-entretien",
        *(*MONTHS, *OF_EXITS),
        *OF_CASEWORK,
    ],
    "encadrant": [
        *refused(INTAKE),
        *OF_PEOPLE,
        "/annexes/",
        "/annexes/{correction}/",
        "/annexes/{correction}/calcul/etp/",
        *("liste /conventions/", "/conventions/{request}/", OF_A_BUDGET),
        "/documents/",
        *refused([LIFE]),
        "/parcours/{parcours}/?volet=encadrement",
        *(*MONTHS[:-1], *refused([MONTHS[-1], *OF_EXITS])),
        *(OF_CASEWORK[0], OF_FREINS[0], *refused(WRITTEN)),
    ],
    "personne": ["/", "/structures/", "/parcours/"],
    # Lists of 0, 1, 2 and 10,000 rows.
    "agent0": [
        *("/", "/structures/", "/parcours/", "/enveloppes/", "/campagnes/"),
        *("/enveloppes/fdi/", "/enveloppes/trop-percus/"),
    ],
    "agent1": [
        *sized(1),
        "/campagnes/{campaign1}/lignes/?traitement=CONSUMPTION&annee=2019",
        "/enveloppes/{envelope1}/mouvements/?compartiment=gele",
        "/structures/{structure1}/mois/2019-06/",
        "/campagnes/chiffres/entrees-0/",
    ],
    "agent2": sized(2),
    "agent10000": sized(10_000),
}
CASES = [(role, address) for role, addresses in PAGES.items() for address in addresses]
