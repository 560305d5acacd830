"""Over-payments of a year, and the titres de reversement that claim them back (R86)."""

from decimal import Decimal

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from funding.actions.claims import (
    Wanted,
    cancel_claim,
    drafted,
    issue_claim,
    recover_claim,
)
from funding.enums import ClaimReason
from funding.figures.overpaid import overpaid_annexes, overpaid_of, years_paid
from funding.forms.year import ClaimEndForm, ClaimForm
from funding.models import Claim
from funding.views.annexe import asked, title
from funding.views.asking import Asking, ask, done
from funding.views.claim_tables import (
    FORMULA,
    NO_EXCESS,
    banner,
    claim_line,
    list_columns,
    standing_table,
)
from structures.figures.search import folded
from structures.rules.reading import year_in
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing
from structures.views.parts import Tab
from structures.views.tables import Table, list_state, rows_by_chunk, sorted_page

SORTS = {
    "nom": [F("sort_name")],
    "paye": [F("paid")],
    "excedent": [F("excess")],
}


@require_safe
def claim_list(request):
    user = request.user
    years = years_paid(user) or [business_date().year]
    chosen = year_in(request.GET.get("annee", ""))
    year = chosen if chosen in years else years[0]
    rows = overpaid_annexes(user, year=year, on=business_date()).annotate(
        sort_name=folded("convention__structure__name")
    )
    state = list_state(request, sorts=SORTS, default="-excedent")
    columns = list_columns(rows)
    written = (claim_line(it, user) for it in rows_by_chunk(rows.order_by("sort_name")))
    if file := exported(request, f"trop-percus-{year}", columns, written):
        return file
    page = sorted_page(rows, request, state, sorts=SORTS)
    lines = [claim_line(it, user) for it in page]
    name = f"Trop-perçus {year}"
    table = Table(name, columns, lines, state, page, NO_EXCESS, has_title=True)
    table.formulas.append(FORMULA)
    tabs = [
        Tab(str(n), state.url(annee=n, page=None), n == year) for n in sorted(years)
    ]
    listing = Listing(table, "annexe,annexes", tabs=tabs, tabs_label="Année")
    return render(
        request, "funding/claim_list.html", {"title": name, "listing": listing}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def claim_add(request, pk):
    """A titre for an annexe: what was paid, what is due, and the letter before it goes."""
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    annexe, on = version.annexe, business_date()
    stands = overpaid_of(annexe)
    form = ClaimForm(
        request.POST or None,
        options={"reasons": ClaimReason.choices},
        initial={"on": on, "amount": stands.excess or None},
    )

    def issue(values):
        return issue_claim(
            annexe=annexe,
            wanted=wanted(values),
            on=values["on"],
            by=request.user,
            key=values["key"],
        )

    made = done(form, issue)
    if made:
        messages.success(request, f"Titre n° {made.pk} : émis.")
        return redirect("claim_detail", pk=made.pk)
    asking = Asking(
        f"Reversement de {title(version)}",
        annexe.convention.structure.name,
        reverse("payment_schedule", args=[version.pk]),
        lead=sentence(stands),
        tables=[standing_table(annexe, stands)],
    )

    def preview(asking, values):
        asking.told = (
            f"Titre de {formats.cents(values['amount'])}. L’argent reviendra à "
            "l’enveloppe quand vous aurez saisi le reversement."
        )
        draft = drafted(annexe=annexe, wanted=wanted(values), on=values["on"])
        asking.letter = draft.letter

    return ask(request, form, asking, preview)


def wanted(values):
    return Wanted(
        amount=values["amount"],
        beyond=values["beyond"] or Decimal(0),
        reason=ClaimReason(values["reason"]),
        detail=values["detail"],
    )


def sentence(stands):
    if stands.due is None:
        return (
            "Les heures de cette annexe ne sont pas calculées : ce qui est dû est "
            "inconnu. Lancez la campagne de l’année, ou attendez les mois manquants."
        )
    months = ", ".join(formats.month(month) for month in stands.missing)
    if months:
        return (
            f"Attention, rien n’est saisi pour {months} : le dû peut encore augmenter."
        )
    return "Tous les mois sont saisis : le dû est définitif."


@require_http_methods(["GET", "HEAD", "POST"])
def claim_detail(request, pk):
    """The titre and its letter; for an agent, the two ways it ends."""
    claim = asked_claim(request, pk)
    version = claim.annexe.versions.last_first().first()
    mine = request.user.is_agent and claim.is_open
    return render(
        request,
        "funding/claim_detail.html",
        {
            "claim": claim,
            "banner": banner(claim),
            "back": reverse("payment_schedule", args=[version.pk]),
            "acts": [
                ("Saisir le reversement", reverse("claim_recover", args=[pk])),
                ("Annuler le titre", reverse("claim_cancel", args=[pk])),
            ]
            if mine
            else [],
        },
    )


def asked_claim(request, pk):
    claims = Claim.objects.visible_to(request.user).select_related(
        "annexe__convention__structure", "by", "recovered_by", "cancelled_by"
    )
    return get_object_or_404(claims, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_recover(request, pk):
    return claim_end(request, pk, recover_claim, "Enregistrer le reversement", False)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_cancel(request, pk):
    return claim_end(request, pk, cancel_claim, "Annuler le titre", True)


def claim_end(request, pk, act, verb, needs_reason):
    claim = asked_claim(request, pk)
    if not request.user.is_agent:
        raise Http404
    form = ClaimEndForm(
        request.POST or None,
        options={"verb": verb, "needs_reason": needs_reason},
        initial={"on": business_date()},
    )

    def end(values):
        more = {"reason": values["reason"]} if needs_reason else {}
        return act(claim=claim, on=values["on"], by=request.user, **more)

    if done(form, end):
        messages.success(request, f"{verb} : c’est fait.")
        return redirect("claim_detail", pk=pk)
    asking = Asking(
        f"{verb}, titre n° {claim.pk}",
        f"Titre n° {claim.pk}",
        reverse("claim_detail", args=[pk]),
        lead=f"{claim.annexe.convention.structure.name}, {formats.cents(claim.amount)}.",
    )

    def preview(asking, values):
        asking.told = (
            f"{verb} : {formats.cents(claim.amount)}, {formats.long_day(values['on'])}."
        )

    return ask(request, form, asking, preview)
