"""What happens to a FDI request in its tests."""

from datetime import date
from decimal import Decimal

from funding.actions.fdi import Answers, move_fdi
from funding.enums import Bucket, FdiAct
from funding.figures.fdi import held_by
from funding.models import Account

DAY = date(2019, 9, 16)


def move(fdi, act, by, **answers):
    answers = {"on": DAY, "reason": "Parce que", "opinion": "FAVOURABLE"} | answers
    today = answers.pop("today", answers["on"])
    event = move_fdi(
        request=fdi, act=act, by=by, answers=Answers(**answers), today=today
    )
    fdi.refresh_from_db()
    return event


def agree(fdi, by, amount=15_000, share="0.40"):
    move(fdi, FdiAct.RECORD_OPINION, by)
    move(fdi, FdiAct.AGREE, by, amount=Decimal(amount), share=Decimal(share))


def balances(fdi):
    held = held_by(fdi)
    free = Account.objects.get(envelope=fdi.envelope, bucket=Bucket.AVAILABLE)
    return (free.balance, held[Bucket.COMMITTED], held[Bucket.PAID])
