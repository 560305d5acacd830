"""Our statuses and the ASP’s states: each of ours has one of theirs, and a stage."""

from funding.enums import Stage, VersionState
from structures.enums import Status

# A provisional annexe is signed: PROVISOIRE reads SIGNED too.
ASP = {
    Status.DRAFT: (VersionState.BROUILLON, ""),
    Status.INSTRUCTION: (VersionState.SAISI, ""),
    Status.CORRECTION: (VersionState.SAISI, Stage.CORRECTION),
    Status.OPINION: (VersionState.SAISI, Stage.OPINION),
    Status.READY: (VersionState.SAISI, Stage.READY),
    Status.SIGNED: (VersionState.VALIDE, ""),
    Status.SUSPENDED: (VersionState.VALIDE, Stage.SUSPENDED),
    Status.BREACH: (VersionState.VALIDE, Stage.BREACH),
    Status.AMENDED: (VersionState.HISTORISE, ""),
    Status.CLOSED: (VersionState.CLOTURE, ""),
    Status.TERMINATED: (VersionState.CLOTURE, Stage.TERMINATED),
    Status.REJECTED: (VersionState.REJETE, ""),
    Status.CANCELLED: (VersionState.ANNULE, ""),
}
PROVISIONAL = {
    Status.SIGNED: (VersionState.PROVISOIRE, ""),
    Status.SUSPENDED: (VersionState.PROVISOIRE, Stage.SUSPENDED),
    Status.BREACH: (VersionState.PROVISOIRE, Stage.BREACH),
}
PAIRS = {
    (state, str(stage)): status
    for table in (ASP, PROVISIONAL)
    for status, (state, stage) in table.items()
}
