"""The words of parcours: stable value, French label, nothing else."""

from django.db.models import TextChoices


class Sex(TextChoices):
    FEMALE = "F", "Femme"
    MALE = "M", "Homme"


class Regime(TextChoices):
    AGREMENT = "AGREMENT", "Agrément Pôle emploi"
    PASS_IAE = "PASS_IAE", "PASS IAE"
    FREE = "FREE", "Sans agrément (association intermédiaire)"


class ContractKind(TextChoices):
    CDDI = "CDDI", "CDD d’insertion"
    MISSION = "MISSION", "Contrat de mission"
    MAD = "MAD", "Mise à disposition"
    CDI_INCLUSION = "CDI_INCLUSION", "CDI inclusion"


class StatementState(TextChoices):
    BROUILLON = "BROUILLON", "Brouillon"
    SAISI = "SAISI", "Saisi"
    VALIDE = "VALIDE", "Validé"
    DEBLOQUE = "DEBLOQUE", "Débloqué"


class StatementAct(TextChoices):
    """What is done to a month; the value is in the address."""

    SUBMIT = "SUBMIT", "Proposer à la validation"
    GIVE_BACK = "GIVE_BACK", "Rendre à la saisie"
    VALIDATE = "VALIDATE", "Valider le mois"
    UNLOCK = "UNLOCK", "Débloquer le mois"


class AbsenceReason(TextChoices):
    """Why somebody under contract did not work; the value is what is typed in a cell."""

    CP = "CP", "Congés payés"
    FE = "FE", "Jour férié chômé"
    EF = "EF", "Événement familial"
    FO = "FO", "Formation sur le temps de travail"
    IM = "IM", "Immersion (PMSMP)"
    MA = "MA", "Maladie"
    AT = "AT", "Accident du travail"
    MT = "MT", "Maternité, paternité"
    AP = "AP", "Activité partielle"
    SS = "SS", "Absence autorisée sans solde"
    AI = "AI", "Absence injustifiée"


class Counting(TextChoices):
    """How the hours of an absence stand beside those of work."""

    WORKED = "WORKED", "comptée comme du travail"
    PAID = "PAID", "payée, non travaillée"
    NOT_PAID = "NOT_PAID", "non comptée"


class ExitCategory(TextChoices):
    DURABLE = "DURABLE", "Emploi durable"
    TRANSITION = "TRANSITION", "Emploi de transition"
    POSITIVE = "POSITIVE", "Sortie positive"
    OTHER = "OTHER", "Autre sortie"
    WITHDRAWN = "WITHDRAWN", "Retrait des sorties constatées"


class Rsa(TextChoices):
    """Beneficiary of the RSA at entry, in the ASP's words."""

    NO = "NON", "Non"
    INCREASED = "OUI-M", "Oui, majoré"
    PLAIN = "OUI-NM", "Oui, non majoré"


class Unemployment(TextChoices):
    """Time registered as a job seeker at entry, in the ASP's codes."""

    UNDER_6 = "01", "moins de 6 mois"
    FROM_6_TO_11 = "02", "de 6 à 11 mois"
    FROM_12_TO_23 = "03", "de 12 à 23 mois"
    OVER_24 = "04", "24 mois et plus"


class TrainingLevel(TextChoices):
    """The level of training at entry, in the ASP's codes."""

    NEVER = "01", "Jamais scolarisé"
    COMPULSORY = "70", "Pas au-delà de la scolarité obligatoire"
    NOT_CERTIFIED = "00", "Qualifications non certifiantes"
    SHORT = "60", "Formation courte d’un an"
    CAP_LEVEL = "50", "Niveau CAP ou BEP, sans le diplôme"
    CAP = "51", "CAP ou BEP"
    PROFESSIONAL_BAC = "41", "Brevet de technicien ou baccalauréat professionnel"
    BAC = "40", "Baccalauréat"
    BTS = "30", "BTS ou DUT"
    LICENCE = "20", "Licence"
    MASTER = "10", "Troisième cycle ou école d’ingénieurs"


class FreinTheme(TextChoices):
    """The eight peripheral barriers of the ASP."""

    ILLETTRISME = "ILLETTRISME", "Illettrisme, français langue étrangère"
    DEMARCHES = "DEMARCHES", "Démarches administratives et accès aux droits"
    HEBERGEMENT = "HEBERGEMENT", "Hébergement et logement"
    MOBILITE = "MOBILITE", "Mobilité"
    SANTE = "SANTE", "Santé"
    JUSTICE = "JUSTICE", "Justice"
    SURENDETTEMENT = "SURENDETTEMENT", "Surendettement et finances"
    DISPONIBILITE = "DISPONIBILITE", "Manque de disponibilité"


class ProfessionalTheme(TextChoices):
    """The two subjects of work itself that the ASP counts beside the barriers."""

    PROJET = "PROJET", "Définition du projet professionnel"
    RECHERCHE = "RECHERCHE", "Techniques de recherche d’emploi"


# What a frein may be about: the barriers, then work itself.
THEMES = [*FreinTheme.choices, *ProfessionalTheme.choices]


class FreinState(TextChoices):
    IDENTIFIED = "IDENTIFIED", "Identifié"
    IN_PROGRESS = "IN_PROGRESS", "En cours"
    LIFTED = "LIFTED", "Levé"


class FreinMode(TextChoices):
    NONE = "", "—"
    INTERNAL = "INT", "Suivi interne"
    EXTERNAL = "EXT", "Suivi externe"
    BOTH = "INT_EXT", "Suivi interne et externe"


class ActionSide(TextChoices):
    """Who does an action about a frein; the values are those of the mode it gives."""

    INTERNAL = "INT", "Par la structure"
    EXTERNAL = "EXT", "Par un partenaire"


class FreinAct(TextChoices):
    NAMED = "NAMED", "Identifié"
    LIFTED = "LIFTED", "Levé"
    REOPENED = "REOPENED", "Rouvert"


class Reading(TextChoices):
    """What was read of a person, when it must be kept (R96)."""

    PERSON = "PERSON", "Fiche"
    SENSITIVE = "SENSITIVE", "Fiche, avec un thème de santé ou de justice"


class Medium(TextChoices):
    MEETING = "MEETING", "Rendez-vous"
    PHONE = "PHONE", "Téléphone"
    VISIT = "VISIT", "Visite sur le chantier"


class FollowUpState(TextChoices):
    """What somebody does some months after they left."""

    WORKING = "WORKING", "En emploi"
    TRAINING = "TRAINING", "En formation"
    SEEKING = "SEEKING", "En recherche d’emploi"
    OTHER = "OTHER", "Autre situation"
    UNKNOWN = "UNKNOWN", "Sans nouvelles"


class ExitExclusion(TextChoices):
    """Why an exit is left out of the outcome rates (R60-R62)."""

    WITHDRAWN = "WITHDRAWN", "Motif de retrait des sorties constatées"
    TOO_FEW_HOURS = "TOO_FEW_HOURS", "Trop peu d’heures travaillées"
    TOO_SHORT = "TOO_SHORT", "Séjour trop court"


class Light(TextChoices):
    GREEN = "GREEN", "Objectif atteint"
    RED = "RED", "Objectif non atteint"


class Severity(TextChoices):
    """What a check of a rule asks: to change something, or to look again."""

    REFUSAL = "REFUSAL", "Refusé"
    WARNING = "WARNING", "À vérifier"


class Decider(TextChoices):
    """Who takes a decision about a person’s right or contract."""

    STRUCTURE = "STRUCTURE", "la structure"
    POLE_EMPLOI = "POLE_EMPLOI", "Pôle emploi"
    PRESCRIPTEUR = "PRESCRIPTEUR", "un prescripteur habilité"
    PREFET = "PREFET", "le préfet"


class Extension(TextChoices):
    """What lets contracts last beyond their ordinary total (R44, R45)."""

    TRAINING = "TRAINING", "Formation à achever"
    SENIOR = "SENIOR", "Salarié de 50 ans et plus"
    RQTH = "RQTH", "Travailleur handicapé"
    DIFFICULTES = "DIFFICULTES", "Difficultés particulièrement importantes"


class HoursDerogation(TextChoices):
    """What lets a CDDI be under the weekly minimum (R46)."""

    INDIVIDUAL = "INDIVIDUAL", "Décision pour un salarié"
    COLLECTIVE = "COLLECTIVE", "Décision pour tous les salariés"
    SECOND_JOB = "SECOND_JOB", "Cumul avec un autre temps partiel"


class ClientKind(TextChoices):
    """Who receives somebody an AI sends (R48)."""

    COMPANY = "COMPANY", "Entreprise"
    PRIVATE = "PRIVATE", "Particulier, hors de sa profession"
    NON_PROFIT = "NON_PROFIT", "Organisme privé à but non lucratif"
    PUBLIC = "PUBLIC", "Employeur public"


class SuspensionReason(TextChoices):
    CONTRACT_SUSPENDED = "CONTRACT_SUSPENDED", "Contrat suspendu"
    CONTRACT_BROKEN = "CONTRACT_BROKEN", "Contrat rompu"
    FINISHED_CONTRACT = "FINISHED_CONTRACT", "Contrat fini"
    BETWEEN_MEMBERS = "BETWEEN_MEMBERS", "Passage entre membres d’un même contrat"
    CONTRAT_PASSERELLE = "CONTRAT_PASSERELLE", "Contrat passerelle"


class ProlongationReason(TextChoices):
    SENIOR_CDI = "SENIOR_CDI", "CDI inclusion"
    COMPLETE_TRAINING = "COMPLETE_TRAINING", "Formation à achever"
    SENIOR = "SENIOR", "Salarié de 50 ans et plus"
    RQTH = "RQTH", "Travailleur handicapé"
    DIFFICULTES = "DIFFICULTES", "Difficultés particulièrement importantes"


class Criterion(TextChoices):
    """The administrative criteria of eligibility to a parcours, under the PASS IAE."""

    RSA = "RSA", "Bénéficiaire du RSA"
    ASS = "ASS", "Allocataire de l’ASS"
    AAH = "AAH", "Allocataire de l’AAH"
    DETLD = "DETLD", "Demandeur d’emploi depuis 24 mois et plus"
    CAP_BEP = "CAP_BEP", "Niveau CAP, BEP ou inférieur"
    SENIOR = "SENIOR", "Plus de 50 ans"
    JEUNE = "JEUNE", "Moins de 26 ans"
    ASE = "ASE", "Sortant de l’aide sociale à l’enfance"
    DELD = "DELD", "Demandeur d’emploi de 12 à 24 mois"
    TH = "TH", "Travailleur handicapé"
    PI = "PI", "Parent isolé"
    PSH_PR = "PSH_PR", "Sans hébergement, hébergé ou parcours de rue"
    REF_DA = "REF_DA", "Réfugié, sous protection ou demandeur d’asile"
    ZRR = "ZRR", "Résident en zone de revitalisation rurale"
    QPV = "QPV", "Résident d’un quartier prioritaire"
    DETENTION_MJ = "DETENTION_MJ", "Sortant de détention ou sous main de justice"
    FLE = "FLE", "Maîtrise du français sous le niveau A1"
    PM = "PM", "Problème de mobilité"


class ProofAge(TextChoices):
    """How the age of a proof is looked at (R55)."""

    NONE = "NONE", "Sans condition"
    RECENT = "RECENT", "Datée de moins de tant de mois"
    VALID = "VALID", "Encore valable"


class Sameness(TextChoices):
    """Why two people may be one, the surest first (R57)."""

    NIR = "NIR", "même numéro de sécurité sociale"
    NAME_AND_BIRTH = "NAME_AND_BIRTH", "mêmes nom, prénom et date de naissance"
    NAMES_SWAPPED = "NAMES_SWAPPED", "même date de naissance, nom et prénom inversés"
    NAME_WITHIN = "NAME_WITHIN", "même date de naissance, nom composé"
    NAME_NEAR = "NAME_NEAR", "même date de naissance, nom proche"
    BIRTH_SWAPPED = "BIRTH_SWAPPED", "mêmes nom et prénom, jour et mois inversés"


class EndKind(TextChoices):
    """What ends and is announced; the value names that of `alerte_fin`."""

    CONTRACT = "CONTRAT", "contrat"
    RIGHT = "DROIT", "droit au parcours"
    DEROGATION = "DEROGATION", "dérogation"


class PersonAct(TextChoices):
    """What a structure did for a person, kept with who and when."""

    TAKEN_IN = "TAKEN_IN", "Accueil"
    RENEWED = "RENEWED", "Renouvellement de contrat"
    ADDED = "ADDED", "Nouveau contrat"
    IMMERSION = "IMMERSION", "Immersion (PMSMP)"


# What a contract may go beyond: the total of its months, the minimum of its week.
DECISIONS = [*Extension.choices, *HoursDerogation.choices]
