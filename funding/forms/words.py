"""Words typed in a field that has gone meanwhile: told back, never dropped."""

import re

from django import forms


class WordsKept(forms.Form):
    """A form whose fields are what is still open; `kept` names those of people’s words.

    Sent once a field has closed, it is refused with what was typed in that field.
    """

    kept = re.compile(r"reponse_\d+")

    def gone(self):
        """What was typed and has no field any more, by name of field."""
        names = [it for it in self.data if self.kept.fullmatch(it)]
        typed = {name: self.data[name].strip() for name in names}
        return {
            it: text for it, text in typed.items() if text and it not in self.fields
        }

    def clean(self):
        given = super().clean()
        if gone := self.gone():
            self.add_error(None, self.told(*gone.values()))
        return given

    def told(self, *texts):
        return (
            "Une remarque à laquelle vous répondiez est fermée : rien n’est enregistré. "
            f"Vous aviez écrit {quoted(texts)}. Relisez ce qui reste ouvert, puis "
            "enregistrez."
        )


def quoted(texts):
    return ", ".join(f"« {text} »" for text in texts)


def seen_again(form, **values):
    """What a refusal has just told is now what the person has seen: they may go on."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[name] = value
