"""How the rows behind a figure make it: counted, added up, or divided, by measure."""

from decimal import Decimal
from fractions import Fraction

from funding.figures.published import published_table, rows_behind
from funding.models import PublishedFigure


def last_column(rows):
    return sum((Decimal(row[-1]) for row in rows), Decimal(0))


def column(rows, *places):
    return sum(row[place] for row in rows for place in places)


CLOSING = {
    "structures": len,
    "structures_created": len,
    "group_structures": len,
    "territories": len,
    "entries": len,
    "pec_signed": len,
    "etp_agreed": last_column,
    "etp_growth": last_column,
    "aid_engaged": last_column,
    "aid_full_year": last_column,
    "earmark_notified": last_column,
    "pec_extra_cost": last_column,
    "people_on_earmark": lambda rows: round(last_column(rows)),
    "rsa_share": lambda rows: Fraction(column(rows, 2), column(rows, 3)),
    "dynamic_rate": lambda rows: Fraction(
        column(rows, 2, 3, 4), column(rows, 2, 3, 4, 5)
    ),
    "pec_share": lambda rows: Fraction(sum(row[3] == "Oui" for row in rows), len(rows)),
    "dynamic_objective": lambda rows: rows[0][1],
}


def computed():
    """What the application computes, by code, of what it can compute here."""
    return {r.code: r.computed for r in published_table() if r.computed is not None}


def unclosed():
    """Figures whose rows make something else, with the three numbers that differ."""
    measure = dict(PublishedFigure.objects.values_list("code", "measure"))
    found = {}
    for code, value in computed().items():
        behind = rows_behind(code)
        closing = CLOSING[measure[code]]([tuple(row) for row in behind.rows])
        if closing != behind.total or abs(float(closing) - float(value)) > 1e-9:
            found[code] = closing, behind.total, value
    return found


def unlike(expected, within=None):
    """Codes computed here and not in `expected`, or otherwise, or the reverse.

    `within`, by code: what rounding rows one by one may make of a difference.
    """
    within = within or {}
    found = computed()
    return {
        code
        for code in found.keys() | expected.keys()
        if code not in found
        or code not in expected
        or abs(float(found[code]) - float(expected[code])) > within.get(code, 1e-9)
    }
