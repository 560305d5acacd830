"""Sessions of a CDIAE: planned, opinions one by one, minutes."""

import re

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms

from funding.actions.cdiae import Opinion, needs_words
from funding.forms.requests import a_day
from funding.forms.words import WordsKept, quoted
from funding.models import CdiaeSession
from structures.enums import OpinionSense
from structures.forms import helper


class SessionForm(forms.Form):
    departement = forms.ModelChoiceField(
        label="Département", queryset=None, empty_label="Choisir"
    )
    held_on = a_day("Date de la séance")
    starts_at = forms.TimeField(
        label="Heure",
        required=False,
        help_text="Format attendu : 14:30",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label="Lieu", max_length=200)
    president = forms.CharField(label="Présidence", max_length=160, required=False)
    was_held = forms.BooleanField(
        label="Cette séance a déjà eu lieu : je saisis ses avis après coup",
        required=False,
    )

    def __init__(self, *args, departements, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["departement"].queryset = departements
        if len(departements) == 1:
            self.fields["departement"].initial = departements[0]
            self.fields["departement"].widget = forms.HiddenInput()
        self.helper = helper(
            "departement",
            Row(Column("held_on"), Column("starts_at")),
            *("place", "president", "was_held"),
            Submit("", "Prévoir la séance"),
        )
        self.helper.form_error_title = "La séance n’est pas enregistrée"

    def clean(self):
        """A session may be written afterwards, when it is meant: most past days are typos."""
        given = super().clean()
        day, was_held = given.get("held_on"), given.pop("was_held", False)
        if day and day < self.on and not was_held:
            self.add_error(
                "held_on",
                "Cette date est passée : corrigez-la, ou cochez « Cette séance a déjà eu "
                "lieu » pour saisir ses avis après coup.",
            )
        return given


class MinutesForm(forms.ModelForm):
    """Who was there and what was said, kept until the minutes are closed.

    `seen` is the mark of what the person had before them.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CdiaeSession
        fields = ["president", "attendance", "minutes"]
        widgets = {
            "attendance": forms.Textarea({"rows": 4}),
            "minutes": forms.Textarea({"rows": 8}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(*self.fields, Submit("", "Enregistrer le procès-verbal"))
        self.helper.form_error_title = "Le procès-verbal n’est pas enregistré"


class OpinionsForm(WordsKept):
    """One opinion a file that has none; a file left empty waits."""

    kept = re.compile(r"(sense|text)_\d+")

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if not line.sense]
        self.said = {line.item: line for line in lines if line.sense}
        for line in self.lines:
            self.fields[f"sense_{line.item}"] = forms.ChoiceField(
                label="Avis",
                choices=[("", "Pas encore"), *OpinionSense.choices],
                required=False,
            )
            self.fields[f"text_{line.item}"] = forms.CharField(
                label="Observations",
                required=False,
                max_length=4000,
                widget=forms.Textarea({"rows": 2}),
            )
        self.helper = helper(
            *(
                Fieldset(
                    f"{line.rank}. {line.structure}, {line.kind.value}",
                    Row(Column(f"sense_{line.item}"), Column(f"text_{line.item}")),
                )
                for line in self.lines
            ),
            Submit("", "Enregistrer les avis"),
        )
        self.helper.form_error_title = "Tous les avis ne sont pas enregistrés"

    def gone(self):
        """An opinion told twice in the same words is not another one."""
        known = {f"sense_{key}": line.sense for key, line in self.said.items()}
        known |= {f"text_{key}": line.text for key, line in self.said.items()}
        found = super().gone()
        return {it: text for it, text in found.items() if text != known.get(it)}

    def told(self, *texts):
        labels = dict(OpinionSense.choices)
        return (
            "Un dossier a reçu son avis, ou a quitté l’ordre du jour, pendant que vous "
            "écriviez : rien n’est enregistré. Vous aviez mis "
            f"{quoted(labels.get(it, it) for it in texts)}. Relisez la séance, puis "
            "enregistrez ce qui reste."
        )

    def clean(self):
        given = super().clean()
        for line in self.lines:
            sense, name = given.get(f"sense_{line.item}"), f"text_{line.item}"
            if given.get(name) and not sense:
                self.add_error(
                    f"sense_{line.item}", "Choisissez l’avis, ou effacez l’observation."
                )
            if sense and needs_words(Opinion(OpinionSense(sense), given.get(name, ""))):
                self.add_error(name, "Un avis qui n’est pas favorable se motive.")
        return given

    def opinions(self):
        """By item, those that have a sense."""
        given = self.cleaned_data
        return {
            line.item: Opinion(OpinionSense(sense), given[f"text_{line.item}"])
            for line in self.lines
            if (sense := given[f"sense_{line.item}"])
        }
