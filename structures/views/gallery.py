"""Each component in each of its states, on one page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def gallery(request):
    return render(request, "structures/gallery.html", {})
