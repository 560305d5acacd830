"""The types of the columns as SQL: is the text right, its value, and why it is not.

`pg_input_is_valid` costs a tenth of a regular expression on millions of lines; it lets
through a few spellings (hexadecimal, underscores, infinity) that the rest excludes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from funding.enums import VersionState
from parcours.enums import Rsa, StatementState, Unemployment
from structures import law

# Whatever the day of the contract: no text ever allowed more.
LONGEST_WEEK = max(value.value for value in law.history("duree_maximale_hebdomadaire"))
EARLIEST, LATEST = "1900-01-01", "2099-12-31"


@dataclass(frozen=True)
class Type:
    """Each of `right` and `value` takes the SQL of a text; a right text has a value."""

    right: Callable[[str], str]
    value: Callable[[str], str]
    reason: str
    sql: str = "text"

    def reason_for(self, text: str) -> str:
        """SQL of the French sentence."""
        quoted = self.reason.replace("'", "''")
        if self.sql in {"numeric", "smallint", "integer", "bigint"}:
            return (
                f"CASE WHEN {text} LIKE '-%' THEN 'Un nombre négatif n’est pas "
                f"possible ici.' ELSE '{quoted}' END"
            )
        return f"'{quoted}'"


def whole(low: int, high: int, *, sql: str, reason: str) -> Type:
    """Digits only, between two bounds."""
    return Type(
        right=lambda c: (
            f"CASE WHEN pg_input_is_valid({c}, '{sql}') AND {digits_only(c)} "
            f"THEN {c}::{sql} BETWEEN {low} AND {high} ELSE false END"
        ),
        value=lambda c: f"{c}::{sql}",
        reason=reason,
        sql=sql,
    )


def digits_only(c: str, others: str = "") -> str:
    return f"translate({c}, '0123456789{others}', '') = ''"


def one_of(values: list[str], *, reason: str, width: int = 0) -> Type:
    """A word of a list; with a `width`, zeros on the left may be missing."""
    value = (lambda c: f"lpad({c}, {width}, '0')") if width else (lambda c: c)
    words = ", ".join(f"'{word}'" for word in values)
    return Type(lambda c: f"{value(c)} IN ({words})", value, reason)


def text(length: int) -> Type:
    return Type(
        right=lambda c: f"length({c}) <= {length}",
        value=lambda c: c,
        reason=f"Ce texte dépasse {length} caractères.",
    )


def matching(pattern: str, *, reason: str, value: str = "{0}", sql: str = "text"):
    return Type(
        right=lambda c: f"{c} ~ '{pattern}'",
        value=lambda c: value.format(c),
        reason=reason,
        sql=sql,
    )


def day(c: str) -> str:
    """A day dd/mm/yyyy that exists, its time ignored; needs DateStyle DMY."""
    first = f"left({c}, 10)"
    return (
        f"CASE WHEN ({c} LIKE '__/__/____' OR {c} LIKE '__/__/____ __:__:__') "
        f"AND {digits_only(first, '/')} AND pg_input_is_valid({first}, 'date') "
        f"THEN {first}::date BETWEEN '{EARLIEST}' AND '{LATEST}' ELSE false END"
    )


def amount(c: str) -> str:
    return (
        f"CASE WHEN {digits_only(c, '.')} AND pg_input_is_valid({c}, 'numeric') "
        f"THEN {c}::numeric < 1e10 ELSE false END"
    )


# Exports through a spreadsheet turn a code 2 into 2.0.
CODE = "CASE WHEN {0} LIKE '%.0' THEN left({0}, -2) ELSE {0} END"
HOURS = "(split_part({0}, ':', 1) || '.0')::numeric + coalesce(nullif(split_part({0}, ':', 2), ''), '0')::numeric / 60"
WEEK = (
    "CASE WHEN {0} ~ '^\\d{{1,2}}(:[0-5]\\d)?$' THEN round(" + HOURS + ", 2) "
    "WHEN {0} ~ '^\\d{{1,2}}[.,]\\d{{1,2}}$' THEN replace({0}, ',', '.')::numeric END"
)
IDENTIFIER = "Un identifiant est un nombre entier."

TYPES: dict[str, Type] = {
    "number": whole(1, 10**15, sql="bigint", reason=IDENTIFIER),
    "integer": whole(1, 2**31 - 1, sql="integer", reason=IDENTIFIER),
    "count": whole(
        0, 2**31 - 1, sql="integer", reason="Ce n’est pas un nombre entier."
    ),
    "small": whole(
        0, 2**15 - 1, sql="smallint", reason="Ce n’est pas un nombre entier."
    ),
    "month": whole(1, 12, sql="smallint", reason="Un mois va de 1 à 12."),
    "year": whole(
        2000, 2099, sql="smallint", reason="L’année est attendue en quatre chiffres."
    ),
    "hours": whole(
        0,
        744,
        sql="smallint",
        reason="Un nombre entier d’heures, de 0 à 744, est attendu.",
    ),
    "rank": matching(
        "^[AM]?[0-9]{1,2}$",
        value="ltrim({0}, 'AM')::smallint",
        reason="Un avenant est un nombre, comme A0 ou M1.",
        sql="smallint",
    ),
    "amount": Type(
        amount,
        lambda c: f"{c}::numeric",
        "Un nombre est attendu, avec un point pour la virgule.",
        sql="numeric",
    ),
    "day": Type(
        day,
        lambda c: f"left({c}, 10)::date",
        "Cette date n’existe pas, ou n’est pas entre 1900 et 2099 (attendu : jj/mm/aaaa).",
        sql="date",
    ),
    "code": Type(lambda c: f"length({c}) <= 40", CODE.format, "Ce code est trop long."),
    "motive": matching(
        "^[0-9A-Za-z]{1,3}(\\.0)?$",
        value=CODE,
        reason="Un code de motif a un à trois caractères.",
    ),
    "siret": Type(
        lambda c: f"length({c}) = 14 AND {digits_only(c)}",
        lambda c: c,
        "Un SIRET compte 14 chiffres, sans espace.",
    ),
    "insee": matching(
        "^[0-9][0-9AB]?[0-9]{3}$",
        value="lpad({0}, 5, '0')",
        reason="Un code INSEE de commune a cinq caractères.",
    ),
    "email": matching(
        "^[^@[:space:]]{1,64}@[^@[:space:]]{1,180}[.][a-zA-Z]{2,9}$",
        reason="Ce n’est pas une adresse électronique.",
    ),
    "flag": Type(
        lambda c: f"lower({c}) IN ('true', 'false')",
        lambda c: f"lower({c}) = 'true'",
        "La valeur attendue est true ou false.",
        sql="boolean",
    ),
    "civility": Type(
        lambda c: f"upper({c}) IN ('MME', 'MLLE', 'M.', 'M', 'MR')",
        lambda c: f"CASE WHEN upper({c}) IN ('MME', 'MLLE') THEN 'F' ELSE 'M' END",
        "La civilité attendue est MME ou M.",
    ),
    "rome": matching(
        "^[A-Z][0-9]{4}$", reason="Un code ROME a une lettre et quatre chiffres."
    ),
    "weekly": Type(
        lambda c: f"coalesce({WEEK.format(c)}, 0) BETWEEN 0.01 AND {LONGEST_WEEK}",
        WEEK.format,
        f"Une durée par semaine est attendue, de 0 à {LONGEST_WEEK} h, comme 26:00.",
        sql="numeric",
    ),
    "level": matching(
        "^[0-9]{1,2}$",
        value="lpad({0}, 2, '0')",
        reason="Un niveau de formation a deux chiffres.",
    ),
    "duration": one_of(
        list(Unemployment.values),
        width=2,
        reason="Une durée d’inscription va de 01 à 04.",
    ),
    "rsa": one_of(list(Rsa.values), reason="NON, OUI-M ou OUI-NM est attendu."),
    "state": one_of(
        list(VersionState.values), reason="Cet état d’annexe n’est pas connu."
    ),
    "statement": one_of(
        list(StatementState.values),
        reason="Un état mensuel est BROUILLON, SAISI, VALIDE ou DEBLOQUE.",
    ),
}


def type_named(name: str) -> Type:
    """The type of a column; text:80 is a text of 80 characters at most."""
    word, _, length = name.partition(":")
    return text(int(length)) if word == "text" else TYPES[word]
