"""Addresses of the pages where people’s hours and exits meet the figures of an annexe."""

from django.urls import path

from funding.views import exit_acts, exits
from funding.views.month import grid as month
from funding.views.month import line as month_line
from funding.views.month import move as month_move

urlpatterns = [
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
    path(
        "structures/<int:pk>/sorties/<int:year>/",
        exits.structure_exits,
        name="structure_exits",
    ),
    path("contrats/<int:pk>/sortie/", exit_acts.exit_record, name="exit_record"),
    path("sorties/<int:pk>/", exit_acts.exit_correct, name="exit_correct"),
    path(
        "sorties/<int:pk>/suivi/<int:months>/",
        exit_acts.exit_follow_up,
        name="exit_follow_up",
    ),
]
