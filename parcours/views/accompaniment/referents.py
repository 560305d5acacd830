"""Who is in charge of a person, the people of an adviser, and handing them over."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from parcours.actions.referents import hand_over, name_referent
from parcours.actions.refusals import ParcoursRefused
from parcours.figures.referents import (
    advisers,
    caseload,
    caseloads,
    referent_of,
)
from parcours.figures.sight import accompanied_structures
from parcours.forms.referents import HandOverForm, ReferentForm
from parcours.views.accompaniment.asked import Asked, accompanied, answer, person_url
from parcours.views.looks import EXITED, LATE, RUNNING
from structures.enums import Role
from structures.models import Structure, User
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Link, Table

METHODS = ["GET", "HEAD", "POST"]
PEOPLE = "personne,personnes"


@require_http_methods(METHODS)
def referent_name(request, pk):
    contract, on = accompanied(request, pk), business_date()
    now = referent_of(contract)
    asked = Asked(
        "Désigner le référent",
        contract,
        told=f"Aujourd’hui : {now}." if now else "Personne n’est encore désigné.",
        done="Le référent est désigné.",
    )
    form = ReferentForm(
        request.POST or None,
        advisers=advisers(contract.structure_id),
        initial={"since": on},
    )

    def act(values):
        name_referent(contract=contract, by=request.user, on=on, **values)

    return answer(request, asked, form, act)


@require_safe
def caseload_page(request):
    """The people somebody is in charge of; for the direction, those of each adviser."""
    own = accompanied_structures(request.user)
    if not own:
        raise Http404
    memberships = [m for m in request.user.current_memberships if m.structure_id in own]
    lines = caseload(request.user, on=business_date())
    acts = [
        (f"{passing(n)} à un collègue", hand_over_url(m.structure, m.user_id))
        for m in memberships
        if m.role == Role.CIP
        and (n := sum(it.contract.structure_id == m.structure_id for it in lines))
    ]
    shared = [team(m.structure) for m in memberships if m.role == Role.DIRECTION]
    context = {"acts": acts, "tables": [people(lines), *shared]}
    return render(request, "parcours/accompaniment/caseload.html", context)


def passing(n, whose="mes"):
    """Passer mes 12 personnes; of one alone, no number."""
    return f"Passer {whose} {n} personnes" if n > 1 else "Passer une personne"


def hand_over_url(structure, user):
    return reverse("hand_over", args=[structure.pk, user])


def people(lines):
    columns = [
        Column("Personne"),
        Column("État", "badge"),
        Column("Dernier entretien", "day"),
        Column("Prochaine échéance", "day"),
        Column("Échéance", "badge"),
        Column("Actions en retard", "count"),
        Column("Fin du contrat", "day", on_phone=False),
    ]
    rows = [
        (
            Link(str(it.contract.person), person_url(it.contract)),
            RUNNING if it.is_running else EXITED,
            it.last_interview,
            it.due_on,
            LATE if it.late else None,
            it.late,
            it.contract.ends_on,
        )
        for it in lines
    ]
    empty = Empty(
        "Aucune personne",
        "Vous n’êtes encore le référent de personne. Un référent se désigne sur la page "
        "de chaque personne.",
        "Voir les parcours",
        reverse("parcours_list"),
    )
    return Table("Les personnes dont je suis le référent", columns, rows, empty=empty)


def team(structure):
    """Each adviser with how many people; from there, they may be passed."""
    columns = [Column("Référent"), Column("Personnes", "count")]
    rows = [
        (Link(str(user), hand_over_url(structure, user.pk) if n else ""), n)
        for user, n in caseloads(structure.pk)
    ]
    empty = Empty("Aucun référent", "Aucun conseiller n’est inscrit dans la structure.")
    key = f"equipe-{structure.pk}"
    return Table(f"Référents de {structure.name}", columns, rows, empty=empty, key=key)


@require_http_methods(METHODS)
def hand_over_page(request, structure, user):
    """By who hands over, or by the direction; 404 for anybody else."""
    home, source = may_hand_over(request.user, structure, user)
    n = source.referent_of.filter(structure=home, until=None).count()
    form = HandOverForm(
        request.POST or None,
        advisers=advisers(home.pk).exclude(pk=source.pk),
        initial={"seen": n},
    )
    if form.is_valid() and is_handed_over(request, form, home, source):
        return redirect("caseload")
    is_mine = source == request.user
    title = passing(n, "mes" if is_mine else "les")
    context = {
        "title": title if is_mine else f"{title} de {source}",
        "structure": home,
        "form": form,
    }
    return render(request, "parcours/accompaniment/hand_over.html", context)


def may_hand_over(user, structure, source):
    """The structure and whose people, when they are theirs to pass."""
    roles = {m.role for m in user.current_memberships if m.structure_id == structure}
    if not (Role.DIRECTION in roles or (Role.CIP in roles and source == user.pk)):
        raise Http404
    home = get_object_or_404(Structure, pk=structure)
    known = [one.pk for one, _ in caseloads(structure)]
    return home, get_object_or_404(User.objects.filter(pk__in=known), pk=source)


def is_handed_over(request, form, home, source):
    values = form.cleaned_data
    try:
        n = hand_over(
            structure=home,
            source=source,
            target=values["user"],
            seen=values["seen"],
            by=request.user,
            on=business_date(),
        )
    except ParcoursRefused as refusal:
        form.refused(refusal)
        return False
    who = formats.counted(n, PEOPLE)
    messages.success(request, f"{who} : {values['user']} est maintenant le référent.")
    return True
