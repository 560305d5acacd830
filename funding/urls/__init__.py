"""Addresses of pages about money, and of those that set people beside money."""

from django.urls import path

from funding.urls.conventions import urlpatterns as of_conventions
from funding.views import (
    allocation,
    annexe,
    annexe_etp,
    annexe_figure,
    annexe_lot,
    annexe_panel,
    annexes,
    appeals,
    campaign,
    campaign_drafts,
    campaign_lines,
    campaign_steps,
    campaigns,
    claims,
    comments,
    documents,
    envelope,
    envelope_act,
    envelope_closing,
    envelope_full_year,
    envelope_year,
    envelopes,
    fdi,
    life,
    life_act,
    papers,
    payments,
    print_run,
    published,
    socle,
    structure,
    structures,
    terms,
    transfer_paper,
    transfers,
)
from funding.views.home.dispatch import home
from funding.views.month import grid as month
from funding.views.month import line as month_line
from funding.views.month import move as month_move

urlpatterns = [
    path("", home, name="home"),
    path("structures/", structures.structure_list, name="structure_list"),
    path("structures/<int:pk>/", structure.structure_detail, name="structure_detail"),
    path(
        "structures/<int:pk>/etp-<int:year>.svg",
        structure.structure_chart,
        name="structure_chart",
    ),
    path("structures/<int:pk>/vie/", life.structure_life, name="structure_life"),
    path(
        "structures/<int:pk>/vie/<slug:word>/",
        life_act.structure_act,
        name="structure_act",
    ),
    path("structures/vie/<int:pk>/suites/", life_act.visit_follow_up, name="follow_up"),
    path("recours/decisions/<int:pk>/", appeals.appeal_file, name="appeal_file"),
    path("recours/<int:pk>/issue/", appeals.appeal_decide, name="appeal_decide"),
    path("enveloppes/", envelopes.envelope_tree_page, name="envelope_tree"),
    path("enveloppes/<int:pk>/", envelope.envelope_detail, name="envelope_detail"),
    path(
        "enveloppes/<int:pk>/annee-pleine/",
        envelope_full_year.envelope_full_year,
        name="envelope_full_year",
    ),
    path(
        "enveloppes/<int:pk>/notification/",
        envelope_year.envelope_notification,
        name="envelope_notification",
    ),
    path(
        "enveloppes/<int:pk>/fongibilite/",
        envelope_year.envelope_fongibilite,
        name="envelope_fongibilite",
    ),
    path(
        "enveloppes/<int:pk>/cloture/",
        envelope_closing.envelope_closing,
        name="envelope_closing",
    ),
    path("enveloppes/fdi/", fdi.fdi_list, name="fdi_list"),
    path("enveloppes/fdi/nouvelle/", fdi.fdi_add, name="fdi_add"),
    path("enveloppes/fdi/<int:pk>/", fdi.fdi_detail, name="fdi_detail"),
    path(
        "enveloppes/fdi/<int:pk>/mouvements/",
        transfers.fdi_transfers,
        name="fdi_transfers",
    ),
    path("enveloppes/fdi/<int:pk>/<slug:act>/", fdi.fdi_move, name="fdi_move"),
    path("enveloppes/trop-percus/", claims.claim_list, name="claim_list"),
    path("enveloppes/trop-percus/<int:pk>/", claims.claim_detail, name="claim_detail"),
    path(
        "enveloppes/trop-percus/<int:pk>/reversement/",
        claims.claim_recover,
        name="claim_recover",
    ),
    path(
        "enveloppes/trop-percus/<int:pk>/annulation/",
        claims.claim_cancel,
        name="claim_cancel",
    ),
    path(
        "enveloppes/<int:pk>/mouvement/",
        envelope_act.envelope_act,
        name="envelope_act",
    ),
    path(
        "enveloppes/<int:pk>/mouvements/",
        transfers.envelope_transfers,
        name="envelope_transfers",
    ),
    path(
        "enveloppes/annexes/<int:pk>/mouvements/",
        transfers.annexe_transfers,
        name="annexe_transfers",
    ),
    path("annexes/", annexes.annexe_list, name="annexe_list"),
    path("annexes/socle/", socle.socle_change, name="socle_change"),
    path("annexes/lot/", annexe_lot.annexe_lot, name="annexe_lot"),
    path("annexes/<int:pk>/", annexe.version_detail, name="version_detail"),
    path("annexes/<int:pk>/etp/", annexe_etp.annexe_etp, name="annexe_etp"),
    path("annexes/<int:pk>/apercu/", annexe_panel.annexe_panel, name="annexe_panel"),
    path(
        "annexes/<int:pk>/calcul/<slug:code>/",
        annexe_figure.annexe_figure,
        name="annexe_figure",
    ),
    path("annexes/<int:pk>/termes/", terms.version_terms, name="version_terms"),
    path(
        "annexes/<int:pk>/autres-termes/",
        terms.version_other_terms,
        name="version_other_terms",
    ),
    path("annexes/<int:pk>/montant/", terms.version_law, name="version_law"),
    path(
        "annexes/<int:pk>/repartition/",
        allocation.version_allocation,
        name="version_allocation",
    ),
    path(
        "annexes/<int:pk>/paiements/",
        payments.payment_schedule,
        name="payment_schedule",
    ),
    path(
        "annexes/<int:pk>/paiements.svg", payments.payment_chart, name="payment_chart"
    ),
    path("annexes/<int:pk>/paiement/", payments.payment_add, name="payment_add"),
    path(
        "annexes/paiements/<int:pk>/annuler/",
        payments.payment_cancel,
        name="payment_cancel",
    ),
    path(
        "annexes/<int:pk>/paiement/rendre/",
        payments.payment_release,
        name="payment_release",
    ),
    path("annexes/<int:pk>/reversement/", claims.claim_add, name="claim_add"),
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
    path(
        "annexes/<int:pk>/documents/<slug:kind>/",
        papers.version_paper,
        name="version_paper",
    ),
    path("annexes/<int:pk>/<slug:act>/", annexe.version_move, name="version_move"),
    *of_conventions,
    path(
        "enveloppes/mouvements/<int:pk>/lettre/",
        transfer_paper.transfer_paper,
        name="transfer_paper",
    ),
    path("documents/", documents.document_list, name="document_list"),
    path("documents/lots/<int:pk>/", print_run.print_run, name="print_run"),
    path(
        "documents/lots/<int:pk>/avancement/",
        print_run.print_progress_part,
        name="print_progress_part",
    ),
    path("documents/lots/<int:pk>/zip/", print_run.print_zip, name="print_zip"),
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
    path("conventions/<int:pk>/mois/<str:month>/", month.month_grid, name="month_grid"),
    path(
        "conventions/<int:pk>/mois/<str:month>/cases/",
        month.month_save,
        name="month_save",
    ),
    path(
        "conventions/<int:pk>/mois/<str:month>/<int:contract>/",
        month_line.month_line,
        name="month_line",
    ),
    path("mois/<int:pk>/<slug:act>/", month_move.month_move, name="month_move"),
]
