"""Several senders on one outbox."""

import threading

import pytest
from django.core import mail
from django.db import connection

from structures.actions import outbox


@pytest.mark.usefixtures("committed_db")
def test_senders_at_the_same_time_send_each_mail_once():
    for number in range(20):
        outbox.write_mails(
            to=["a@exemple.invalid"], subject="S", body="B", key=str(number)
        )
    counts = []

    def send():
        counts.append(outbox.send_waiting())
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sum(counts) == 20
    assert len(mail.outbox) == 20
