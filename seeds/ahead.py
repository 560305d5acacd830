"""Départements made in another process while the one before is written: two cores work.

One at a time, so that the memory does not grow with the country. This module and what it
imports know no model: the process needs neither Django’s set-up nor a database.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from seeds.department import Parcel, Workshop
from seeds.plan import Plan

OPENED: list[Workshop] = []


def made_ahead(plans: list[Plan], **common: Any) -> Iterator[Parcel]:
    pool = ProcessPoolExecutor(1, get_context("spawn"), open_workshop, [common])
    with pool:
        waiting: Future[Parcel] = pool.submit(make, plans[0])
        for plan in plans[1:]:
            parcel = waiting.result()
            waiting = pool.submit(make, plan)
            yield parcel
        yield waiting.result()


def open_workshop(common: dict[str, Any]) -> None:
    OPENED[:] = [Workshop(**common)]


def make(plan: Plan) -> Parcel:
    return OPENED[0].parcel(plan)
