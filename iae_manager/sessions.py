"""A session that ends while somebody types: a sentence, and nothing of it is lost."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.csrf import csrf_failure as expired_form

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Of the machinery, or nobody's to read again.
HIDDEN = ("csrfmiddlewaretoken", "expected", "key", "confirmed", "garder", "continuer")


class SignInRequired(LoginRequiredMiddleware):
    """What was posted without a session is shown again, to be copied or sent later."""

    def handle_no_permission(self, request, view_func):
        if request.method in SAFE:
            return super().handle_no_permission(request, view_func)
        sign_in = reverse("login")
        if request.headers.get("HX-Request"):
            return render(request, "frame/session_part.html", {"sign_in": sign_in})
        back = urlsplit(request.headers.get("Referer", "")).path or "/"
        context = {
            "sign_in": f"{sign_in}?{urlencode({'next': back})}",
            "typed": typed(request),
        }
        return render(request, "frame/session_lost.html", context, status=401)


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
    sends once more what it holds. Another site cannot read it.
    """
    if request.headers.get("HX-Request") and request.user.is_authenticated:
        context = {"token": get_token(request)}
        return render(request, "frame/session_back.html", context)
    return expired_form(request, reason=reason)
