"""Every page of every role; a mark before the address says what is asked of it."""

DESK, PHONE = 1280, 390
LISTS = "liste "  # the first row must stand above the fold
GONE = "refus "  # answers 403 or 404, with a page of its own

PAGES = {
    "": ["/connexion/", "/accessibilite/", "/connexion/?next=/structures/"],
    "agent": [
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
        "liste /enveloppes/",
        "liste /enveloppes/{envelope}/mouvements/?compartiment=engage",
        "liste /enveloppes/annexes/{annexe}/mouvements/",
        "liste /campagnes/",
        "/campagnes/{done}/",
        "/campagnes/{failed}/",
        "/campagnes/{waiting}/",
        "liste /campagnes/{done}/lignes/?traitement=CONVENTIONS&annee=2020",
        "/campagnes/chiffres/",
        "/campagnes/chiffres/structures/",
        "liste /valeurs-legales/",
        "liste /valeurs-legales/?parametre=montant_socle&vue=en-vigueur",
        "/aide/",
        "/compte/",
        "/compte/mot-de-passe/",
        "refus /inconnu/",
    ],
    "region": [
        "/",
        "liste /structures/",
        "liste /parcours/",
        "liste /enveloppes/",
        "liste /campagnes/",
        "/campagnes/chiffres/",
    ],
    "direction": [
        "/",
        "/structures/{structure}/",
        "liste /structures/{structure}/mois/2019-05/",
        "liste /structures/{structure}/sorties/2019/",
        "liste /parcours/",
        "/parcours/{parcours}/",
        "/enveloppes/",
        "liste /enveloppes/annexes/{annexe}/mouvements/",
        "refus /campagnes/",
        "/compte/",
    ],
    "cip": ["/", "liste /parcours/?vue=sans-entretien", "/parcours/{parcours}/"],
    "encadrant": ["/", "/parcours/{parcours}/?volet=encadrement"],
    "admin": ["/", "liste /structures/", "liste /parcours/", "liste /enveloppes/"],
    "personne": ["/", "/structures/", "/parcours/"],
    # Lists of 0, 1, 2 and 10,000 rows.
    "agent0": ["/", "/structures/", "/parcours/", "/enveloppes/", "/campagnes/"],
    "agent1": ["/", "liste /structures/", "liste /parcours/"],
    "agent2": ["/", "liste /structures/", "liste /parcours/"],
    "agent10000": [
        "/",
        "liste /structures/?page=200&tri=-nom",
        "liste /parcours/?page=100&vue=en-cours",
    ],
}
CASES = [(role, address) for role, addresses in PAGES.items() for address in addresses]
