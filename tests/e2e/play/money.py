"""The envelopes of 2019: provisional at the New Year, then what the circular gives."""

from decimal import Decimal

from funding.enums import Bucket, Level, Line
from funding.models import Account, Envelope
from tests.e2e.play.people import amount

NOTIFIED = Decimal(146_813_905)


def envelope(line, level=Level.LINE):
    found = {"year": 2019, "line": line, "level": level}
    if level != Level.REGIONAL:
        found["departement"] = "62"
    return Envelope.objects.get(**found)


def left(line, level=Level.LINE):
    """Euros still free on an envelope."""
    account = Account.objects.get(
        envelope=envelope(line, level), annexe=None, fdi=None, bucket=Bucket.AVAILABLE
    )
    return account.balance


def moves(person, target, kind, euros, reference):
    """A movement asked for, shown with its effect, then confirmed."""
    person.goes(f"/enveloppes/{target.pk}/mouvement/")
    person.fills(kind=kind, amount=amount(euros), reference=reference).sends()
    person.reads("Rien n’est encore enregistré")
    person.sends().reads("enregistrée")


def the_circular_arrives(office, people):
    """The région learns its real amount; only the difference moves."""
    region = people("region", "2019-01-31")
    above = envelope(Line.FIE, Level.REGIONAL)
    before = left(Line.FIE, Level.REGIONAL)
    region.goes(f"/enveloppes/{above.pk}/notification/")
    region.fills(amount=amount(NOTIFIED), reference="Circulaire FIE 2019").sends()
    region.sends().reads("s’ajoutent")
    assert left(Line.FIE, Level.REGIONAL) > before


def it_is_delegated_down_to_the_lines(office, people):
    region = people("region", "2019-02-16")
    department = envelope(Line.FIE, Level.DEPARTMENTAL)
    moves(region, department, "Délégation", 1_000_000, "UD 62")
    agent = people("agent")
    before = left(Line.IAE_SOCLE), left(Line.ERBM, Level.EARMARK)
    moves(agent, envelope(Line.IAE_SOCLE), "Délégation", 1_000_000, "Ligne IAE")
    moves(agent, envelope(Line.ERBM, Level.EARMARK), "Délégation", 100_000, "ERBM")
    moves(agent, envelope(Line.CD), "Notification", 50_000, "CAOM 2019")
    after = left(Line.IAE_SOCLE), left(Line.ERBM, Level.EARMARK)
    assert after == (before[0] + 900_000, before[1] + 100_000)
