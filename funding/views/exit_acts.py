"""An exit recorded once it is shown, corrected with why, followed at its terms."""

from crispy_forms.layout import Submit
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from funding.forms.exits import ExitForm, FollowUpForm
from funding.views.asking import Asking, ask, done
from parcours.actions.exits import (
    RECORDING,
    TERMS,
    check_exit,
    correct_exit,
    record_exit,
    record_follow_up,
)
from parcours.actions.grid import roles_in
from parcours.actions.refusals import ParcoursRefused
from parcours.figures.exits import foreseen_exit
from parcours.models import Contract, Exit, ExitMotive
from structures.rules.periods import months_later
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.tables import (
    Column,
    Table,
)


def own_contract(request, pk):
    """A contract of the person’s own structure, where they may record its end."""
    rows = Contract.objects.visible_to(request.user).select_related(
        "structure", "person"
    )
    contract = get_object_or_404(rows, pk=pk)
    if not roles_in(request.user, contract.structure_id) & RECORDING:
        raise Http404
    return contract


@require_http_methods(["GET", "HEAD", "POST"])
def exit_record(request, pk):
    """Asked, shown with what it does to the rates, then recorded."""
    contract, on = own_contract(request, pk), business_date()
    if known := Exit.objects.filter(contract=contract).first():
        return redirect("exit_correct", pk=known.pk)
    form = ExitForm(
        request.POST or None, initial={"exited_on": first_day(contract, on)}
    )

    def act(values):
        return record_exit(
            contract=contract,
            left_on=values["exited_on"],
            motive=ExitMotive.objects.get(pk=values["motive"]),
            by=request.user,
            on=on,
        )

    if done(form, act):
        messages.success(request, f"La sortie de {contract.person} est enregistrée.")
        return redirect("parcours_detail", pk=contract.parcours_id)
    asking = Asking(
        f"Sortie de {contract.person}",
        "Le parcours",
        back_to(contract),
        lead=lead(contract),
    )
    return ask(request, form, asking, preview=preview_of(contract, on))


def first_day(contract, on):
    """The foreseen end when it is past, else the day itself."""
    ends_on = contract.ends_on
    return ends_on if ends_on and ends_on <= on else on


def back_to(contract):
    return reverse("parcours_detail", args=[contract.parcours_id])


def lead(contract):
    return (
        f"{contract.get_kind_display()} du {formats.day(contract.starts_on)}, embauche du "
        f"{formats.day(contract.hired_on)}. Un renouvellement n’est pas une sortie."
    )


def preview_of(contract, on):
    """What the exit would do: its verdict, and the rates of the year before and after."""

    def preview(asking, values):
        motive = ExitMotive.objects.get(pk=values["motive"])
        left_on = values["exited_on"]
        check_exit(contract, left_on, on=on)
        foreseen = foreseen_exit(contract, motive, left_on=left_on, on=on)
        asking.told = f"{motive.label}. {foreseen.told}"
        asking.tables = [rates_table(foreseen, left_on.year)]

    return preview


def rates_table(foreseen, year):
    before, after = foreseen.before, foreseen.after
    columns = [Column(f"Sorties de {year}"), Column("Avant"), Column("Après")]
    rows = [
        ("Examinées", formats.count(before.examined), formats.count(after.examined)),
        ("Dynamiques", formats.rate(before.dynamic), formats.rate(after.dynamic)),
        ("Emploi durable", formats.rate(before.durable), formats.rate(after.durable)),
    ]
    return Table("Ce que cette sortie change", columns, rows, key="taux")


@require_http_methods(["GET", "HEAD", "POST"])
def exit_correct(request, pk):
    """Another day or motive, with why: what the exit said is kept."""
    found = own_exit(request, pk)
    contract, on = found.contract, business_date()
    initial = {"exited_on": found.exited_on, "motive": found.motive_id}
    form = ExitForm(
        request.POST or None, initial=initial, options={"is_correction": True}
    )

    def act(values):
        return correct_exit(
            exit_=found,
            left_on=values["exited_on"],
            motive=ExitMotive.objects.get(pk=values["motive"]),
            reason=values["reason"],
            by=request.user,
            on=on,
        )

    if done(form, act):
        messages.success(request, f"La sortie de {contract.person} est corrigée.")
        return redirect("parcours_detail", pk=contract.parcours_id)
    asking = Asking(
        f"Corriger la sortie de {contract.person}",
        "Le parcours",
        back_to(contract),
        lead=f"Enregistrée : {found.motive.label}, le {formats.day(found.exited_on)}.",
        tables=changes_table(found),
    )
    return ask(request, form, asking)


def own_exit(request, pk):
    found = get_object_or_404(
        Exit.objects.select_related(
            "contract__person", "contract__structure", "motive"
        ),
        pk=pk,
    )
    own_contract(request, found.contract_id)
    return found


def changes_table(found):
    changes = list(found.changes.select_related("by").order_by("-pk"))
    if not changes:
        return []
    columns = [
        Column("Avant"),
        Column("Après"),
        Column("Pourquoi"),
        Column("Par"),
        Column("Le", "moment"),
    ]
    rows = [(it.before, it.after, it.reason, str(it.by), it.at) for it in changes]
    return [Table("Corrections", columns, rows, key="corrections")]


@require_http_methods(["GET", "HEAD", "POST"])
def exit_follow_up(request, pk, months):
    """What became of somebody three or six months after they left."""
    found = own_exit(request, pk)
    if months not in TERMS:
        raise Http404
    form = FollowUpForm(request.POST or None, submit=Submit("", "Enregistrer le suivi"))
    if form.is_valid() and is_followed(request, found, months, form):
        messages.success(request, f"Le suivi à {months} mois est enregistré.")
        return redirect("parcours_detail", pk=found.contract.parcours_id)
    due = months_later(found.exited_on, months)
    context = {
        "title": f"{found.contract.person}, {months} mois après sa sortie",
        "told": f"Sortie le {formats.day(found.exited_on)}, {found.motive.label}. Ce "
        f"suivi se fait à partir du {formats.day(due)}.",
        "form": form,
        "back": back_to(found.contract),
    }
    return render(request, "funding/exit_follow_up.html", context)


def is_followed(request, found, months, form):
    try:
        record_follow_up(
            exit_=found,
            months=months,
            **form.cleaned_data,
            by=request.user,
            on=business_date(),
        )
    except ParcoursRefused as refusal:
        form.add_error(None, refusal.user_message)
    return form.is_valid()
