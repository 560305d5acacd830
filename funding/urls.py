"""Addresses of pages about money, and of those that set people beside money."""

from django.urls import path

from funding.views import (
    annexe,
    annexe_etp,
    annexe_figure,
    annexe_lot,
    annexe_panel,
    annexes,
    attachments,
    campaign,
    campaign_drafts,
    campaign_lines,
    campaign_steps,
    campaigns,
    cdiae,
    cdiae_opinions,
    comments,
    convention,
    conventions,
    delegations,
    envelope_act,
    envelopes,
    published,
    request_comments,
    requests,
    structure,
    structures,
)
from funding.views.home.dispatch import home

urlpatterns = [
    path("", home, name="home"),
    path("structures/", structures.structure_list, name="structure_list"),
    path("structures/<int:pk>/", structure.structure_detail, name="structure_detail"),
    path(
        "structures/<int:pk>/etp-<int:year>.svg",
        structure.structure_chart,
        name="structure_chart",
    ),
    path("enveloppes/", envelopes.envelope_tree_page, name="envelope_tree"),
    path(
        "enveloppes/<int:pk>/mouvement/",
        envelope_act.envelope_act,
        name="envelope_act",
    ),
    path(
        "enveloppes/<int:pk>/mouvements/",
        envelopes.envelope_transfers,
        name="envelope_transfers",
    ),
    path(
        "enveloppes/annexes/<int:pk>/mouvements/",
        envelopes.annexe_transfers,
        name="annexe_transfers",
    ),
    path("annexes/", annexes.annexe_list, name="annexe_list"),
    path("annexes/lot/", annexe_lot.annexe_lot, name="annexe_lot"),
    path("annexes/<int:pk>/", annexe.version_detail, name="version_detail"),
    path("annexes/<int:pk>/etp/", annexe_etp.annexe_etp, name="annexe_etp"),
    path("annexes/<int:pk>/apercu/", annexe_panel.annexe_panel, name="annexe_panel"),
    path(
        "annexes/<int:pk>/calcul/<slug:code>/",
        annexe_figure.annexe_figure,
        name="annexe_figure",
    ),
    path("annexes/<int:pk>/termes/", annexe.version_terms, name="version_terms"),
    path("annexes/<int:pk>/remarque/", comments.comment_add, name="comment_add"),
    path(
        "annexes/<int:pk>/correction/", comments.version_correct, name="version_correct"
    ),
    path(
        "annexes/remarques/<int:pk>/fermer/",
        comments.comment_close,
        name="comment_close",
    ),
    path("annexes/<int:pk>/avenant/", annexe.avenant_open, name="avenant_open"),
    path("annexes/<int:pk>/<slug:act>/", annexe.version_move, name="version_move"),
    path("conventions/", conventions.convention_list, name="convention_list"),
    path("conventions/demande/", requests.request_new, name="request_new"),
    path(
        "conventions/<int:pk>/", convention.convention_detail, name="convention_detail"
    ),
    path(
        "conventions/<int:pk>/demande/<slug:step>/",
        requests.request_step,
        name="request_step",
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
        convention.convention_annexe,
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
    path("cdiae/<int:pk>/ordre-du-jour/", cdiae.cdiae_agenda, name="cdiae_agenda"),
    path("cdiae/<int:pk>/proces-verbal/", cdiae.cdiae_minutes, name="cdiae_minutes"),
    path("cdiae/dossiers/<int:pk>/retirer/", cdiae.agenda_remove, name="agenda_remove"),
    path("delegations/", delegations.delegation_list, name="delegation_list"),
    path("campagnes/", campaigns.campaign_list, name="campaign_list"),
    path("campagnes/<int:pk>/", campaign.campaign_detail, name="campaign_detail"),
    path(
        "campagnes/<int:pk>/avancement/",
        campaign.campaign_progress,
        name="campaign_progress",
    ),
    path(
        "campagnes/<int:pk>/lignes/",
        campaign_lines.campaign_lines,
        name="campaign_lines",
    ),
    path(
        "campagnes/<int:pk>/etapes/",
        campaign_steps.campaign_steps,
        name="campaign_steps",
    ),
    path(
        "campagnes/<int:pk>/brouillons/<int:envelope>/",
        campaign_drafts.campaign_drafts,
        name="campaign_drafts",
    ),
    path("campagnes/chiffres/", published.published, name="published"),
    path(
        "campagnes/chiffres/<slug:code>/",
        published.published_rows,
        name="published_rows",
    ),
]
