"""Addresses of pages about money, and of those that set people beside money."""

from django.urls import path

from funding.views import (
    annexe,
    annexe_etp,
    annexe_figure,
    annexe_lot,
    annexe_panel,
    annexes,
    campaign,
    campaign_drafts,
    campaign_lines,
    campaign_steps,
    campaigns,
    comments,
    envelope_act,
    envelopes,
    published,
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
