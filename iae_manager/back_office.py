"""The back-office stands apart: its theme, its policy, one sign-in for both."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

PREFIX = "/admin/"

# Its theme runs Alpine, which evaluates expressions and writes styles. Everything else
# of the strict policy stays: nothing comes from, nor goes to, another site.
POLICY = {
    "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}

UNFOLD = {
    "SITE_TITLE": "IAE Manager, back-office",
    "SITE_HEADER": "IAE Manager",
    "SITE_SUBHEADER": "Back-office",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {"show_search": True, "show_all_applications": False},
}


def policy(get_response):
    """Middleware, inside django-csp’s: the back-office gets its own directives."""

    def middleware(request):
        response = get_response(request)
        if request.path_info.startswith(PREFIX):
            response._csp_replace = POLICY
        return response

    return middleware


@login_not_required
def sign_in(request):
    """The site’s own page; who is already in and sent here may not enter."""
    if request.user.is_authenticated:
        raise PermissionDenied
    target = request.GET.get("next", PREFIX)
    return redirect(f"{reverse('login')}?{urlencode({'next': target})}")
