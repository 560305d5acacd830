"""One envelope: what it was notified, where it went, what may be done with it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.enums import Level, Line
from funding.figures.decisions import closing_of, credits_of
from funding.figures.envelope_acts import kinds_for
from funding.figures.envelopes import envelope_tree, own_envelopes, subtree
from funding.figures.full_year import full_year_of
from funding.figures.notified import notifications_of, stages_of
from funding.figures.whereabouts import holders
from funding.rules.fongibilite import other_side
from funding.views.envelope_tables import (
    children_table,
    decisions_table,
    full_year_table,
    holders_table,
    stages_table,
)
from funding.views.envelopes import alarm, name_of, opens
from funding.views.looks import CLOSED, PROVISIONAL, REAL
from structures.templatetags import formats
from structures.views.parts import Banner, Figure


def asked_envelope(request, pk):
    """The envelope, if its whole subtree is the person's to see."""
    rows = own_envelopes(request.user).select_related(
        "region", "departement", "parent__region", "parent__departement"
    )
    return get_object_or_404(rows, pk=pk)


def title_of(envelope):
    """Its name alone: away from the tree, an earmark is no longer “dont”."""
    return f"{name_of(envelope).removeprefix('dont ')} {envelope.year}"


@require_safe
def envelope_detail(request, pk):
    envelope = asked_envelope(request, pk)
    envelopes = own_envelopes(request.user)
    inside = envelopes.filter(pk__in=subtree(envelope, envelopes))
    node, *below = envelope_tree(inside, year=envelope.year)
    stages = stages_of([envelope], year=envelope.year)[envelope.pk]
    closing = closing_of(envelope)
    full_year = full_year_of(envelope)
    tables = [
        stages_table(stages, node),
        *([children_table(node, below)] if below else []),
        *([full_year_table(envelope, full_year)] if full_year else []),
        holders_table(holders(envelope)),
        decisions_table(
            envelope, notifications_of(envelope), credits_of(envelope), closing
        ),
    ]
    return render(
        request,
        "funding/envelope_detail.html",
        {
            "banner": banner(envelope, stages, closing),
            "summary": summary(node, stages, is_closed=bool(closing)),
            "acts": acts(envelope, request.user, is_closed=bool(closing)),
            "tables": tables,
            "tree_url": f"{reverse('envelope_tree')}?annee={envelope.year}",
        },
    )


def banner(envelope, stages, closing):
    badges = [CLOSED] if closing else []
    badges.append(REAL if stages.known_on else PROVISIONAL)
    mother = name_of(envelope.parent) if envelope.parent else "Hors budget"
    facts = [
        ("Niveau", "text", envelope.get_level_display()),
        (
            "Territoire",
            "text",
            str(envelope.departement or envelope.region or "France"),
        ),
        ("Vient de", "text", mother),
        ("Montant définitif connu le", "day", stages.known_on),
        *([("Close le", "day", closing.on)] if closing else []),
    ]
    return Banner(title_of(envelope), badges, facts)


def summary(node, stages, *, is_closed):
    def figure(label, word, value, **options):
        link = opens(node.envelope, word, value)
        return Figure(label, "cents", value, getattr(link, "url", ""), **options)

    return [
        figure(
            *("Reste disponible", "disponible", node.available),
            badge=None if is_closed else alarm(node.available, node.notified),
        ),
        figure("Notifié", "tout", node.notified, note=stage_note(stages)),
        figure("Gelé", "gele", node.frozen),
        figure("Réservé", "reserve", node.reserved, note="à l’instruction"),
        figure("Engagé non payé", "non-paye", node.committed),
        figure("Payé", "paye", node.paid),
    ]


def stage_note(stages):
    if stages.real is None:
        return "provisoire"
    return f"dont {formats.money(stages.provisional)} d’abord provisoires"


def acts(envelope, user, *, is_closed):
    """(label, address) of what this person may do here; nothing new once closed."""
    kinds = kinds_for(envelope, user)
    if not kinds:
        return []
    at = [envelope.pk]
    found = [("Enregistrer un mouvement", reverse("envelope_act", args=at))]
    if not is_closed:
        found.append(
            ("Notification définitive", reverse("envelope_notification", args=at))
        )
        if envelope.level == Level.LINE and other_side(Line(envelope.line)):
            found.append(("Fongibilité", reverse("envelope_fongibilite", args=at)))
        found.append(("Clore l’exercice", reverse("envelope_closing", args=at)))
    if envelope.line == Line.FDI:
        url = f"{reverse('fdi_list')}?annee={envelope.year}"
        found.append(("Demandes FDI", url))
    return found
