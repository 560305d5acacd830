"""Mails written with an act, sent once, tried again when the server is down."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from structures.actions import outbox
from structures.models import OutgoingMail

pytestmark = pytest.mark.django_db


def write(key="un", to=("direction@exemple.invalid",)):
    outbox.write_mails(to=to, subject="Signée", body="Bonjour", key=key)


def test_a_mail_is_sent_once():
    write()

    assert outbox.send_waiting() == 1
    assert outbox.send_waiting() == 0
    assert [one.subject for one in mail.outbox] == ["Signée"]
    assert OutgoingMail.objects.get().sent_at


def test_the_same_act_writes_once_to_each():
    write(to=["a@exemple.invalid", "a@exemple.invalid", "b@exemple.invalid", ""])
    write(to=["b@exemple.invalid"])

    assert OutgoingMail.objects.count() == 2


def test_a_server_that_is_down_loses_nothing(monkeypatch):
    write()

    def refuse(_):
        raise ConnectionRefusedError("le serveur ne répond pas")

    monkeypatch.setattr(outbox.EmailMessage, "send", refuse)
    assert outbox.send_waiting() == 0
    waiting = OutgoingMail.objects.get()
    assert waiting.error == "le serveur ne répond pas"
    assert waiting.next_try_at > timezone.now() + timedelta(minutes=1)
    monkeypatch.undo()

    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert outbox.send_waiting() == 1
    assert OutgoingMail.objects.get().error == ""


def test_one_that_always_fails_stops_no_other():
    write("mauvais", to=["a@exemple.invalid"])
    OutgoingMail.objects.update(subject="deux\nlignes")
    write("bon", to=["b@exemple.invalid"])

    assert outbox.send_waiting() == 1
    assert mail.outbox[0].to == ["b@exemple.invalid"]
