"""What the public page answers: a title, what it means, what to do."""

from dataclasses import dataclass

from structures.figures.verification import Verdict


@dataclass(frozen=True)
class Answer:
    tone: str
    title: str
    text: str


GENUINE = Answer(
    "success",
    "Document authentique",
    "Ce fichier est exactement celui que le service a émis : pas un octet n’a changé.",
)
SIGNED = Answer(
    "success",
    "Copie signée authentique",
    "Ce fichier est exactement la copie signée que le service a classée.",
)
KNOWN = Answer(
    "success",
    "Le service a émis ce document",
    "Le numéro est celui d’un document du service. Comparez la nature, la date et le "
    "nombre de pages à ce que vous tenez. Pour une certitude à l’octet près, déposez le "
    "fichier PDF.",
)
ALTERED = Answer(
    "error",
    "Document modifié",
    "Il porte le numéro d’un document du service, mais il ne lui est pas identique. Une "
    "page numérisée ou un fichier réenregistré donnent aussi cette réponse. Demandez "
    "l’original au service avant de vous y fier.",
)
UNKNOWN = Answer(
    "warning",
    "Ce document n’est pas de ce service",
    "Aucun document émis ici ne porte ce numéro. Vérifiez les douze signes au bas de la "
    "page, ou déposez le fichier PDF reçu.",
)
DRAFT = Answer(
    "warning",
    "Projet émis par le service",
    "Ce fichier est bien celui du service, mais c’est un projet : il est sans valeur "
    "juridique et ne se signe pas. Demandez au service le document définitif.",
)
DRAFT_KNOWN = Answer(
    "warning",
    "Le service a émis ce document comme projet",
    "Le numéro est celui d’un projet : il est sans valeur juridique et ne se signe pas. "
    "Demandez au service le document définitif.",
)
NOT_A_PDF = Answer(
    "warning",
    "Ce fichier n’est pas un PDF",
    "Le service émet des fichiers PDF : déposez celui que vous avez reçu, tel quel. Si "
    "vous n’avez qu’un papier, une photo ou une copie dans un autre format, saisissez le "
    "numéro écrit au bas de chaque page.",
)
ANSWERS = {
    (Verdict.GENUINE, False): GENUINE,
    (Verdict.GENUINE, True): SIGNED,
    (Verdict.KNOWN, False): KNOWN,
    (Verdict.ALTERED, False): ALTERED,
    (Verdict.UNKNOWN, False): UNKNOWN,
    (Verdict.NOT_A_PDF, False): NOT_A_PDF,
}
DRAFTS = {Verdict.GENUINE: DRAFT, Verdict.KNOWN: DRAFT_KNOWN}
TOO_OFTEN = Answer(
    "warning",
    "Trop de demandes",
    "Votre adresse a fait beaucoup de vérifications cette minute. Attendez une minute, "
    "puis recommencez.",
)
