"""No figure of the law stands in the code: it comes from law/, at its date.

The figures looked for are read from the law itself, so that a new one is watched as soon
as it is written there. Ordinary numbers are left out: small or round ones, and lengths.
"""

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest

from structures.law import all_values

FOLDERS = ("structures", "parcours", "funding", "iae_manager")
# A year of days, a page of rows, an HTTP answer: too common to mean a figure of the law.
ORDINARY = {Decimal(number) for number in (365, 1000, 10000)}
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


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_python_holds_no_figure_of_the_law(path):
    assert list(figures_in_python(path.read_text(encoding="utf-8"))) == []


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
