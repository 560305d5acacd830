"""The words of money: stable value, French label, nothing else."""

from django.db.models import IntegerChoices, TextChoices


class Level(TextChoices):
    NATIONAL = "NATIONAL", "National"
    REGIONAL = "REGIONAL", "Régional"
    DEPARTMENTAL = "DEPARTMENTAL", "Départemental"
    LINE = "LINE", "Ligne"
    EARMARK = "EARMARK", "Fléchage"


class Line(TextChoices):
    """What an envelope is for. An earmark (ERBM, PAUVRETE) is part of IAE_SOCLE."""

    FIE = "FIE", "Fonds d’inclusion dans l’emploi"
    IAE_SOCLE = "IAE_SOCLE", "IAE, montant socle"
    IAE_MODULE = "IAE_MODULE", "IAE, montant modulé"
    ERBM = "ERBM", "Engagement pour le renouveau du bassin minier"
    PAUVRETE = "PAUVRETE", "Plan pauvreté"
    FDI = "FDI", "Fonds départemental d’insertion"
    PEC = "PEC", "Parcours emploi compétences"
    PEC_ERBM = "PEC_ERBM", "PEC à taux préférentiel du bassin minier"
    CD = "CD", "Cofinancement du conseil départemental"


class Bucket(TextChoices):
    OUTSIDE = "OUTSIDE", "Hors budget"
    AVAILABLE = "AVAILABLE", "Disponible"
    FROZEN = "FROZEN", "Gelé"
    RESERVED = "RESERVED", "Réservé"
    COMMITTED = "COMMITTED", "Engagé non payé"
    PAID = "PAID", "Payé"


class TransferKind(TextChoices):
    PROVISIONAL = "PROVISIONAL", "Notification provisoire"
    NOTIFICATION = "NOTIFICATION", "Notification"
    REDUCTION = "REDUCTION", "Réduction"
    DELEGATION = "DELEGATION", "Délégation"
    RETURN = "RETURN", "Remontée"
    FREEZE = "FREEZE", "Gel"
    UNFREEZE = "UNFREEZE", "Dégel"
    RESERVE = "RESERVE", "Réservation à l’instruction"
    UNRESERVE = "UNRESERVE", "Réservation rendue"
    COMMIT = "COMMIT", "Engagement à la signature"
    RELEASE = "RELEASE", "Dégagement"
    PAYMENT = "PAYMENT", "Paiement"
    CLAWBACK = "CLAWBACK", "Reversement"
    CORRECTION = "CORRECTION", "Correction"


class Tie(TextChoices):
    """How the two accounts of a transfer are related."""

    ROOT = "ROOT", "avec l’extérieur, pour une enveloppe racine"
    CHILD = "CHILD", "de la mère à la fille"
    PARENT = "PARENT", "de la fille à la mère"
    SAME_ENVELOPE = "SAME_ENVELOPE", "dans la même enveloppe"
    SAME_ANNEXE = "SAME_ANNEXE", "dans la même enveloppe et la même annexe"


class VersionState(TextChoices):
    """The ASP's states of an annexe financière."""

    BROUILLON = "BROUILLON", "Brouillon"
    SAISI = "SAISI", "Saisie terminée"
    PROVISOIRE = "PROVISOIRE", "Provisoire"
    VALIDE = "VALIDE", "Validée"
    HISTORISE = "HISTORISE", "Archivée"
    CLOTURE = "CLOTURE", "Clôturée"
    REJETE = "REJETE", "Rejetée"
    ANNULE = "ANNULE", "Annulée"


class Job(TextChoices):
    CONSUMPTION = "CONSUMPTION", "Consommation des annexes"
    OUTCOMES = "OUTCOMES", "Résultats à la sortie"
    MODULATION = "MODULATION", "Score de modulation"
    CONVENTIONS = "CONVENTIONS", "Préparation des conventions"


class StepStatus(TextChoices):
    WAITING = "WAITING", "En attente"
    RUNNING = "RUNNING", "En cours"
    DONE = "DONE", "Terminée"
    FAILED = "FAILED", "En échec"


class LineOutcome(TextChoices):
    CREATED = "CREATED", "Créée"
    REFRESHED = "REFRESHED", "Mise à jour"
    UNCHANGED = "UNCHANGED", "Inchangée"
    BLOCKED = "BLOCKED", "Bloquée"


class Relation(TextChoices):
    """How a published figure binds ours."""

    EQUAL = "=", "égal"
    ABOUT = "≈", "environ"
    MORE = ">", "plus de"


class Phase(IntegerChoices):
    """Jobs of one campaign run in this order; a phase waits for the one before."""

    CONSUMPTION = 1, "Consommation"
    OUTCOMES = 2, "Résultats à la sortie"
    MODULATION = 3, "Modulation"
    CONVENTIONS = 4, "Conventions"


class ConsumptionStatus(TextChoices):
    """Mean of the realised ETP against the ETP agreed (R30)."""

    UNDER = "UNDER", "Sous-consommation"
    CONFORM = "CONFORM", "Conforme"
    OVER = "OVER", "Sur-consommation"


class Criterion(TextChoices):
    """The three families of criteria of the modulated share (R22)."""

    PUBLIC = "PUBLIC", "Public accueilli"
    EFFORT = "EFFORT", "Effort d’insertion"
    RESULTATS = "RESULTATS", "Résultats à la sortie"


class ForecastRefusal(TextChoices):
    """What is wrong with the exits forecast in an annexe (R10)."""

    OUT_OF_RANGE = "OUT_OF_RANGE", "Un taux prévu va de 0 à 100 %."
    OVER_100 = "OVER_100", "La somme des taux prévus dépasse 100 %."
    SUM = (
        "SUM",
        (
            "Les sorties dynamiques prévues sont la somme de l’emploi durable, "
            "de l’emploi de transition et des sorties positives."
        ),
    )


class YearlyPiece(TextChoices):
    """What a structure sends each year: its accounts and the headings of its bilan.

    Source : Code du travail, art. R. 5132-3 (R12).
    """

    ACCOUNTS = "ACCOUNTS", "Comptes annuels"
    MEANS = "MEANS", "Moyens humains et matériels"
    PEOPLE = "PEOPLE", "Personnes accueillies et contrats"
    FOLLOW_UP = "FOLLOW_UP", "Accompagnement individuel"
    SOCIAL = "SOCIAL", "Propositions d’accompagnement social"
    CAREER = "CAREER", "Propositions d’orientation, de formation et d’emploi"
    RESULTS = "RESULTS", "Situation des personnes sorties"


class IssueKind(TextChoices):
    """What became of a line of an import that was not taken as it stands."""

    REJECTED = "REJECTED", "Rejetée"
    SET_ASIDE = "SET_ASIDE", "Mise de côté"
    WARNING = "WARNING", "Lue avec une réserve"


class PrintOutcome(TextChoices):
    """What became of an annexe in a run that prints them all."""

    WAITING = "WAITING", "À faire"
    MADE = "MADE", "Fait"
    UNCHANGED = "UNCHANGED", "Inchangé"
    REFUSED = "REFUSED", "Refusé"


class Subject(TextChoices):
    """What has a life: a convention, or a version of an annexe."""

    CONVENTION = "CONVENTION", "Convention"
    ANNEXE = "ANNEXE", "Annexe financière"


class Actor(TextChoices):
    """In what quality somebody moves a file."""

    AGENT = "AGENT", "Agent instructeur"
    SIGNATORY = "SIGNATORY", "Délégataire de signature"
    DIRECTION = "DIRECTION", "Direction de la structure"
    SYSTEM = "SYSTEM", "L’application"


class Turn(TextChoices):
    """Whose turn it is before a file goes on; the value is in the address of the list."""

    STRUCTURE = "structure", "La structure"
    SERVICE = "service", "Le service"
    CDIAE = "cdiae", "Le CDIAE"
    SIGNATORY = "delegataire", "Le délégataire"


class Act(TextChoices):
    """What one does to a file, as its button says it."""

    SUBMIT = "SUBMIT", "Envoyer à l’instruction"
    CANCEL = "CANCEL", "Abandonner"
    ASK_CORRECTION = "ASK_CORRECTION", "Demander une correction"
    ANSWER = "ANSWER", "Renvoyer le dossier corrigé"
    TAKE_BACK = "TAKE_BACK", "Reprendre sans attendre"
    SEND_TO_CDIAE = "SEND_TO_CDIAE", "Inscrire au CDIAE"
    RECORD_OPINION = "RECORD_OPINION", "Enregistrer l’avis du CDIAE"
    VALIDATE = "VALIDATE", "Proposer à la signature"
    REOPEN = "REOPEN", "Remettre en instruction"
    REJECT = "REJECT", "Refuser"
    SIGN = "SIGN", "Signer"
    AMEND = "AMEND", "Remplacer par un avenant"
    SUSPEND = "SUSPEND", "Suspendre"
    RESUME = "RESUME", "Lever la suspension"
    NOTIFY_BREACH = "NOTIFY_BREACH", "Mettre en demeure"
    LIFT_BREACH = "LIFT_BREACH", "Lever la mise en demeure"
    TERMINATE = "TERMINATE", "Résilier"
    CLOSE = "CLOSE", "Clôturer"
    RECONSIDER = "RECONSIDER", "Reprendre après recours"


class Stage(TextChoices):
    """Finer than the ASP’s state: where an annexe is inside it. Empty says nothing more."""

    CORRECTION = "CORRECTION", "Correction demandée"
    OPINION = "OPINION", "Avis du CDIAE attendu"
    READY = "READY", "Prête à signer"
    SUSPENDED = "SUSPENDED", "Suspendue"
    BREACH = "BREACH", "Mise en demeure"
    TERMINATED = "TERMINATED", "Résiliée"


class PaymentOrigin(TextChoices):
    ENTERED = "ENTERED", "Saisi"
    FILE = "FILE", "Fichier"


class ClaimReason(TextChoices):
    """Why what was paid is claimed back (R86, R87)."""

    UNDERUSE = "UNDERUSE", "Les heures déclarées valent moins que l’aide payée"
    TERMINATED = "TERMINATED", "La convention est résiliée"
    NO_AVENANT = "NO_AVENANT", "Aucun avenant n’a suivi l’annexe reconduite"
    EXCESS = "EXCESS", "L’ASP a versé plus que l’annexe"
    OTHER = "OTHER", "Autre motif"


class FdiKind(TextChoices):
    """What a FDI may help. Source : travail-emploi.gouv.fr, fiche FDI."""

    START = "START", "Démarrage"
    DEVELOPMENT = "DEVELOPMENT", "Développement"
    CONSOLIDATION = "CONSOLIDATION", "Consolidation exceptionnelle"
    CONSULTANCY = "CONSULTANCY", "Conseil"


class FdiStatus(TextChoices):
    RECEIVED = "RECEIVED", "Reçue"
    ADVISED = "ADVISED", "Avis rendu"
    AGREED = "AGREED", "Accordée"
    ADVANCED = "ADVANCED", "Avance versée"
    OVERPAID = "OVERPAID", "Trop-perçu à reverser"
    SETTLED = "SETTLED", "Soldée"
    REFUSED = "REFUSED", "Refusée"
    CANCELLED = "CANCELLED", "Abandonnée"


class FdiAct(TextChoices):
    """What one does to a FDI request, as its button says it."""

    RECORD_OPINION = "RECORD_OPINION", "Enregistrer l’avis du CDIAE"
    AGREE = "AGREE", "Accorder l’aide"
    REFUSE = "REFUSE", "Refuser l’aide"
    PAY_ADVANCE = "PAY_ADVANCE", "Verser l’avance"
    SETTLE = "SETTLE", "Approuver le bilan et solder"
    RECOVER = "RECOVER", "Enregistrer le reversement"
    CANCEL = "CANCEL", "Abandonner"


class AppealKind(TextChoices):
    GRACIEUX = "GRACIEUX", "Recours gracieux"
    HIERARCHIQUE = "HIERARCHIQUE", "Recours hiérarchique"
    CONTENTIEUX = "CONTENTIEUX", "Recours contentieux"


class AppealOutcome(TextChoices):
    UPHELD = "UPHELD", "Accueilli"
    DISMISSED = "DISMISSED", "Rejeté"
    WITHDRAWN = "WITHDRAWN", "Retiré par la structure"


# Decisions a structure may appeal against.
CONTESTABLE = [Act.REJECT, Act.SUSPEND, Act.TERMINATE]
