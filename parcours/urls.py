"""Addresses of the pages about people."""

from django.urls import path

from parcours.views import contracts, immersions, intake, parcours, rows

urlpatterns = [
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
