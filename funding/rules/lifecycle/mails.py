"""What a structure is told to do once its file has moved; nothing when it only waits."""

from funding.enums import Act

NEXT = {
    Act.ASK_CORRECTION: "Le service a commenté des champs : corrigez-les ou répondez, puis "
    "renvoyez le dossier.",
    Act.SIGN: "Vous pouvez télécharger le dossier signé.",
    Act.SUSPEND: "Vos saisies restent possibles ; les versements attendent la reprise.",
    Act.NOTIFY_BREACH: "Vous recevez une lettre : présentez vos observations dans le délai "
    "qu’elle indique.",
    Act.TERMINATE: "Le service vous écrira pour les sommes qui restent dues.",
    Act.REJECT: "Le motif est ci-dessus ; le service peut vous l’expliquer. Vous pouvez le "
    "contester : les voies et délais de recours sont dans la décision.",
    Act.RECONSIDER: "Votre recours est accueilli : le dossier est examiné de nouveau.",
}
# Steps of the service alone: the structure need not read of them.
SILENT = frozenset({Act.AMEND, Act.TAKE_BACK, Act.ANSWER})
