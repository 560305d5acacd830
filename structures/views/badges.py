"""How each state is shown: a tone, an icon, and the word of its enum."""

from dataclasses import dataclass

from structures.enums import Confidence, Status, StructureKind


@dataclass(frozen=True)
class Badge:
    label: str
    tone: str = "neutral"
    icon: str = ""


SUCCESS, INFO, WARNING, ERROR, NEUTRAL = (
    ("success", "fr-icon-checkbox-circle-fill"),
    ("info", "fr-icon-time-line"),
    ("warning", "fr-icon-alert-fill"),
    ("error", "fr-icon-error-fill"),
    ("neutral", "fr-icon-archive-line"),
)
DRAFT = ("neutral", "fr-icon-draft-line")

# Shorter than the enum’s sentence: a badge is one or two words.
SHORT = {
    Confidence.VERIFIED: "Vérifiée",
    Confidence.SECONDARY: "Source secondaire",
    Confidence.RECALLED: "De mémoire",
}
LOOKS = {
    Status.DRAFT: DRAFT,
    Status.INSTRUCTION: INFO,
    Status.CORRECTION: WARNING,
    Status.OPINION: ("info", "fr-icon-team-line"),
    Status.READY: ("info", "fr-icon-edit-line"),
    Status.SIGNED: SUCCESS,
    Status.AMENDED: NEUTRAL,
    Status.SUSPENDED: WARNING,
    Status.BREACH: ERROR,
    Status.TERMINATED: ERROR,
    Status.CLOSED: ("info", "fr-icon-lock-line"),
    Status.REJECTED: ERROR,
    Status.CANCELLED: NEUTRAL,
    Confidence.VERIFIED: SUCCESS,
    Confidence.SECONDARY: ("info", "fr-icon-file-text-line"),
    Confidence.DERIVED: ("info", "fr-icon-settings-5-line"),
    Confidence.RECALLED: WARNING,
    Confidence.TO_CONFIRM: WARNING,
    StructureKind.ACI: ("kind-aci", "fr-icon-seedling-line"),
    StructureKind.AI: ("kind-ai", "fr-icon-team-line"),
    StructureKind.EI: ("kind-ei", "fr-icon-building-line"),
    StructureKind.ETTI: ("kind-etti", "fr-icon-briefcase-line"),
}


def badge_of(state, looks=None):
    """The badge of an enum's member; apps add their own looks."""
    tone, icon = (looks or LOOKS)[state]
    label = state.value if isinstance(state, StructureKind) else state.label
    label = SHORT.get(state, label)
    return Badge(label[0].upper() + label[1:], tone, icon)
