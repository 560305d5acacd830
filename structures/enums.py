"""The words of structures: stable value, French label, nothing else."""

from django.db.models import TextChoices


class StructureKind(TextChoices):
    ACI = "ACI", "Atelier ou chantier d’insertion"
    AI = "AI", "Association intermédiaire"
    EI = "EI", "Entreprise d’insertion"
    ETTI = "ETTI", "Entreprise de travail temporaire d’insertion"


class Measure(TextChoices):
    """ASP code of the kind of convention: DC droit commun, MP milieu pénitentiaire."""

    ACI_DC = "ACI_DC", "ACI, droit commun"
    ACI_MP = "ACI_MP", "ACI, milieu pénitentiaire"
    AI_DC = "AI_DC", "AI, droit commun"
    EI_DC = "EI_DC", "EI, droit commun"
    EI_MP = "EI_MP", "EI, milieu pénitentiaire"
    ETTI_DC = "ETTI_DC", "ETTI, droit commun"
    FDI_DC = "FDI_DC", "FDI, droit commun"


class Place(TextChoices):
    METROPOLE = "METROPOLE", "Métropole, hors milieu pénitentiaire"
    PRISON = "PRISON", "Milieu pénitentiaire"
    MAYOTTE = "MAYOTTE", "Mayotte"


class Confidence(TextChoices):
    """How sure we are of a value: a primary text, a secondary one, a computation…"""

    VERIFIED = "V", "vérifiée dans le texte"
    SECONDARY = "V2", "vérifiée dans une source secondaire"
    DERIVED = "D", "calculée"
    RECALLED = "R", "de mémoire, non vérifiée"
    TO_CONFIRM = "à confirmer", "à confirmer"


class Origin(TextChoices):
    FILE = "FILE", "livrée avec l’application"
    ADMIN = "ADMIN", "ajoutée par l’administration"


class Role(TextChoices):
    AGENT = "AGENT", "Agent instructeur"
    DIRECTION = "DIRECTION", "Direction"
    CIP = "CIP", "Conseil en insertion professionnelle"
    ENCADRANT = "ENCADRANT", "Encadrement technique"
    GESTIONNAIRE = "GESTIONNAIRE", "Gestion"


class Status(TextChoices):
    """Where a file is, convention or annexe, in the words of the agents."""

    DRAFT = "DRAFT", "Brouillon"
    INSTRUCTION = "INSTRUCTION", "En instruction"
    CORRECTION = "CORRECTION", "Correction demandée"
    OPINION = "OPINION", "Avis du CDIAE attendu"
    READY = "READY", "Prête à signer"
    SIGNED = "SIGNED", "Signée"
    AMENDED = "AMENDED", "Remplacée par un avenant"
    SUSPENDED = "SUSPENDED", "Suspendue"
    BREACH = "BREACH", "Mise en demeure"
    TERMINATED = "TERMINATED", "Résiliée"
    CLOSED = "CLOSED", "Close"
    REJECTED = "REJECTED", "Refusée"
    CANCELLED = "CANCELLED", "Abandonnée"


# Not yet signed, and still going somewhere: one such file at a time.
OPEN = [
    Status.DRAFT,
    Status.INSTRUCTION,
    Status.CORRECTION,
    Status.OPINION,
    Status.READY,
]
# Signed, and not ended: what is worked and paid under it counts.
IN_FORCE = [Status.SIGNED, Status.SUSPENDED, Status.BREACH]
# Never signed, and never will be.
DROPPED = [Status.REJECTED, Status.CANCELLED]


class RequestStep(TextChoices):
    """The steps of a request, in the order one fills them; the value is in the address."""

    PROJECT = "projet", "Projet d’insertion"
    MEANS = "moyens", "Encadrement et moyens"
    POSTS = "postes", "Postes demandés"
    BUDGET = "budget", "Budget prévisionnel"
    PIECES = "pieces", "Pièces jointes"
    SENDING = "envoi", "Relire et envoyer"


class PostKind(TextChoices):
    """The contracts of the posts a structure asks for."""

    CDDI = "CDDI", "CDD d’insertion"
    MAD = "MAD", "Mise à disposition"
    MISSION = "MISSION", "Contrat de mission"
    CDI = "CDI", "CDI inclusion"


class AttachmentKind(TextChoices):
    STATUTES = "STATUTES", "Statuts"
    MANDATE = "MANDATE", "Pouvoir du signataire"
    BANK = "BANK", "Relevé d’identité bancaire"
    ACCOUNTS = "ACCOUNTS", "Comptes du dernier exercice"
    BUDGET = "BUDGET", "Budget détaillé"
    OTHER = "OTHER", "Autre pièce"


class SalesVerdict(TextChoices):
    """Sales of an ACI against its charges (R14)."""

    WITHIN = "WITHIN", "Sous la limite"
    DECISION = "DECISION", "Demande une décision"
    OVER = "OVER", "Au-dessus du maximum"


class OpinionSense(TextChoices):
    """What a CDIAE says of a file."""

    FAVOURABLE = "FAVOURABLE", "Favorable"
    RESERVED = "RESERVED", "Favorable avec réserve"
    UNFAVOURABLE = "UNFAVOURABLE", "Défavorable"
    POSTPONED = "POSTPONED", "Reporté"


class DocumentKind(TextChoices):
    """What the service writes and signs, or sends."""

    CONVENTION = "CONVENTION", "Convention"
    ANNEXE = "ANNEXE", "Annexe financière"
    AVENANT = "AVENANT", "Avenant"
    NOTIFICATION = "NOTIFICATION", "Lettre de notification"
    BREACH = "BREACH", "Mise en demeure"
    AGENDA = "AGENDA", "Ordre du jour du CDIAE"
    MINUTES = "MINUTES", "Procès-verbal du CDIAE"


class PageOutcome(TextChoices):
    """What became of a page of a scan."""

    WAITING = "WAITING", "À lire"
    FILED = "FILED", "Classée"
    DUPLICATE = "DUPLICATE", "En double"
    UNREADABLE = "UNREADABLE", "Sans code lisible"
    UNKNOWN = "UNKNOWN", "Code inconnu"
    IGNORED = "IGNORED", "Écartée"


# Somebody has to look at these.
TO_FILE = [PageOutcome.DUPLICATE, PageOutcome.UNREADABLE, PageOutcome.UNKNOWN]


class Access(TextChoices):
    """What a structure’s users may do, depending on its annexes (R8)."""

    FULL = "FULL", "Accès complet"
    PARTIAL = "PARTIAL", "Accès partiel, en attendant une annexe"
    NONE = "NONE", "Pas d’accès"


class LifeKind(TextChoices):
    """What happens to a structure beside its files; each is a dated act."""

    IDENTITY = "IDENTITY", "Changement de SIRET ou de porteur"
    SECOND_KIND = "SECOND_KIND", "Second type"
    CLOSING = "CLOSING", "Fermeture"
    MERGER = "MERGER", "Fusion"
    VISIT = "VISIT", "Visite de contrôle"
    FOLLOW_UP = "FOLLOW_UP", "Suites de la visite"


# After these, the structure is closed.
ENDS = [LifeKind.CLOSING, LifeKind.MERGER]
# These name the other structure.
OF_TWO = [LifeKind.MERGER, LifeKind.SECOND_KIND]
