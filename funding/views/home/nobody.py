"""Somebody without any structure or agency yet."""

from django.shortcuts import render

from structures.views.tables import Empty

NOTHING = Empty(
    "Votre compte n’est rattaché à rien",
    "Aucune structure et aucun service de l’État ne vous est rattaché : les pages "
    "resteraient vides.",
    who="Demandez votre rattachement à la direction de votre structure ou à "
    "l’administration de la Direccte.",
)


def nobody_home(request):
    return render(request, "funding/home_nobody.html", {"empty": NOTHING})
