"""Templates held to the rules of the house: formats, policy, size, use."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEMPLATES = sorted(Path("templates").rglob("*.html"))
SOURCES = [
    path
    for folder in ("structures", "parcours", "funding", "iae_manager", "templates")
    for path in Path(folder).rglob("*")
    if path.suffix in {".py", ".html"} and "migrations" not in path.parts
]
LIMIT = 120
# Each pattern is what a template must not hold, and why.
FORBIDDEN = {
    r"\|\s*(date|time|floatformat|intcomma|localize|stringformat)\b": "a shared filter",
    r"\}\}\s*(€|%|h\b)": "the unit comes with the filter",
    r"\sstyle=": "the policy refuses inline style",
    r"\son[a-z]+=": "the policy refuses inline handlers",
    r"<style": "the policy refuses inline style",
    r"<script(?![^>]*\ssrc=)": "the policy refuses inline script",
    r"hx-on|js:|javascript:": "allowEval is false",
    r"hx-trigger=\"[^\"]*\[": "a filter would be dropped, the request sent",
    r"[\U0001F000-\U0001FAFF\u2600-\u27BF]": "an emoji may be a blank box",
    r"[a-zéèà]'[a-zéèàh]": "the apostrophe is ’",
}
CRISPY = "crispy_dsfr"


def text_of(path):
    """Without the comments, which are for whoever writes pages."""
    text = path.read_text()
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


SAMPLES = [
    *('{{ day|date:"d/m/Y" }}', "{{ amount|floatformat:2 }}", "{{ amount }} €"),
    *(
        '<p style="color: red">',
        '<a onclick="go()">',
        "<style>",
        "<script>go()</script>",
    ),
    *('<p hx-on:click="go()">', "hx-vals='js:{a: 1}'", 'hx-trigger="click[ctrlKey]"'),
    *("Terminé \N{WHITE HEAVY CHECK MARK}", "l'enveloppe"),
]


def complaints(text):
    return [why for pattern, why in FORBIDDEN.items() if re.search(pattern, text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_keeps_to_the_rules(path):
    assert complaints(text_of(path)) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_rules_see_what_they_forbid(sample):
    assert complaints(sample)


def test_a_script_with_a_source_is_allowed():
    assert complaints('<script src="/static/htmx.js" defer></script>') == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_is_short(path):
    assert len(path.read_text().splitlines()) <= LIMIT


@pytest.mark.parametrize(
    "path", sorted(Path("templates/components").glob("*.html")), ids=str
)
def test_a_component_says_how_it_is_used(path):
    text = path.read_text()
    assert "{% comment %}" in text
    assert f'{{% include "components/{path.name}" with' in text


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_components_are_included_alone(path):
    for call in re.findall(r'{% include "components/[^%]*%}', text_of(path)):
        assert call.endswith(" only %}"), call


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_template_is_used(path):
    name = path.relative_to("templates").as_posix()
    if name in {"404.html", "403.html", "403_csrf.html", "500.html"}:
        return
    if name.startswith(CRISPY) or name == "registration/login.html":
        return  # named by crispy-forms and by Django
    assert any(f'"{name}"' in source.read_text() for source in SOURCES)


def test_every_icon_exists():
    utility = Path(finders.find("dsfr/dist/utility/utility.min.css")).read_text()
    core = Path(finders.find("dsfr/dist/dsfr.min.css")).read_text()
    used = {
        icon
        for source in SOURCES
        for icon in re.findall(r"fr-icon-[a-z0-9-]+[a-z0-9]", source.read_text())
    }
    assert used
    assert not [icon for icon in used if f".{icon}" not in utility + core]
