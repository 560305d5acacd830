"""Forms about users; what every form shares."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError


class WholeModelForm(forms.ModelForm):
    """A ModelForm that also checks the constraints on fields it does not show.

    Django skips them, and the person gets a 500 from the database instead.
    """

    def validate_unique(self):
        super().validate_unique()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)


def helper(*layout):
    """One column, browser validation off: our own messages are the ones announced."""
    form_helper = FormHelper()
    form_helper.attrs = {"novalidate": True}
    form_helper.layout = Layout(*layout)
    return form_helper


class FilterForm(forms.Form):
    """Every field of a filter is optional: the labels need not say it."""

    is_filter = True


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": (
            "Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez les deux : "
            "les majuscules comptent dans le mot de passe."
        ),
        "inactive": "Ce compte est fermé. Demandez sa réouverture à l’administration.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.label = "Adresse électronique"
        username.help_text = "Format attendu : prenom.nom@domaine.fr"
        username.widget.input_type = "email"
        username.widget.attrs["autocomplete"] = "username"
        self.helper = helper("username", "password", Submit("", "Se connecter"))


class PasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            *("old_password", "new_password1", "new_password2"),
            Submit("", "Changer le mot de passe"),
        )


class LegalValueFilter(FilterForm):
    parametre = forms.ChoiceField(label="Paramètre", required=False)

    def __init__(self, *args, parameters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parametre"].choices = [("", "Tous"), *parameters]
