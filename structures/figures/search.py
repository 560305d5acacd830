"""Names compared without accents, case or hyphens: the embedded server has no unaccent."""

import unicodedata

from django.db.models import CharField, F, Func, QuerySet, Value
from django.db.models.functions import Replace, Upper

from structures.models import Structure

ACCENTED = "àâäáãçéèêëîïíìôöóòõùûüúÿñÀÂÄÁÃÇÉÈÊËÎÏÍÌÔÖÓÒÕÙÛÜÚŸÑ-’'"
PLAIN = "aaaaaceeeeiiiiooooouuuuynAAAAACEEEEIIIIOOOOOUUUUYN   "


def fold(text: str) -> str:
    """A name as it is compared: upper case, without accents, hyphens or apostrophes."""
    decomposed = unicodedata.normalize(
        "NFKD", text.replace("œ", "oe").replace("Œ", "OE")
    )
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.translate(str.maketrans("-’'", "   ")).upper().split())


def folded(column: str) -> Func:
    """The same of a column, in SQL; the database collates as C, so lists sort on it."""
    return Upper(
        Func(
            Replace(
                Replace(F(column), Value("œ"), Value("oe")), Value("Œ"), Value("OE")
            ),
            Value(ACCENTED),
            Value(PLAIN),
            function="translate",
            output_field=CharField(),
        )
    )


def structures_matching(
    structures: QuerySet[Structure], text: str
) -> QuerySet[Structure]:
    """Structures whose name, commune, SIRET or ASP number hold every word of `text`."""
    for word in fold(text).split():
        if word.isdigit():
            structures = structures.filter(siret__contains=word) | structures.filter(
                asp_id__startswith=word
            )
        else:
            structures = structures.alias(
                folded_name=folded("name"), folded_commune=folded("commune__name")
            )
            structures = structures.filter(folded_name__contains=word) | (
                structures.filter(folded_commune__contains=word)
            )
    return structures
