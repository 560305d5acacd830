"""Addresses of conventions, of their requests, of the CDIAE and of who signs."""

from django.urls import path

from funding.views import (
    attachments,
    cdiae,
    cdiae_opinions,
    convention,
    convention_annexe,
    conventions,
    delegations,
    papers,
    request_comments,
    request_figure,
    request_new,
    requests,
)

urlpatterns = [
    path("conventions/", conventions.convention_list, name="convention_list"),
    path("conventions/demande/", request_new.request_new, name="request_new"),
    path(
        "conventions/<int:pk>/", convention.convention_detail, name="convention_detail"
    ),
    path(
        "conventions/<int:pk>/demande/<slug:step>/",
        requests.request_step,
        name="request_step",
    ),
    path(
        "conventions/<int:pk>/calcul/<slug:code>/",
        request_figure.request_figure,
        name="request_figure",
    ),
    path(
        "conventions/<int:pk>/remarque/",
        request_comments.request_comment,
        name="request_comment",
    ),
    path(
        "conventions/<int:pk>/correction/",
        request_comments.request_correct,
        name="request_correct",
    ),
    path(
        "conventions/<int:pk>/ventes/",
        request_comments.sales_decision,
        name="sales_decision",
    ),
    path(
        "conventions/<int:pk>/suivante/",
        convention.convention_renew,
        name="convention_renew",
    ),
    path(
        "conventions/<int:pk>/annexe/",
        convention_annexe.convention_annexe,
        name="convention_annexe",
    ),
    path(
        "conventions/pieces/<int:pk>/",
        attachments.attachment_open,
        name="attachment_open",
    ),
    path(
        "conventions/pieces/<int:pk>/retirer/",
        attachments.attachment_remove,
        name="attachment_remove",
    ),
    path(
        "conventions/<int:pk>/<slug:act>/",
        convention.convention_move,
        name="convention_move",
    ),
    path("cdiae/", cdiae.cdiae_list, name="cdiae_list"),
    path("cdiae/<int:pk>/", cdiae.cdiae_session, name="cdiae_session"),
    path("cdiae/<int:pk>/ajouter/", cdiae.agenda_add, name="agenda_add"),
    path("cdiae/<int:pk>/avis/", cdiae_opinions.cdiae_opinions, name="cdiae_opinions"),
    path("cdiae/<int:pk>/compte-rendu/", cdiae.cdiae_write, name="cdiae_write"),
    path("cdiae/<int:pk>/arreter/", cdiae.cdiae_close, name="cdiae_close"),
    path("cdiae/<int:pk>/proces-verbal/", cdiae.cdiae_minutes, name="cdiae_minutes"),
    path("cdiae/dossiers/<int:pk>/retirer/", cdiae.agenda_remove, name="agenda_remove"),
    path("delegations/", delegations.delegation_list, name="delegation_list"),
    path(
        "conventions/<int:pk>/documents/<slug:kind>/",
        papers.convention_paper,
        name="convention_paper",
    ),
    path(
        "cdiae/<int:pk>/documents/<slug:kind>/",
        papers.session_paper,
        name="session_paper",
    ),
]
