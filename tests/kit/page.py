"""docs/rules.md, written from the kit."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from structures.enums import Confidence
from tests.kit.reading import DATABASE, Case, Rule, all_cases, all_rules

PAGE = Path("docs/rules.md")
HEAD = """# Règles et cas d’école

Chaque règle a au moins un exemple chiffré, que l’on peut refaire à la main et qui est
joué contre le code à chaque exécution des tests. Les chiffres de la loi viennent de
`structures/law/*.toml`, à leur date.

Page écrite par `python -m tests.kit` depuis `tests/kit/` : ne pas la modifier.
"""


def page() -> str:
    """The whole page, one section a rule."""
    cases = all_cases()
    sections = [
        section(rule, [case for case in cases if case.rule == rule.id])
        for rule in all_rules().values()
    ]
    return "\n".join([HEAD, *sections])


def section(rule: Rule, cases: list[Case]) -> str:
    places = dict.fromkeys(place(case) for case in cases)
    rows = [
        f"| {cell(case.title)} | {cell(given(case))} | {cell(outcome(case))}"
        f" | {cell(origin(case, rule))} |"
        for case in cases
    ]
    return "\n".join(
        [
            f"## {rule.id}. {rule.title}",
            "",
            f"Source : {rule.source} ({Confidence(rule.confidence).label}).",
            f"Dans le code : {', '.join(places)}.",
            "",
            "| Exemple | Données | Attendu | Source de l’exemple |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def place(case: Case) -> str:
    if case.target == DATABASE:
        return f"la base (`tests/kit/executors/{case.executor.split('.')[0]}.py`)"
    module, name = case.target.rsplit(".", 1)
    path = module.replace(".", "/")
    file = f"{path}/__init__.py" if Path(path).is_dir() else f"{path}.py"
    return f"[`{name}`](../{file})"


def given(case: Case) -> str:
    return " ; ".join(f"{name} = {shown(value)}" for name, value in case.inputs.items())


def outcome(case: Case) -> str:
    if case.refused:
        return f"refusé : {case.refused}" + (
            f" « {case.message} »" if case.message else ""
        )
    if case.none:
        return "aucune valeur"
    return shown(case.expected)


def origin(case: Case, rule: Rule) -> str:
    if (case.source, case.confidence) == (rule.source, rule.confidence):
        return "celle de la règle"
    return f"{case.source} ({Confidence(case.confidence).label})"


def shown(value: Any) -> str:
    """A value as French readers write it; a law’s value by its name and day."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | Decimal):
        return number(Decimal(value))
    if isinstance(value, list):
        return "[" + " ; ".join(map(shown, value)) + "]"
    if isinstance(value, dict) and "law" in value:
        asked = [part for name, part in value.items() if name not in {"law", "since"}]
        found = f"loi({' '.join([value['law'], *map(shown, asked)])})"
        return f"effet de {found}" if value.get("since") else found
    if isinstance(value, dict):
        return ", ".join(f"{name} : {shown(part)}" for name, part in value.items())
    return str(value)


def number(value: Decimal) -> str:
    """With thin spaces from 10 000 on, so that a year stays a year."""
    text = f"{value:,f}" if abs(value) >= 10_000 else f"{value:f}"
    return text.replace(",", "\u202f").replace(".", ",")


def cell(text: str) -> str:
    return text.replace("\n", "⏎").replace("|", "\\|")
