"""Addresses of the pages about people."""

from django.urls import path

from parcours.views import parcours, rows
from parcours.views.accompaniment import interviews

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
]
urlpatterns = [
    *accompaniment,
    path("parcours/", parcours.parcours_list, name="parcours_list"),
    path("parcours/<int:pk>/", parcours.parcours_detail, name="parcours_detail"),
    path(
        "structures/<int:pk>/mois/<str:month>/",
        rows.structure_month,
        name="structure_month",
    ),
    path(
        "structures/<int:pk>/sorties/<int:year>/",
        rows.structure_exits,
        name="structure_exits",
    ),
]
