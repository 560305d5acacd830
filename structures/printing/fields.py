"""The merge fields of each document: their name, what they are, and an example.

The back-office lists them and previews with the examples; funding.printing fills them.
"""

from dataclasses import dataclass

from structures.enums import DocumentKind


@dataclass(frozen=True)
class Field:
    """A value, or a block of the layout (a table, the signatures) set on a line alone."""

    name: str
    label: str
    example: str = ""
    is_block: bool = False
    is_required: bool = False


def block(name: str, label: str, *, is_required: bool = True) -> Field:
    return Field(name, label, is_block=True, is_required=is_required)


COMMON = (
    Field("date", "jour du document", "2 décembre 2019"),
    Field("service", "service de l’État qui l’émet", "UD 62"),
    Field("departement", "département", "Pas-de-Calais"),
)
OF_STRUCTURE = (
    Field("structure", "dénomination de la structure", "Les Jardins du Crinchon"),
    Field("type", "type de structure", "Atelier ou chantier d’insertion"),
    Field("sigle", "type abrégé", "ACI"),
    Field("siret", "SIRET", "900 000 000 00017"),
    Field("commune", "commune de la structure", "Arras"),
    Field("adresse", "adresse de la structure", "12 rue des Fours, 62000 Arras"),
    Field(
        "articles_convention", "articles de la convention", "R. 5132-28 et R. 5132-29"
    ),
    Field("articles_aide", "articles de l’aide au poste", "R. 5132-37 et R. 5132-38"),
    Field("articles_manquement", "articles du manquement", "R. 5132-32 et R. 5132-43"),
)
OF_CONVENTION = (
    Field("convention", "numéro de la convention", "062 010119 ACI 00012"),
    Field("convention_debut", "premier jour de la convention", "1er janvier 2019"),
    Field("convention_fin", "dernier jour de la convention", "31 décembre 2021"),
    Field("mesure", "mesure de la convention", "ACI, droit commun"),
    Field("avis_cdiae", "jour de l’avis du CDIAE", "14 novembre 2018"),
)
OF_ANNEXE = (
    Field("annexe", "numéro de l’annexe", "ACI062190012A1M0"),
    Field("annee", "année de l’annexe", "2019"),
    Field("debut", "début d’effet", "1er janvier 2019"),
    Field("fin", "fin d’effet", "31 décembre 2019"),
    Field("mois", "durée en mois", "12"),
    Field("etp", "ETP conventionnés", "12,50"),
    Field("montant_unitaire", "montant par ETP et par an", "20 000,00 €"),
    Field("texte_montant", "texte qui fixe ce montant", "Arrêté du 27 février 2019"),
    Field("heures", "heures par ETP et par an", "1 800,00"),
    Field("total", "aide totale de l’annexe", "250 000,00 €"),
    Field("cofinancement", "part du conseil départemental", "40 000,00 €"),
    Field("part_etat", "part de l’État", "210 000,00 €"),
    Field("cofinanceur", "nom du cofinanceur", "Conseil départemental"),
    block("tableau_enveloppes", "ce que porte chaque enveloppe"),
    block("tableau_versements", "les versements mois par mois", is_required=False),
    block("tableau_objectifs", "les sorties prévues", is_required=False),
)
SIGNATURES = block("signatures", "les deux signataires")
SIGNATURE = block("signature", "la signature du service")
OF_AVENANT = (
    Field("modification", "numéro de l’avenant", "1"),
    Field("ecart_etp", "différence d’ETP", "−1,50"),
    Field("ecart_total", "différence d’aide", "−30 000,00 €"),
    block("tableau_modifications", "ce que l’avenant change, avant et après"),
)
OF_NOTIFICATION = (
    Field("enveloppe", "enveloppe notifiée", "IAE, montant socle 2019 – 62"),
    Field("annee", "exercice", "2019"),
    Field("nature", "nature du mouvement", "Délégation"),
    Field("montant", "montant du mouvement", "1 000 000,00 €"),
    Field("effet", "date d’effet", "4 février 2019"),
    Field("reference", "référence de la décision", "Circulaire du 31 janvier 2019"),
    Field("mouvement", "numéro au grand livre", "148"),
    block("tableau_montants", "le montant, avant et après"),
    SIGNATURE,
)
OF_BREACH = (
    Field(
        "objet_manquement", "convention ou annexe en cause", "Annexe ACI062190012A1M0"
    ),
    Field("manquement", "le manquement constaté", "Le bilan n’a pas été transmis."),
    Field("jour_lettre", "jour de la mise en demeure", "1er mars 2019"),
    Field("delai", "mois laissés pour répondre", "1 mois"),
    Field("limite", "jour avant lequel rien n’est résilié", "1er avril 2019"),
    SIGNATURE,
)
OF_SESSION = (
    Field("seance", "jour de la séance", "14 novembre 2019"),
    Field("heure", "heure", "14 h 30"),
    Field("lieu", "lieu", "Préfecture, salle 2"),
    Field("presidence", "présidence", "Mme Lefebvre, secrétaire générale"),
    Field("nombre", "nombre de dossiers", "8 dossiers"),
    SIGNATURE,
)
OF_MINUTES = (
    Field("presents", "présents et excusés", "M. Durand (Pôle emploi)"),
    Field("debats", "les débats", "Le projet est présenté par sa direction."),
    block("avis", "les avis rendus"),
)
FIELDS: dict[str, tuple[Field, ...]] = {
    DocumentKind.CONVENTION: (*COMMON, *OF_STRUCTURE, *OF_CONVENTION, SIGNATURES),
    DocumentKind.ANNEXE: (
        *(*COMMON, *OF_STRUCTURE, *OF_CONVENTION, *OF_ANNEXE, SIGNATURES),
    ),
    DocumentKind.AVENANT: (
        *(*COMMON, *OF_STRUCTURE, *OF_CONVENTION, *OF_ANNEXE),
        *(*OF_AVENANT, SIGNATURES),
    ),
    DocumentKind.NOTIFICATION: (*COMMON, *OF_NOTIFICATION),
    DocumentKind.BREACH: (*COMMON, *OF_STRUCTURE, *OF_CONVENTION, *OF_BREACH),
    DocumentKind.AGENDA: (
        *(*COMMON, *OF_SESSION),
        block("ordre_du_jour", "les dossiers inscrits"),
    ),
    DocumentKind.MINUTES: (*COMMON, *OF_SESSION, *OF_MINUTES),
}


def fields_of(kind: str) -> frozenset[Field]:
    return frozenset(FIELDS[kind])
