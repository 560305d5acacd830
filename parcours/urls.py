"""Addresses of the pages about people."""

from django.urls import path

from parcours.views import intake, parcours, rows

urlpatterns = [
    path("parcours/", parcours.parcours_list, name="parcours_list"),
    path("parcours/accueil/", intake.person_intake, name="person_intake"),
    path("parcours/<int:pk>/", parcours.parcours_detail, name="parcours_detail"),
    path(
        "structures/<int:pk>/mois/<str:month>/",
        rows.structure_month,
        name="structure_month",
    ),
]
