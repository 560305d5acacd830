"""Remarks on an annexe, and what the structure answers and corrects because of them."""

from crispy_forms.layout import Submit
from django import forms
from django.core.validators import MinValueValidator
from django.forms.models import fields_for_model

from funding.actions.comments import CORRECTABLE
from funding.figures.dossiers import label_of
from funding.forms.meant import MeantEtp
from funding.forms.words import WordsKept
from funding.models import AnnexeVersion
from structures.forms import helper


class CommentForm(forms.Form):
    """A remark on one field, that opens it to the structure."""

    field = forms.ChoiceField(label="Champ")
    text = forms.CharField(
        label="Ce que la structure doit corriger ou expliquer",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(it, label_of(it)) for it in CORRECTABLE]
        self.helper = helper("field", "text", Submit("", "Ajouter la remarque"))
        self.helper.form_error_title = "La remarque n’est pas enregistrée"


NOT_NEGATIVE = MinValueValidator(0, "Cette valeur ne peut pas être négative.")


class CorrectionForm(WordsKept, MeantEtp):
    """The commented fields and an answer to each remark; nothing else is in it."""

    def __init__(self, *args, version, comments, **kwargs):
        super().__init__(*args, **kwargs)
        self.comments = comments
        model = fields_for_model(
            AnnexeVersion, [it.field for it in comments], localized_fields="__all__"
        )
        layout = []
        for comment in comments:
            if comment.field not in self.fields:
                field = model[comment.field]
                field.label = label_of(comment.field)
                field.validators.append(NOT_NEGATIVE)
                field.initial = getattr(version, comment.field)
                self.fields[comment.field] = field
                layout.append(comment.field)
            name = f"reponse_{comment.pk}"
            self.fields[name] = forms.CharField(
                label=f"Votre réponse : « {comment.text} »",
                initial=comment.answer,
                widget=forms.Textarea({"rows": 2}),
                max_length=2000,
            )
            layout.append(name)
        self.helper = helper(
            "meant", *layout, Submit("", "Enregistrer mes corrections")
        )
        self.helper.form_error_title = "Vos corrections ne sont pas enregistrées"

    @property
    def answers(self):
        return {it.pk: self.cleaned_data[f"reponse_{it.pk}"] for it in self.comments}

    @property
    def values(self):
        names = {it.field for it in self.comments}
        return {name: self.cleaned_data[name] for name in names}
