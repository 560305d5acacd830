"""Interviews written and corrected; what they said before is kept."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from parcours.actions.refusals import ParcoursRefused, refuse
from parcours.enums import Medium
from parcours.figures.notes import notes_of
from parcours.figures.sight import accompanied_structures
from parcours.figures.stays import contract_on
from parcours.models import Contract, Interview, InterviewRevision, PrivateNote
from parcours.rules.interviews import written_findings
from structures.models import User

FIELDS = {"FUTURE": "held_on", "BEFORE_HIRING": "held_on", "MINUTES": "minutes"}


@dataclass(frozen=True, kw_only=True)
class InterviewSaid:
    """An interview as it is typed; `notes` are kept apart from the rest."""

    held_on: date
    medium: Medium
    minutes: int
    summary: str = ""
    notes: str = ""

    def shared(self) -> dict[str, object]:
        return {
            "held_on": self.held_on,
            "medium": self.medium,
            "minutes": self.minutes,
            "summary": self.summary.strip(),
        }


def check_accompanies(user: User, contract: Contract) -> None:
    """Raises ParcoursRefused when the person is neither CIP nor direction there."""
    if contract.structure_id not in accompanied_structures(user):
        raise ParcoursRefused(
            "L’accompagnement s’écrit par les conseillers et la direction de la "
            "structure qui emploie la personne."
        )


def check_said(said: InterviewSaid, contract: Contract, on: date) -> None:
    found = written_findings(
        held_on=said.held_on, minutes=said.minutes, hired_on=contract.hired_on, on=on
    )
    refuse(found, fields=FIELDS)


@transaction.atomic
def record_interview(
    *, contract: Contract, said: InterviewSaid, by: User, on: date
) -> Interview:
    """Keep an interview on the contract of its day. Raises ParcoursRefused."""
    check_accompanies(by, contract)
    check_said(said, contract, on)
    interview = Interview.objects.create(
        **said.shared(),
        contract=contract_on(contract, said.held_on),
        counsellor=str(by)[:120],
        by=by,
    )
    if notes := said.notes.strip():
        PrivateNote.objects.create(interview=interview, text=notes, by=by)
    return interview


@transaction.atomic
def correct_interview(
    *, interview: Interview, said: InterviewSaid, by: User, on: date
) -> Interview:
    """Write an interview again, by its author; what it said is kept.

    Raises ParcoursRefused for anybody else, and for one that came from a file.
    """
    rows = Interview.objects.select_for_update(of=("self",)).select_related("contract")
    interview = rows.get(pk=interview.pk)
    if interview.by_id != by.pk:
        raise ParcoursRefused(
            "Un entretien se corrige par la personne qui l’a écrit : demandez-le-lui."
        )
    check_accompanies(by, interview.contract)
    check_said(said, interview.contract, on)
    before = {name: getattr(interview, name) for name in said.shared()}
    if before != said.shared():
        InterviewRevision.objects.create(interview=interview, by=by, **before)
        for name, value in said.shared().items():
            setattr(interview, name, value)
        interview.contract = contract_on(interview.contract, said.held_on)
        interview.save()
    keep_notes(interview, said.notes.strip(), by)
    return interview


def keep_notes(interview: Interview, text: str, by: User) -> None:
    """Another note when the text changed: the last one counts, the others stay."""
    known = notes_of(interview, user=by) or []
    if text != (known[0].text if known else ""):
        PrivateNote.objects.create(interview=interview, text=text, by=by)
