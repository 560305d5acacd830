"""One version of an annexe: its terms, its envelopes, its history, what may be done."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from funding.actions.files import MoveRefused, move_version
from funding.actions.terms import WRITABLE, open_avenant
from funding.enums import Subject
from funding.figures.dossiers import before as previous
from funding.figures.dossiers import dossiers, label_of, parts_of, possible
from funding.figures.moved import moved_by
from funding.figures.powers import Powers
from funding.figures.socle import known_amount
from funding.forms import MoveForm
from funding.forms.words import seen_again
from funding.models import AnnexeFinanciere, AnnexeVersion
from funding.rules.lifecycle.moves import row_of
from funding.views.annexe_tables import (
    avenant_tables,
    changes_table,
    lacking,
    moved_table,
    parts_table,
)
from funding.views.files import (
    Button,
    act_button,
    any_row,
    arranged,
    directs,
    file_badge,
    history_table,
    is_done,
    is_of_the_state,
    known,
    no_longer,
    remarks_button,
    written_since,
)
from funding.views.papers import papers_section
from structures.enums import IN_FORCE, Status
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Banner, Figure, Tab
from structures.views.tables import Link


def asked(request, pk):
    """The version, if the person may see it; its structure and convention with it."""
    versions = dossiers(AnnexeVersion.objects.visible_to(request.user))
    return get_object_or_404(versions, pk=pk)


def address(version):
    return reverse("version_detail", args=[version.pk])


@require_safe
def version_detail(request, pk):
    version = asked(request, pk)
    on = business_date()
    acts = possible(version, request.user, on=on)
    old, comments = previous(version), remarks(version)
    return render(
        request,
        "funding/version_detail.html",
        {
            "version": version,
            "banner": banner(version, request.user),
            "tabs": version_tabs(version),
            "summary": summary(version),
            "tables": [
                parts_table(
                    *(version, parts_of(version)),
                    has_rest=is_of_the_state(request.user),
                ),
                *avenant_tables(version, old),
                *changes_table(version),
                history_table(version, request.user, origin=origin_of(version, old)),
            ],
            "comments": comments,
            "buttons": arranged(
                [
                    *remarks_button(version.status, request.user, comments),
                    *(
                        act_button(it, act_url(version, it.row.act), comments)
                        for it in acts
                    ),
                    *what_else(version, request.user, on=on),
                ]
            ),
            "papers": papers_section(version, request.user),
        },
    )


def origin_of(version, old):
    """Where a version comes from, as far as it tells."""
    if version.asp_id:
        return "Cette version vient de l’ASP"
    if old:
        return (
            f"Cet avenant a été préparé ici, à partir de la version M{old.modification}"
        )
    return "Cette annexe a été préparée ici, par une campagne ou depuis sa convention"


def remarks(version):
    """Each remark, the words of its field, and what was written in it since."""
    comments = version.comments.select_related("by", "answered_by")
    since = written_since(comments, version.term_changes.all())
    return [(it, label_of(it.field), since[it.pk]) for it in comments]


def what_else(version, user, *, on):
    """What is not a move: correct, remark, change the terms, open an avenant."""
    status = Status(version.status)
    key = [version.pk]
    if not user.is_agent:
        mine = directs(user, version.annexe.convention.structure_id)
        if mine and status == Status.CORRECTION:
            yield Button("Corriger et répondre", reverse("version_correct", args=key))
        return
    if status == Status.INSTRUCTION:
        url = reverse("comment_add", args=key)
        yield Button("Commenter un champ", url, is_aside=True)
    if status in WRITABLE:
        yield Button("Modifier les termes", reverse("version_terms", args=key))
        share = reverse("version_allocation", args=key)
        yield Button("Répartir entre les enveloppes", share)
        others = reverse("version_other_terms", args=key)
        yield Button("Dates, encadrement, sorties prévues", others)
        yield from law_button(version, on=on)
    if status in IN_FORCE:
        url = reverse("avenant_open", args=[version.annexe_id])
        yield Button("Préparer un avenant", url, is_post=True)


def law_button(version, *, on):
    """The amount now known, when it is no longer that of the version."""
    unit = known_amount(version, on=on)
    if unit not in (None, version.unit_amount):
        url = reverse("version_law", args=[version.pk])
        label = f"Passer au montant en vigueur, {formats.cents(unit)} par ETP"
        yield Button(label, url, is_post=True)


def act_url(version, act):
    return reverse("version_move", args=[version.pk, act.lower()])


def title(version):
    annexe = version.annexe
    number = annexe.number or "Annexe"
    return f"{number} A{annexe.renewal}M{version.modification}, {annexe.year}"


def status_badge(version, user):
    """The agents’ word, or what the structure reads of it."""
    return file_badge(Status(version.status), user)


def banner(version, user):
    convention = version.annexe.convention
    structure = convention.structure
    convention_url = reverse("convention_detail", args=[convention.pk])
    facts = [
        ("Structure", "text", structure.name),
        ("Commune", "text", structure.commune.name),
        ("Convention", "text", Link(str(convention), convention_url)),
        ("Début d’effet", "day", version.starts_on),
        ("Fin d’effet", "day", version.ends_on),
        ("Signée le", "day", version.signed_on),
    ]
    return Banner(title(version), [status_badge(version, user)], facts)


def version_tabs(version):
    versions = version.annexe.versions.order_by("modification")
    if len(versions) < 2:
        return []
    return [Tab(f"M{v.modification}", address(v), v.pk == version.pk) for v in versions]


def summary(version):
    """Each opens its formula, its law and the rows it sums."""
    state = version.get_state_display().lower()
    return [
        Figure(
            *("Aide", "cents", version.total, opened(version, "aide")),
            note=f"État et cofinancement, {state}",
        ),
        Figure("ETP", "etp", version.etp, opened(version, "etp")),
        Figure(
            *("Montant par ETP", "cents", version.unit_amount),
            opened(version, "montant-par-etp"),
        ),
        Figure(
            *("Cofinancement", "cents", version.cofinanced),
            opened(version, "cofinancement"),
        ),
        Figure(
            *("Paiements", "text", "Échéancier"),
            reverse("payment_schedule", args=[version.pk]),
            note="dû et payé, mois par mois",
        ),
    ]


def opened(version, code):
    return reverse("annexe_figure", args=[version.pk, code])


@require_http_methods(["GET", "HEAD", "POST"])
def version_move(request, pk, act):
    """What the act will do, its money before and after; then the act."""
    version, act = asked(request, pk), known(act)
    powers = Powers.of(request.user, on=business_date())
    actors = powers.actors(version.annexe.convention.structure)
    if not actors:
        raise Http404
    status = Status(version.status)
    row = row_of(Subject.ANNEXE, status, act) or any_row(Subject.ANNEXE, act)
    form = MoveForm(request.POST or None, row=row, initial={"expected": status})
    if form.is_valid() and is_moved(request, version, act, form):
        messages.success(request, f"{act.label} : c’est fait.")
        return redirect(address(version))
    acts = possible(version, request.user, on=business_date())
    refusals = {it.row.act: it.refusals for it in acts}
    if act not in refusals and request.method != "POST":
        back = address(version)
        return no_longer(request, Subject.ANNEXE, act, status, actors, back=back)
    moved = moved_by(version, act) if is_of_the_state(request.user) else []
    return render(
        request,
        "funding/version_move.html",
        {
            "version": version,
            "title": act.label,
            "form": form,
            "refusals": refusals.get(act) or lacking(moved),
            "table": moved_table(version, moved, act) if moved else None,
            "back": address(version),
        },
    )


def is_moved(request, version, act, form):
    """Whether it was; why not is in the form, and what they typed with it."""
    values = form.cleaned_data
    is_moved = is_done(
        *(form, move_version),
        version=version,
        act=act,
        by=request.user,
        on=business_date(),
        reason=values.get("reason", ""),
        expected=Status(values["expected"]),
    )
    seen_again(form, expected=version.status)
    return is_moved


@require_POST
def avenant_open(request, pk):
    """A draft avenant from the version in force, opened at once."""
    annexes = AnnexeFinanciere.objects.visible_to(request.user)
    annexe = get_object_or_404(annexes, pk=pk)
    if not request.user.is_agent:
        raise Http404
    try:
        draft = open_avenant(annexe=annexe)
    except MoveRefused as refusal:
        messages.error(request, refusal.user_message)
        draft = annexe.versions.order_by("-modification").first()
    else:
        messages.success(request, f"L’avenant M{draft.modification} est en brouillon.")
    return redirect(address(draft))
