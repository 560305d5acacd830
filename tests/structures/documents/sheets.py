"""A sheet to print, and the marks of the PDF it gives."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader

from structures.enums import DocumentKind
from structures.printing.render import Identity, render
from structures.printing.sheet import Grid, Sheet, Signature

DAY = date(2019, 12, 2)
SITE = "https://iae.exemple.invalid"
IDENTITY = Identity(code="7Q2M0KXA9TRB", on=DAY, site=SITE, anchor=f"148:{'ab' * 32}")
TEXT = """Vous manquez à la convention {{ convention }}.

# Ce qui est reproché

- {{ manquement }}
- rien d’autre

Vous avez **{{ delai }}** pour répondre.

{{ tableau }}

{{ signature }}
"""


def sheet(**fields):
    """A letter of breach, with a table it does not usually have."""
    given = {
        "kind": DocumentKind.BREACH.value,
        "title": "Mise en demeure – Récup’Artois",
        "year": 2019,
        "service": "UD 62",
        "place": "Pas-de-Calais",
        "values": {
            "convention": "062 010119 ACI 00012",
            "manquement": "Le bilan n’a pas été transmis.",
            "delai": "1 mois",
        },
        "grids": {
            "tableau": Grid(
                caption="Pièces attendues",
                head=("Pièce", "Jours"),
                rows=(("Bilan", "31"), ("Comptes", "62")),
                numeric=(1,),
                footer=("Ensemble", "93"),
            )
        },
        "signatures": {"signature": (Signature(quality="Pour le préfet"),)},
        "addressee": ("Récup’Artois", "62000 Arras"),
    }
    return Sheet(**(given | fields))


def printed(text=TEXT, identity=IDENTITY, **fields):
    return render(sheet(**fields), text, identity)


def reader(content):
    return PdfReader(BytesIO(content))


def text_of(content):
    return "\n".join(page.extract_text() for page in reader(content).pages)
