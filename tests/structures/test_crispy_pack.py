"""The form pack: strict HTML, hints and errors announced, nothing lost."""

import html5lib
import pytest
from django import forms
from django.template import Context, Template

from structures.forms import SampleForm, SampleFormSet, SampleLineHelper

WRONG = {"amount": "-1", "mail": "sans-arobase", "name": "x"}
TAG = Template("{% load crispy_forms_tags %}{% crispy form %}")
FILTER = Template("{% load crispy_forms_tags %}{{ form|crispy }}")
LINES = Template("{% load crispy_forms_tags %}{% crispy form helper %}")
PAGE = (
    "<!DOCTYPE html><html lang=fr><head><title>x</title></head><body>{}</body></html>"
)


def parsed(html):
    """The tree of a strict parse: an unclosed or glued tag is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(PAGE.format(html))


def rendered(form, template=TAG, **more):
    return parsed(template.render(Context({"form": form, **more})))


def field(tree, name):
    return tree.find(f".//*[@name='{name}']")


def described(tree, control):
    ids = control.get("aria-describedby", "").split()
    return [tree.find(f".//*[@id='{one}']") for one in ids]


@pytest.mark.parametrize("template", [TAG, FILTER])
@pytest.mark.parametrize("data", [None, {}, WRONG])
def test_forms_parse_without_an_error(template, data):
    assert rendered(SampleForm(data), template).find(".//input") is not None


def test_a_formset_parses_without_an_error():
    tree = rendered(SampleFormSet(), LINES, helper=SampleLineHelper())
    assert len(tree.findall(".//input[@type='number']")) == 2
    assert field(tree, "form-TOTAL_FORMS").get("value") == "2"


def test_the_errors_of_a_formset_are_said():
    lines = SampleFormSet({"form-TOTAL_FORMS": "x"})
    tree = rendered(lines, LINES, helper=SampleLineHelper())
    assert "La liste n’est pas enregistrée" in "".join(tree.itertext())


def test_hint_and_error_are_both_announced():
    tree = rendered(SampleForm({}))
    hint, error = described(tree, field(tree, "name"))
    assert hint.text == "Celle de la convention."
    assert "".join(error.itertext()) == "Ce champ est obligatoire."
    assert field(tree, "name").get("aria-invalid") == "true"


def test_a_group_of_choices_has_a_legend_hint_and_error():
    tree = rendered(SampleForm({}))
    group = tree.find(".//fieldset[@id='id_opinion']")
    words = [
        "".join(tree.find(f".//*[@id='{one}']").itertext()).strip()
        for one in group.get("aria-labelledby").split()
    ]
    assert words[0].startswith("Avis")
    assert words[-1] == "Ce champ est obligatoire."


def test_every_control_has_a_label():
    tree = rendered(SampleForm())
    labels = {label.get("for") for label in tree.findall(".//label")}
    controls = [
        control
        for tag in ("input", "select", "textarea")
        for control in tree.findall(f".//{tag}")
        if control.get("type") != "hidden"
    ]
    assert len(controls) > 10
    assert all(control.get("id") in labels for control in controls)


def test_the_summary_links_each_error_to_its_field():
    tree = rendered(SampleForm(WRONG))
    links = [link.get("href")[1:] for link in tree.findall(".//li/a")]
    assert "id_amount" in links
    assert all(tree.find(f".//*[@id='{one}']") is not None for one in links)


def test_only_optional_fields_are_marked():
    words = "".join(rendered(SampleForm()).itertext())
    assert "Courriel (facultatif)" in words
    assert "Dénomination (facultatif)" not in words


@pytest.mark.parametrize(
    "name, css",
    [
        ("name", "fr-input"),
        ("kind", "fr-select"),
        ("piece", "fr-upload"),
        ("note", "fr-input"),
    ],
)
def test_controls_wear_the_design_system(name, css):
    control = field(rendered(SampleForm()), name)
    assert css in control.get("class").split()


def test_a_row_is_always_a_grid():
    rows = rendered(SampleForm()).findall(
        ".//div[@class='fr-grid-row fr-grid-row--gutters']"
    )
    assert len(rows) == 1


def test_a_file_makes_the_form_multipart():
    class Wanted(forms.Form):
        piece = forms.FileField()

    form = rendered(Wanted()).find(".//form")
    assert form.get("enctype") == "multipart/form-data"
    assert rendered(forms.Form()).find(".//form").get("enctype") is None
