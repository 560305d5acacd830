"""A session that ends while somebody types: a sentence, and nothing of it is lost."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.csrf import csrf_failure as expired_form

SAVED = "etat"
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Of the machinery, or nobody's to read again.
HIDDEN = ("csrfmiddlewaretoken", "expected", "key", "confirmed", "garder", "continuer")


class SignInRequired(LoginRequiredMiddleware):
    """What was posted without a session is shown again, to be copied or sent later."""

    def handle_no_permission(self, request, view_func):
        is_part = request.headers.get("HX-Request")
        if request.method in SAFE and not is_part:
            return super().handle_no_permission(request, view_func)
        if request.method in SAFE:  # the whole page goes, not a piece of it
            back = page_of(request, "HX-Current-URL")
            return HttpResponse(headers={"HX-Redirect": sign_in(back)})
        return lost(request)


def lost(request):
    """What was sent without a session: told beside it, or shown again to be copied."""
    if request.headers.get("HX-Request"):
        context = {"sign_in": reverse("login")}
        return beside(request, render(request, "frame/session_part.html", context))
    context = {
        "sign_in": sign_in(page_of(request, "Referer")),
        "typed": typed(request),
    }
    return render(request, "frame/session_lost.html", context, status=401)


def page_of(request, header):
    """The address of the page somebody is on, as the browser tells it."""
    found = urlsplit(request.headers.get(header, ""))
    return f"{found.path}?{found.query}" if found.query else found.path or "/"


def sign_in(back):
    return f"{reverse('login')}?{urlencode({'next': back})}"


def saves_itself(request):
    """Whether the part asked for is where a request to be filled says it is saved."""
    return request.headers.get("HX-Target") == SAVED


def beside(request, response):
    """What was typed stays where it is: elsewhere than a request, it is told above."""
    if not saves_itself(request):
        response["HX-Retarget"], response["HX-Reswap"] = "#dit", "innerHTML"
    return response


def typed(request):
    """The words and figures of a form, in their order."""
    return [
        value
        for name, values in request.POST.lists()
        for value in values
        if value.strip()
        and name not in HIDDEN
        and "password" not in name
        and not name.startswith("vu_")
    ]


def csrf_failure(request, reason=""):
    """A form whose mark is that of another session: a part of a page gets the new one.

    Somebody signed in again in another window: the page that waits takes the new mark and
    sends once more what it holds; a line of a list is for them to send. Another site
    cannot read it. With no session either, every cookie is gone: it is a session lost.
    """
    if not request.user.is_authenticated:
        is_signing_in = request.path == reverse("login")
        return expired_form(request, reason=reason) if is_signing_in else lost(request)
    if request.headers.get("HX-Request"):
        context = {"token": get_token(request), "saves_itself": saves_itself(request)}
        return beside(request, render(request, "frame/session_back.html", context))
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)
