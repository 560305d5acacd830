"""What the structure reads of a status: where its file is, and whose turn it is."""

from funding.enums import Turn
from structures.enums import Status

FOR_STRUCTURE = {
    Status.DRAFT: "En préparation",
    Status.INSTRUCTION: "En cours d’examen par le service",
    Status.CORRECTION: "À corriger par vous",
    Status.OPINION: "Examinée par le CDIAE",
    Status.READY: "En attente de signature",
    Status.SIGNED: "En vigueur",
    Status.AMENDED: "Remplacée par un avenant",
    Status.SUSPENDED: "Suspendue",
    Status.BREACH: "Mise en demeure : répondez",
    Status.TERMINATED: "Résiliée",
    Status.CLOSED: "Terminée",
    Status.REJECTED: "Refusée",
    Status.CANCELLED: "Abandonnée",
}

# Who must act for the file to go on; the others end it, or wait for a day.
TURN = {
    Status.DRAFT: Turn.STRUCTURE,
    Status.INSTRUCTION: Turn.SERVICE,
    Status.CORRECTION: Turn.STRUCTURE,
    Status.OPINION: Turn.CDIAE,
    Status.READY: Turn.SIGNATORY,
    Status.SUSPENDED: Turn.SIGNATORY,
    Status.BREACH: Turn.STRUCTURE,
}
