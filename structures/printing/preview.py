"""A text seen on a page before it is kept: its fields hold their examples."""

from datetime import date

from structures.enums import DocumentKind
from structures.printing.fields import FIELDS
from structures.printing.render import Identity, render
from structures.printing.sheet import Grid, Sheet, Signature

CODE = "000000000000"
MARK = "Aperçu d’un modèle : les valeurs sont des exemples."


def preview_of(kind: str, text: str, *, on: date, site: str) -> bytes:
    """The PDF of a text with the examples of its fields; it is kept nowhere."""
    fields = FIELDS[kind]
    values = {field.name: field.example for field in fields if not field.is_block}
    blocks = [field for field in fields if field.is_block]
    sheet = Sheet(
        kind=kind,
        title=DocumentKind(kind).label,
        year=on.year,
        service=values["service"],
        place=values["departement"],
        values=values,
        grids={
            field.name: sample(field.label)
            for field in blocks
            if not field.name.startswith("signature")
        },
        signatures={
            field.name: (Signature(quality="Pour le préfet"),)
            for field in blocks
            if field.name.startswith("signature")
        },
        marks=(MARK,),
        is_simulated=True,
    )
    return render(sheet, text, Identity(code=CODE, on=on, site=site)).content


def sample(label: str) -> Grid:
    return Grid(
        caption=label[0].upper() + label[1:],
        head=("Ligne", "Valeur"),
        rows=(("Exemple", "10,00"), ("Autre exemple", "2,50")),
        numeric=(1,),
        footer=("Ensemble", "12,50"),
    )
