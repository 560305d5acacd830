"""Invented names: of structures, people, tasks. None is meant to be anyone’s."""

import random

FEMALE = (
    "Sandrine Nathalie Valérie Céline Aurélie Stéphanie Laetitia Émilie Virginie Karine "
    "Christelle Delphine Sabrina Jennifer Mélanie Amandine Julie Élodie Laura Marine "
    "Océane Manon Chloé Pauline Justine Fatima Nadia Samira Yasmina Malika Aïcha Khadija "
    "Isabelle Véronique Patricia Corinne Brigitte Martine Sylvie Dominique Annie Monique"
).split()
MALE = (
    "Christophe Stéphane Laurent David Frédéric Olivier Sébastien Nicolas Jérôme Ludovic "
    "Cédric Julien Mickaël Anthony Kévin Jérémy Jonathan Alexandre Maxime Thomas Quentin "
    "Dylan Jordan Enzo Théo Lucas Mohamed Karim Rachid Mehdi Youssef Ahmed Philippe Pascal "
    "Éric Thierry Bruno Patrick Didier Jean-Luc Bernard Daniel"
).split()
LAST = (
    "Delattre Lefebvre Dubois Leroy Carpentier Dupont Lemaire Legrand Bailleul Caron "
    "Delannoy Fontaine Hermant Vasseur Wattel Bocquet Cuvelier Danel Evrard Flament Guilbert "
    "Hennebelle Joly Kaczmarek Lenglet Masson Nowak Obert Petit Quéva Roussel Sauvage Thuillier "
    "Ulrich Vanhove Wiart Kowalski Mercier Bertin Colin Ducrocq Fournier Gaillard Henry Lambert "
    "Moreau Noël Pruvost Richard Sénéchal Tison Vallet Warin Zielinski Haddad Benali Cherif "
    "Diallo Traoré Martinez Ferreira Santos Rossi Nguyen Boulanger Berger Meunier Boucher"
).split()
ASCII = str.maketrans("ÉÈÊËÀÂÎÏÔÖÛÜÙÇ-'’", "EEEEAAIIOOUUUC   ")

KIND_WORDS = {
    "ACI": "Chantiers|Ateliers|Jardins|Fabrique|Ressourcerie|Relais",
    "AI": "Entraide|Services|Coup de pouce|Proximité|Tremplin|Partage",
    "EI": "Entreprise|Menuiserie|Propreté|Recyclage|Paysages|Textile",
    "ETTI": "Intérim|Missions|Emploi|Travail temporaire|Relève|Détachement",
}
# Names of no place: two halves of a toponym put together.
FIRST_HALVES = (
    "Haute Basse Grande Petite Vieille Belle Verte Longue Claire Franche Noire Rouge"
).split()
SECOND_HALVES = (
    "Aubraie Brunelle Courtille Doulière Épinoye Fresnée Gravière Hélinière Jonquaie "
    "Lavière Marlière Noiselle Oseraie Pinchaie Querellière Roselle Sablaie Tannière Ursière "
    "Vergnaie Warenne Ygraine Ablonnière Bercelle Cendraie Drévoye"
).split()

TASKS = {
    "ACI": [
        "Taille des haies",
        "Préparation des planches de culture",
        "Tri et valorisation des objets collectés",
        "Pose d’isolant biosourcé",
        "Entretien des berges",
        "Couture : assemblage",
    ],
    "AI": ["Entretien chez un particulier", "Aide en cantine", "Nettoyage de locaux"],
    "EI": [
        "Démontage d’équipements informatiques",
        "Nettoyage d’un chantier",
        "Conditionnement",
        "Pose de clôtures",
        "Lecture de plan et traçage",
    ],
    "ETTI": ["Manutention en entrepôt", "Coffrage", "Conduite d’un chariot"],
}
OBSERVATIONS = [
    "Consignes comprises, geste à reprendre.",
    "Travaille en autonomie.",
    "Respecte les horaires et les règles de sécurité.",
    "Demande à être accompagné sur la lecture des consignes.",
    "A expliqué la tâche à un nouvel arrivant.",
    "",
]
SUMMARIES = [
    "Diagnostic d’entrée, attentes et priorités.",
    "Point sur le projet professionnel.",
    "Préparation d’une immersion en entreprise.",
    "Mise à jour du CV et recherche d’offres.",
    "Point sur les démarches en cours.",
    "Bilan intermédiaire avec l’encadrement.",
    "Préparation de la sortie.",
]
TRAININGS = [
    ("Sauveteur secouriste du travail", 14),
    ("Savoirs de base", 70),
    ("Gestes et postures", 7),
    ("Conduite de chariot (CACES)", 35),
    ("Français langue étrangère", 120),
    ("Certificat CléA", 50),
    ("Habilitation électrique", 14),
]
JOBS = {
    "ACI": ["A1203", "A1416", "F1610", "K2304", "B1803"],
    "AI": ["K1304", "K2204", "G1605", "N1103"],
    "EI": ["K2204", "K2304", "F1602", "H3302", "A1203"],
    "ETTI": ["N1105", "F1702", "N1101", "H3302"],
}
ACTIVITIES = {
    "ACI": [
        "maraîchage biologique",
        "éco-rénovation",
        "espaces naturels",
        "ressourcerie",
        "numérique",
        "confection",
    ],
    "AI": ["services aux particuliers", "services aux collectivités"],
    "EI": [
        "recyclage des déchets informatiques",
        "propreté",
        "espaces verts",
        "bâtiment",
        "confection",
        "revalorisation des combustibles",
    ],
    "ETTI": ["travail temporaire : logistique, bâtiment, industrie"],
}
STREETS = [
    "rue du Chemin-Vert",
    "rue des Tisserands",
    "allée des Saules",
    "rue de la Fosse",
]


def structure_names(kind: str, chance: random.Random) -> list[str]:
    """Every name of a kind, shuffled: more than any département needs."""
    names = [
        f"{word} de la {first} {second}"
        for word in KIND_WORDS[kind].split("|")
        for first in FIRST_HALVES
        for second in SECOND_HALVES
    ]
    chance.shuffle(names)
    return names


def sort_key(last: str, first: str) -> str:
    """Upper case, no accent, no hyphen: how names are sorted and searched."""
    return f"{last} {first}".upper().translate(ASCII)


def staff(chance: random.Random, count: int) -> list[str]:
    """Full names of counsellors or supervisors."""
    return [
        f"{chance.choice(FEMALE + MALE)} {chance.choice(LAST)}" for _ in range(count)
    ]
