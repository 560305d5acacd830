"""The lists somebody keeps under a name: filters, columns and order in one address."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from structures.actions.saved_views import ViewRefused, save_view
from structures.forms import SavedViewForm
from structures.models import SavedView
from structures.views.parts import Tab

# Lists that may be kept, by the name of their address.
PAGES = frozenset({"annexe_list"})
LEFT = ("page", "format", "apercu")


@dataclass(frozen=True)
class SavedViews:
    """Those of a list, and what its address would keep now."""

    page: str
    query: str
    tabs: list[tuple]  # (tab, key)


def saved_views(request, page):
    """What the person keeps of this list; one query."""
    now = cleaned(request.GET)
    mine = SavedView.objects.filter(user=request.user, page=page)
    tabs = [
        (Tab(one.name, f"?{one.query}", is_current=one.query == now), one.pk)
        for one in mine
    ]
    return SavedViews(page, now, tabs)


def cleaned(params):
    """The address without what is of the moment, its words in a steady order."""
    kept = QueryDict(mutable=True)
    for name, values in sorted(params.lists()):
        if name not in LEFT and any(values):
            kept.setlist(name, values)
    return kept.urlencode()


@require_POST
def saved_view_add(request):
    form = SavedViewForm(request.POST)
    page = request.POST.get("page", "")
    if page not in PAGES:
        raise Http404
    query = cleaned(QueryDict(request.POST.get("query", "")))
    back = f"{reverse(page)}?{query}"
    if not form.is_valid():
        for sentence in form.errors.get("name", []):
            messages.error(request, sentence)
        return redirect(back)
    name = form.cleaned_data["name"]
    try:
        save_view(by=request.user, page=page, name=name, query=query)
    except ViewRefused as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, f"La vue « {name} » est enregistrée.")
    return redirect(back)


@require_POST
def saved_view_remove(request, pk):
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    view.delete()
    messages.success(request, f"La vue « {view.name} » est supprimée.")
    return redirect(reverse(view.page))
