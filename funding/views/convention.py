"""One convention: where its file is, what it asks, what may be done to it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from funding.actions.files import MoveRefused, move_convention
from funding.actions.openings import renew
from funding.enums import Act, Subject
from funding.figures.conventions import (
    breach_of,
    conventions,
    following,
    last_versions_of,
    possible_acts,
)
from funding.figures.powers import Powers
from funding.figures.requests import dossier_of, label_of, years_of
from funding.forms import MoveForm
from funding.forms.requests import titled
from funding.forms.words import seen_again
from funding.models import AgendaItem
from funding.rules.lifecycle.moves import row_of
from funding.views.convention_parts import (
    annexes_table,
    banner,
    cards,
    changes_table,
)
from funding.views.convention_summary import summary
from funding.views.files import (
    Button,
    act_button,
    any_row,
    arranged,
    directs,
    history_table,
    is_done,
    known,
    no_longer,
    remarks_button,
    written_since,
)
from funding.views.papers import convention_papers
from structures.enums import DROPPED, IN_FORCE, SalesVerdict, Status
from structures.models import Convention
from structures.rules import requests as rules
from structures.views.context import business_date


def asked(request, pk):
    """The convention, if the person may see it; its structure and commune with it."""
    rows = conventions(Convention.objects.visible_to(request.user))
    return get_object_or_404(rows, pk=pk)


def address(convention):
    return reverse("convention_detail", args=[convention.pk])


@require_safe
def convention_detail(request, pk):
    on = business_date()
    convention = asked(request, pk)
    dossier = dossier_of(convention, on=on)
    versions = last_versions_of(convention)
    comments = remarks(convention, dossier)
    tables = [annexes_table(convention, versions, request.user)]
    if dossier:
        tables += changes_table(dossier)
    return render(
        request,
        "funding/convention_detail.html",
        {
            "convention": convention,
            "banner": banner(convention, request.user),
            "summary": summary(convention, dossier, on=on),
            "breach": breach_of(convention, on=on),
            "buttons": arranged(
                [
                    *remarks_button(convention.state, request.user, comments),
                    *own_buttons(convention, request.user, dossier),
                    *act_buttons(convention, request.user, comments, on=on),
                    *later_buttons(convention, request.user, versions, on=on),
                ]
            ),
            "comments": comments,
            "cards": cards(dossier) if dossier else [],
            "tables": [
                *tables,
                history_table(convention, request.user, origin=origin_of(dossier)),
            ],
            "papers": convention_papers(convention, request.user),
        },
    )


def origin_of(dossier):
    """Where a convention comes from; one of the ASP’s has no request."""
    if dossier is None:
        return "La convention est venue sans demande, de l’ASP ou d’une reprise"
    return "La demande a été ouverte ici"


def remarks(convention, dossier):
    """Each remark, the words of its field, and what was written in it since."""
    comments = convention.comments.select_related("by", "answered_by")
    since = written_since(comments, dossier.request.changes.all() if dossier else [])
    return [(it, titled(label_of(it.field)), since[it.pk]) for it in comments]


def act_buttons(convention, user, comments, *, on):
    """The acts of the table; an opinion is told from its session."""
    for it in possible_acts(convention, user, on=on):
        act = it.row.act
        if act == Act.RECORD_OPINION:
            yield opinion_button(convention)
        else:
            yield act_button(it, act_url(convention, act), comments)


def later_buttons(convention, user, versions, *, on):
    """Once signed: its annexes, then the next one."""
    status = Status(convention.state)
    if user.is_agent and status in IN_FORCE:
        taken = {it.annexe.year for it in versions if it.status not in DROPPED}
        for year in years_of(convention):
            if year not in taken and year <= on.year + 1:
                url = reverse("convention_annexe", args=[convention.pk])
                label = f"Préparer l’annexe de {year}"
                yield Button(label, url, is_post=True, name="annee", value=str(year))
    yield from renewal_button(convention, user, status)


def own_buttons(convention, user, dossier):
    """The file itself: filled, remarked on, corrected."""
    status = Status(convention.state)
    mine = directs(user, convention.structure_id)
    key = [convention.pk]
    if status == Status.DRAFT and (mine or user.is_agent):
        url = reverse("request_step", args=[*key, "projet"])
        yield Button("Compléter la demande", url)
    if status == Status.CORRECTION and mine:
        yield Button("Corriger et répondre", reverse("request_correct", args=key))
    if status == Status.INSTRUCTION and user.is_agent and dossier:
        url = reverse("request_comment", args=key)
        yield Button("Commenter un champ", url, is_aside=True)
        if rules.verdict_of(dossier.facts) == SalesVerdict.DECISION:
            url = reverse("sales_decision", args=key)
            yield Button("Enregistrer la décision sur les ventes", url)


def opinion_button(convention):
    """The opinion is told from its session; without one, the file is put on an agenda."""
    item = AgendaItem.objects.filter(convention=convention, sense="").first()
    if item:
        url = reverse("cdiae_opinions", args=[item.session_id])
        return Button("Enregistrer l’avis, depuis la séance", url)
    return Button("Inscrire à une séance du CDIAE", reverse("cdiae_list"))


def renewal_button(convention, user, status):
    mine = directs(user, convention.structure_id) or user.is_agent
    if not mine or status not in (*IN_FORCE, Status.CLOSED):
        return
    after = following(convention)
    if after:
        yield Button(f"Voir la suivante, {after.starts_on.year}", address(after))
    else:
        url = reverse("convention_renew", args=[convention.pk])
        yield Button("Renouveler la convention", url, is_post=True)


def act_url(convention, act):
    return reverse("convention_move", args=[convention.pk, act.lower()])


@require_http_methods(["GET", "HEAD", "POST"])
def convention_move(request, pk, act):
    """What the act does and asks; then the act."""
    convention, act = asked(request, pk), known(act)
    status = Status(convention.state)
    row = row_of(Subject.CONVENTION, status, act) or any_row(Subject.CONVENTION, act)
    form = MoveForm(request.POST or None, row=row, initial={"expected": status})
    if form.is_valid() and is_moved(request, convention, act, form):
        messages.success(request, f"{act.label} : c’est fait.")
        return redirect(address(convention))
    acts = possible_acts(convention, request.user, on=business_date())
    refusals = {it.row.act: it.refusals for it in acts}
    if act not in refusals and request.method != "POST":
        powers = Powers.of(request.user, on=business_date())
        return no_longer(
            *(request, Subject.CONVENTION, act, status),
            powers.actors(convention.structure),
            back=address(convention),
        )
    return render(
        request,
        "funding/convention_move.html",
        {
            "convention": convention,
            "title": act.label,
            "form": form,
            "refusals": refusals.get(act),
            "told": TOLD.get(act, ""),
            "back": address(convention),
        },
    )


# What an act leads to, when it is not in its name.
TOLD = {
    Act.SUBMIT: "Le dossier ne se modifie plus ensuite, sauf si le service demande une "
    "correction.",
    Act.SIGN: "La convention entre en vigueur ; sa première annexe peut être préparée.",
    Act.NOTIFY_BREACH: "Une lettre recommandée part à la structure. La résiliation attend "
    "le délai laissé pour ses observations.",
    Act.TERMINATE: "La convention prend fin aujourd’hui. Ses annexes se résilient une à "
    "une, depuis leur page et sans autre lettre, et rendent ce qui n’est pas payé.",
    Act.CLOSE: "La convention est finie : plus rien ne s’y ajoute.",
}


def is_moved(request, convention, act, form):
    """Whether it was; why not is in the form, and what they typed with it."""
    values = form.cleaned_data
    is_moved = is_done(
        *(form, move_convention),
        convention=convention,
        act=act,
        by=request.user,
        on=business_date(),
        reason=values.get("reason", ""),
        expected=Status(values["expected"]),
    )
    seen_again(form, expected=convention.state)
    return is_moved


@require_POST
def convention_renew(request, pk):
    """A draft that follows it, prefilled; then its file."""
    convention = asked(request, pk)
    if not (request.user.is_agent or directs(request.user, convention.structure_id)):
        raise Http404
    try:
        after = renew(convention=convention, by=request.user, on=business_date())
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
        return redirect(address(convention))
    messages.success(
        request,
        "La convention suivante est en brouillon, remplie avec ce que nous savons : "
        "relisez chaque étape.",
    )
    return redirect(address(after))
