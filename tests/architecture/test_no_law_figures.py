"""No figure of the law stands in the code: it comes from law/, at its date.

The figures looked for are read from the law itself, so that a new one is watched as soon
as it is written there. Ordinary numbers are left out: small or round ones, and lengths.
"""

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models import CheckConstraint

from bench.flux.generate import UNITS
from bench.flux.rows import DAY
from parcours.models import Contract
from structures.law import all_values, history, in_force
from structures.models import Convention

FOLDERS = ("structures", "parcours", "funding", "iae_manager", "seeds", "bench")
# A year of days, a page of rows, an HTTP answer: too common to mean a figure of the law.
ORDINARY = {Decimal(number) for number in (365, 1000, 10000)}
# These stand in the code and are not the law’s, though they are worth as much.
EXCEPTIONS = {
    "seeds/agreed.py": ({"150"}, "hundredths of ETP"),
    "seeds/hours.py": ({"0.88"}, "the hours of August, in the seasons of a kind"),
}
# A constant may be small and round, and still be the law’s: each one equal to a figure of
# the law, or to what is left of one, is named here with what it is.
NOT_THE_LAW = {
    "the width of a bar, seconds, tries, processes": {
        *("WIDTH", "SECONDS_BETWEEN_LOOKS", "LONGEST_WAIT", "STOP_SECONDS"),
        *("DEEPEST", "MAX_ATTEMPTS", "YEARS_AHEAD", "SECONDS_BETWEEN_LINES"),
        *("PATIENCE", "TRIES", "CELERY_WORKER_PREFETCH_MULTIPLIER"),
        *("A_MINUTE", "PRINTERS", "UNLIKELY_TIMES", "MANY", "TURNS"),
        "WORKED_DAYS",
    },
    "an index, a flag or a version of a program": {
        *(
            "ANY",
            "ENCRYPTED",
            "OLDEST_POSTGRES",
            "PR_SET_PDEATHSIG",
            "SIREN_PREFIX",
            "ZERO",
        ),
    },
    "how much a page shows, or a job looks back at": {
        *("MONTHS_LOOKED_AT", "YEARS_BACK", "SHOWN", "ALMOST_NOTHING"),
        *("USUAL_PAGES", "FIRST_PAGES", "LENGTH", "PAGE_SIZE", "LISTED"),
    },
    "a draw of the simulated territory": {
        *("FORGOTTEN_AFTER", "LIFTED", "LEAST", "RECORDED_AFTER", "NOT_RENEWED_EVERY"),
        *("MOST", "YEAR_BEFORE", "WIDEST", "WITHDRAWN_OF_100", "MEAN_SHARE"),
        *("MEAN_MODULATION", "BORN_ABROAD", "FAR", "SPREAD", "EARLY"),
        *("NEW_AT_MOST_ONE_IN", "DAYS_TO_ENTER", "DRAFTED_ONE_IN"),
    },
    "what the published PEC close at": {"WEEKLY_HOURS"},
    "a target of the bench": {"TARGET"},
}
SIZES = {"max_length", "max_digits", "decimal_places", "timeout", "width", "height"}
NUMBER = re.compile(r"(?<![\w.,/-])\d[\d_]*(?:\.\d+)?(?![\w/-]|\.\d)", re.ASCII)


def is_distinctive(value):
    if value == value.to_integral_value():
        return value >= 150 and value not in ORDINARY
    return value > 1 or value % Decimal("0.05") != 0


FIGURES = {value.value for value in all_values() if is_distinctive(value.value)}
PYTHON = [
    path
    for folder in FOLDERS
    for path in sorted(Path(folder).rglob("*.py"))
    if not {"migrations", "law"} & set(path.parts)
]
TEMPLATES = sorted(Path("templates").rglob("*.html"))
SQL = [path for folder in FOLDERS for path in sorted(Path(folder).rglob("*.sql"))]


def figures_in_text(text):
    return [
        token
        for token in NUMBER.findall(text)
        if Decimal(token.replace("_", "")) in FIGURES
    ]


def figures_in_python(source):
    """Figures among the literals of a module: numbers, and numbers within strings."""
    tree = ast.parse(source)
    left_out = {id(node) for node in docstrings_and_sizes(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in left_out:
            continue
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            found = [node.value] if Decimal(str(node.value)) in FIGURES else []
        else:
            found = figures_in_text(node.value) if isinstance(node.value, str) else []
        yield from (f"line {node.lineno}: {figure}" for figure in found)


def docstrings_and_sizes(tree):
    for node in ast.walk(tree):
        is_size = isinstance(node, ast.keyword) and node.arg in SIZES
        if is_size or isinstance(node, ast.Expr):
            yield node.value


def constants(source):
    """(name, value) of the constants of a module that are one bare number."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or not isinstance(
            node.targets[0], ast.Name
        ):
            continue
        value = node.value
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "Decimal":
            [value] = value.args
        if isinstance(value, ast.Constant) and not isinstance(value.value, bool):
            text = str(value.value)
            if re.fullmatch(r"\d+(\.\d+)?", text):
                yield node.targets[0].id, Decimal(text)


def constants_of_the_law(source):
    named = set().union(*NOT_THE_LAW.values())
    every = {value.value for value in all_values()}
    shares = {1 - value for value in every if 0 < value < 1}
    return [
        name
        for name, value in constants(source)
        if value in every | shares and name not in named
    ]


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_python_holds_no_figure_of_the_law(path):
    allowed, _ = EXCEPTIONS.get(str(path), (set(), ""))
    found = figures_in_python(path.read_text(encoding="utf-8"))
    assert [one for one in found if one.rpartition(" ")[2] not in allowed] == []


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_no_constant_is_a_figure_of_the_law(path):
    assert constants_of_the_law(path.read_text(encoding="utf-8")) == []


def test_every_exception_is_still_there():
    sources = {str(path): path.read_text(encoding="utf-8") for path in PYTHON}
    names = {name for text in sources.values() for name, _ in constants(text)}
    assert set().union(*NOT_THE_LAW.values()) <= names
    for path, (allowed, _) in EXCEPTIONS.items():
        found = {one.rpartition(" ")[2] for one in figures_in_python(sources[path])}
        assert found == allowed


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_holds_no_figure_of_the_law(path):
    assert figures_in_text(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "YEARS = 3",
        "LEAST_WEEK = 20",
        "FULL_WEEK = 35",
        "MONTHS_WITHOUT_INTERVIEW = 2",
        "LOW_RATE = Decimal('0.95')",
        "LOW_RATE = Decimal('0.9')",
        "LONGEST_WEEK = 48",
    ],
)
def test_a_constant_of_the_law_is_seen(source):
    assert constants_of_the_law(source)


def test_a_constraint_says_what_the_law_says():
    """A CHECK holds a number for good: it is compared to the law instead."""
    checks = {
        one.name: str(one.condition)
        for one in Contract._meta.constraints + Convention._meta.constraints
        if isinstance(one, CheckConstraint)
    }
    most = max(v.value for v in history("duree_maximale_hebdomadaire"))
    years = max(v.value for v in history("convention_duree_maximale"))
    assert f"('weekly_hours__lte', {most})" in checks["contract_weekly_hours"]
    assert f"Value({years})" in checks["convention_three_years"]


def test_the_bench_pays_the_socle_of_its_year():
    assert {kind: unit for kind, (unit, _) in UNITS.items()} == {
        kind: in_force("montant_socle", kind, on=DAY).value for kind in UNITS
    }


@pytest.mark.parametrize("path", SQL, ids=str)
def test_sql_holds_no_figure_of_the_law(path):
    code = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    assert figures_in_text(code) == []


@pytest.mark.parametrize(
    "source",
    [
        "socle = 20_199",
        "socle = Decimal('20199')",
        "hours = total / 1820",
        "hours = total / Decimal('1607')",
        "rate = rsa * Decimal('0.88')",
        "months = days * 0.0328767",
        "query = 'SELECT days * 0.0328767 > 2.65'",
        "if hours < 150: pass",
        "if hours > 220: pass",
        "etp = Decimal(1505) + 1600",
    ],
)
def test_a_figure_of_the_law_is_seen(source):
    assert list(figures_in_python(source))


@pytest.mark.parametrize(
    "source",
    [
        "total = monthly * 12",
        "name = CharField(max_length=150)",
        "day = date(2019, 12, 2)",
        '"""15.60 × 20199 = 315 104.40."""',
        "number = 'ACI062190012A0M1 2019-01-01'",
        "rate = Decimal('0.5')",
    ],
)
def test_an_ordinary_number_passes(source):
    assert list(figures_in_python(source)) == []
