"""Addresses of the pages about people."""

from django.urls import path

from parcours.views import contracts, immersions, intake, parcours, rows
from parcours.views.accompaniment import frein, freins, interviews, referents

accompaniment = [
    path(
        "parcours/<int:pk>/entretien/", interviews.interview_add, name="interview_add"
    ),
    path("entretiens/<int:pk>/", interviews.interview_detail, name="interview_detail"),
    path(
        "entretiens/<int:pk>/correction/",
        interviews.interview_correct,
        name="interview_correct",
    ),
    path("parcours/<int:pk>/frein/", freins.frein_add, name="frein_add"),
    path("freins/<int:pk>/", frein.frein_detail, name="frein_detail"),
    path("freins/<int:pk>/objectif/", freins.objective_add, name="objective_add"),
    path("freins/<int:pk>/action/", freins.action_add, name="action_add"),
    path("freins/<int:pk>/levee/", freins.frein_lift, name="frein_lift"),
    path("freins/<int:pk>/reouverture/", freins.frein_reopen, name="frein_reopen"),
    path("actions/<int:pk>/fin/", freins.action_end, name="action_end"),
    path("parcours/<int:pk>/referent/", referents.referent_name, name="referent_name"),
    path("accompagnement/", referents.caseload_page, name="caseload"),
    path(
        "accompagnement/<int:structure>/<int:user>/passation/",
        referents.hand_over_page,
        name="hand_over",
    ),
]
urlpatterns = [
    *accompaniment,
    path("parcours/", parcours.parcours_list, name="parcours_list"),
    path("parcours/accueil/", intake.person_intake, name="person_intake"),
    path("parcours/<int:pk>/", parcours.parcours_detail, name="parcours_detail"),
    path("parcours/<int:pk>/contrat/", contracts.contract_add, name="contract_add"),
    path(
        "parcours/<int:pk>/immersion/", immersions.immersion_add, name="immersion_add"
    ),
    path(
        "structures/<int:pk>/mois/<str:month>/",
        rows.structure_month,
        name="structure_month",
    ),
]
