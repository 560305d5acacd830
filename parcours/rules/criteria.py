"""The eighteen administrative criteria: their level, their proof, how old it may be.

Source : Code du travail, art. R. 5132-1-7 ; les emplois de l’inclusion, critères
administratifs. They open a PASS IAE; in 2018-2019 they only describe a person.
"""

from dataclasses import dataclass

from parcours.enums import Criterion, ProofAge


@dataclass(frozen=True)
class CriterionProof:
    """Level 1 is enough alone, level 2 goes with others. `proof` is what is kept."""

    level: int
    proof: str
    age: ProofAge = ProofAge.RECENT


REGISTERED = "Attestation France Travail"
# fmt: off
CRITERIA = {
    Criterion.RSA: CriterionProof(1, "Attestation RSA"),
    Criterion.ASS: CriterionProof(1, "Attestation ASS"),
    Criterion.AAH: CriterionProof(1, "Attestation AAH"),
    Criterion.DETLD: CriterionProof(1, REGISTERED),
    # A diploma has no age: only the sworn statement does.
    Criterion.CAP_BEP: CriterionProof(2, "Diplôme ou attestation sur l’honneur"),
    Criterion.SENIOR: CriterionProof(2, "Pièce d’identité", ProofAge.NONE),
    Criterion.JEUNE: CriterionProof(2, "Pièce d’identité", ProofAge.NONE),
    Criterion.ASE: CriterionProof(2, "Attestation de l’ASE"),
    Criterion.DELD: CriterionProof(2, REGISTERED),
    Criterion.TH: CriterionProof(2, "Décision de RQTH", ProofAge.VALID),
    Criterion.PI: CriterionProof(2, "Attestation de la CAF"),
    Criterion.PSH_PR: CriterionProof(2, "Certificat de domiciliation ou déclaration d’un travailleur social"),
    Criterion.REF_DA: CriterionProof(2, "Titre de séjour ou autorisation de travail", ProofAge.VALID),
    Criterion.ZRR: CriterionProof(2, "Justificatif de domicile"),
    Criterion.QPV: CriterionProof(2, "Justificatif de domicile"),
    Criterion.DETENTION_MJ: CriterionProof(2, "Billet de sortie ou attestation du juge de l’application des peines"),
    Criterion.FLE: CriterionProof(2, "Évaluation de français langue étrangère"),
    Criterion.PM: CriterionProof(2, "Diagnostic de mobilité d’un prescripteur habilité"),
}
# fmt: on
FIRST_LEVEL = frozenset(one for one, proof in CRITERIA.items() if proof.level == 1)
