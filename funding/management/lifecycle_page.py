"""docs/lifecycle.md, written from the table of moves: `python -m funding.management.lifecycle_page`."""

from pathlib import Path

from funding.enums import Actor, Subject
from funding.rules.lifecycle.asp import ASP
from funding.rules.lifecycle.moves import TABLE
from funding.rules.lifecycle.words import FOR_STRUCTURE
from structures.enums import Status

PAGE = Path("docs/lifecycle.md")
HEAD = """# La vie d’une convention et d’une annexe

Écrit depuis la table (`funding/rules/lifecycle/`) : ne le modifiez pas ici. Elle est le seul
endroit qui fait changer un statut ; les boutons et le serveur la lisent. Rien n’est possible
qui n’y soit pas.
"""


def page() -> str:
    parts = [HEAD, *(of_subject(subject) for subject in Subject), statuses()]
    return "\n".join(parts)


def of_subject(subject: Subject) -> str:
    lines = [
        f"## {subject.label}\n",
        "| De | Acte | Vers | Qui | Conditions |",
        "|---|---|---|---|---|",
    ]
    for row in TABLE[subject]:
        who = ", ".join(it.label for it in Actor if it in row.actors)
        conditions = [first_line(one) for one in row.conditions]
        if row.needs_reason:
            conditions.append("Un motif est écrit.")
        lines.append(
            f"| {row.source.label} | {row.act.label} | {row.target.label} | {who} "
            f"| {' '.join(conditions)} |"
        )
    return "\n".join([*lines, ""])


def first_line(condition) -> str:
    return condition.__doc__.strip().splitlines()[0]


def statuses() -> str:
    lines = [
        "## Statuts\n",
        "| Statut | Ce que lit la structure | État de l’ASP | Étape |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {status.label} | {FOR_STRUCTURE[status]} | {state} | {stage or '—'} |"
        for status in Status
        for state, stage in [ASP[status]]
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
