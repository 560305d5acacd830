"""No address is forgotten: those of the applications, by the roles that open them."""

import re

import pytest
from django.urls import resolve

import funding.urls
import parcours.urls
import structures.urls
from tests.e2e.pages import PAGES
from tests.e2e.test_pages import address_of

# Not pages: posted, or part of a page that the browser opens with it.
PARTS = {
    *("logout", "structure_chart", "campaign_progress"),
    *("annexe_lot", "avenant_open", "comment_close", "version_law"),
    *("annexe_etp", "annexe_panel", "saved_view_add", "saved_view_remove"),
    *("convention_renew", "convention_annexe", "attachment_remove"),
    *("agenda_add", "agenda_remove", "cdiae_close"),
    "attachment_open",  # a file, not a page
    *("payment_chart", "payment_cancel", "payment_release"),
    *("version_paper", "convention_paper", "session_paper", "scan_page_ignore"),
    *("print_progress_part", "scan_progress_part", "scan_page_picture"),
    *("document_file", "document_copy", "print_zip"),
    "month_save",
}
# The same for everybody, or opened by a test of its own: one role is enough.
SAME_FOR_ALL = {
    *("login", "accessibility", "help", "account", "password", "legal_values"),
    *("gallery", "verify", "verify_code"),
}
NAMES = {
    pattern.name
    for module in (structures.urls, parcours.urls, funding.urls)
    for pattern in module.urlpatterns
}
OF_THE_STATE = {
    *("envelope_tree", "envelope_transfers", "annexe_transfers"),
    *("campaign_list", "campaign_detail", "campaign_lines", "campaign_steps"),
    *("campaign_drafts", "published", "published_rows", "envelope_act"),
    *(
        "version_terms",
        "version_other_terms",
        "version_move",
        "comment_add",
        "version_correct",
    ),
    *("request_comment", "sales_decision", "delegation_list"),
    *("cdiae_list", "cdiae_session", "cdiae_opinions", "cdiae_write"),
    "cdiae_minutes",
    *("envelope_detail", "envelope_full_year", "envelope_notification"),
    *("envelope_fongibilite", "envelope_closing", "fdi_list", "fdi_add"),
    *("fdi_detail", "fdi_transfers"),
    *("fdi_move", "claim_list", "claim_add", "claim_detail", "claim_recover"),
    *("claim_cancel", "payment_schedule", "payment_add"),
    "version_allocation",
    *("transfer_paper", "print_run", "scan_list", "scan_detail", "scan_page"),
    *("structure_act", "follow_up", "appeal_file", "appeal_decide"),
    "socle_change",
}
OF_THE_DIRECTION = {"request_new", "request_step", "request_correct", "convention_move"}
ROLES = {
    **dict.fromkeys(["agent", "region", "admin", "direction"], NAMES),
    # One of the staff is refused what is the State’s for all of them.
    **dict.fromkeys(
        ["cip", "encadrant", "gestionnaire"], NAMES - OF_THE_STATE - OF_THE_DIRECTION
    ),
}


class AnyKey(dict):
    def __missing__(self, key):
        return 1


def names_opened(role):
    addresses = (address_of(case, AnyKey()) for case in PAGES[role])
    return {
        resolve(re.sub(r"\?.*", "", one)).url_name for one in addresses if known(one)
    }


def known(address):
    return not address.startswith("/inconnu/")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_every_address_it_may_meet(role):
    assert ROLES[role] - PARTS - SAME_FOR_ALL - names_opened(role) == set()


def test_what_is_the_same_for_all_is_opened_by_somebody():
    opened = set().union(*(names_opened(role) for role in PAGES)) | {"gallery"}
    assert SAME_FOR_ALL - opened == set()
