"""The back-office stands apart: its theme, its policy, one sign-in for both."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode

PREFIX = "/admin/"

# Its theme runs Alpine, which evaluates expressions and writes styles. Everything else
# of the strict policy stays: nothing comes from, nor goes to, another site.
POLICY = {
    "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}

# The blue of the State, from the lightest to the darkest.
BLUES = {
    **{"50": "#f5f5fe", "100": "#ececfe", "200": "#cacafb", "300": "#8585f6"},
    **{"400": "#6a6af4", "500": "#313178", "600": "#000091", "700": "#000074"},
    **{"800": "#00005f", "900": "#00004d", "950": "#000033"},
}
ROOMS = {
    "Personnes et droits": {
        "Utilisateurs": "structures_user",
        "Rattachements": "structures_membership",
        "Services de l’État": "structures_agency",
        "Courriels": "structures_outgoingmail",
        "Délégations de signature": "funding_signingdelegation",
    },
    "Loi": {
        "Valeurs légales": "structures_legalvalue",
        "Motifs de sortie": "parcours_exitmotive",
    },
    "Documents": {
        "Modèles": "structures_documenttemplate",
        "Documents émis": "structures_document",
    },
    "Structures": {
        "Structures": "structures_structure",
        "Conventions": "structures_convention",
        "Groupes": "structures_group",
    },
    "Argent": {
        "Enveloppes": "funding_envelope",
        "Campagnes": "funding_campaign",
        "Imports de l’ASP": "funding_importrun",
        "Chiffres publiés": "funding_publishedfigure",
    },
    "Territoires": {
        "Périmètres": "structures_perimeter",
        "Communes des périmètres": "structures_perimetercommune",
        "Communes": "structures_commune",
        "EPCI": "structures_epci",
        "Départements": "structures_departement",
        "Régions": "structures_region",
    },
}
NAVIGATION = [
    {
        "title": room,
        "items": [
            {"title": title, "link": reverse_lazy(f"admin:{model}_changelist")}
            for title, model in doors.items()
        ],
    }
    for room, doors in ROOMS.items()
]
UNFOLD = {
    "SITE_TITLE": "IAE Manager, back-office",
    "SITE_HEADER": "IAE Manager",
    "SITE_SUBHEADER": "Back-office",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("dsfr/dist/favicon/favicon.svg"),
        }
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "COLORS": {"primary": BLUES},
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": NAVIGATION,
    },
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
