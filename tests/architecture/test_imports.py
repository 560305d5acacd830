"""Imports go one way: in both lists below, each name may import those before it."""

import ast
from pathlib import Path

import pytest

APPS = ["structures", "parcours", "funding"]
LAYERS = [
    *("enums", "law", "rules", "printing", "sql", "constraints", "models", "signals"),
    *("figures", "actions", "flux", "forms", "tasks", "receivers", "admin"),
    *("views", "urls", "apps"),
]
BESIDE_VIEWS = {"api", "management", "templatetags"}
ABOVE = {"iae_manager", "tests", "seeds", "bench"}
PURE = {"law", "rules"}
OUTSIDE = {"django", "celery", "psycopg", "redis", "os", "time", "random"}
CLOCK = {"today", "now", "utcnow", "localdate"}
MODULES = [
    path
    for app in APPS
    for path in sorted(Path(app).rglob("*.py"))
    if "migrations" not in path.parts and path.parts[1] != "__init__.py"
]


def imported(tree):
    """Full names a module imports; a relative import begins with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from (f"{start}.{alias.name}" for alias in node.names)


def layer(dotted):
    name = dotted.split(".")[1]
    return "views" if name in BESIDE_VIEWS else name


def complaints(path, source):
    """What is wrong with the imports of a module, as sentences."""
    module = str(path).replace("/", ".").removesuffix(".py")
    app, mine = module.split(".")[0], layer(module)
    tree = ast.parse(source)
    for name in imported(tree):
        target = name.split(".")[0]
        if not target:
            yield f"{name}: relative imports are banned"
        elif target in ABOVE:
            yield f"{name}: nothing imports {target}"
        elif target in APPS and APPS.index(target) > APPS.index(app):
            yield f"{name}: {app} does not import {target}"
        elif target == app and LAYERS.index(layer(name)) > LAYERS.index(mine):
            yield f"{name}: {mine} does not import {layer(name)}"
        elif mine in PURE and not is_pure(name):
            yield f"{name}: {mine} are pure"
    if mine in PURE:
        yield from (f"{clock}: no clock in {mine}" for clock in clocks(tree))


def is_pure(name):
    if name.split(".")[0] in APPS:
        return layer(name) in {"enums", *PURE}
    return name.split(".")[0] not in OUTSIDE


def clocks(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK:
            yield node.attr


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_has_a_layer(path):
    assert layer(str(path).replace("/", ".").removesuffix(".py")) in LAYERS


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_go_down(path):
    assert list(complaints(path, path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "path, source",
    [
        ("structures/models/a.py", "from parcours.models import Contract"),
        ("structures/models/a.py", "import funding"),
        ("parcours/figures/a.py", "from parcours.views import contracts"),
        ("parcours/figures/a.py", "from parcours import views"),
        ("funding/models/a.py", "def f():\n    from funding.actions import jobs"),
        ("funding/views/a.py", "from iae_manager import settings"),
        ("funding/views/a.py", "from . import b"),
        ("funding/rules/a.py", "from django.db import models"),
        ("funding/rules/a.py", "from structures.models import Structure"),
        ("structures/law/a.py", "from datetime import date\ndate.today()"),
        ("structures/enums.py", "from structures.law import in_force"),
    ],
)
def test_a_wrong_import_is_seen(path, source):
    assert list(complaints(Path(path), source))


@pytest.mark.parametrize(
    "path, source",
    [
        ("funding/rules/a.py", "from parcours.rules.hours import counted_hours"),
        ("funding/rules/a.py", "from structures.enums import Place"),
        ("funding/views/a.py", "from django.http import HttpResponse"),
        ("funding/management/commands/a.py", "from funding.tasks import work"),
        ("structures/templatetags/a.py", "from structures.figures import search"),
    ],
)
def test_a_right_import_passes(path, source):
    assert list(complaints(Path(path), source)) == []
