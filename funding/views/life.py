"""The life of a structure: its dated acts, what each changed, what is left to do."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures import appeals, life
from funding.views.appeal_tables import decisions_table
from funding.views.files import file_badge
from structures.enums import LifeKind, Status, StructureKind
from structures.models import Structure
from structures.templatetags import formats
from structures.views.badges import NEUTRAL, Badge, badge_of
from structures.views.context import business_date
from structures.views.parts import Banner
from structures.views.tables import Column, Empty, Link, Table

SHOWN = 50
NOTHING = Empty(
    "Aucun acte enregistré",
    "Un changement de SIRET, une visite ou une fermeture s’ajouteront ici.",
    who="Les agents du territoire les enregistrent.",
)
# What the address of each act ends with.
WORDS = {
    LifeKind.VISIT: "visite",
    LifeKind.IDENTITY: "siret",
    LifeKind.SECOND_KIND: "second-type",
    LifeKind.MERGER: "fusion",
    LifeKind.CLOSING: "fermeture",
}
FIELDS = {
    "siret": "SIRET",
    "name": "dénomination",
    "address": "adresse",
    "postcode": "code postal",
}


def seen_by(user, pk):
    """The structure, if the person may read its life."""
    rows = Structure.objects.visible_to(user).select_related("commune__departement")
    structure = get_object_or_404(rows, pk=pk)
    if not life.reads_life(user, structure):
        raise Http404
    return structure


@require_safe
def structure_life(request, pk):
    on = business_date()
    structure = seen_by(request.user, pk)
    acts = life.acts_of(structure)
    is_agent = life.writes_life(request.user, structure)
    return render(
        request,
        "funding/structure_life.html",
        {
            "structure": structure,
            "banner": banner(structure),
            "acts": possible(structure) if is_agent else [],
            "tables": [
                *files_left(structure, acts, request.user, on=on),
                *appeal_tables(structure, is_agent=is_agent, on=on),
                acts_table(structure, acts, is_agent=is_agent),
                *contracts_left(structure),
            ],
        },
    )


def banner(structure):
    badges = [badge_of(StructureKind(structure.kind)), *closed_badge(structure)]
    facts = [
        ("SIRET", "text", structure.siret),
        ("SIRET à la signature", "text", structure.siret_at_signature or None),
        ("Commune", "text", structure.commune.name),
        ("Créée le", "day", structure.created_on),
        ("Fermée le", "day", structure.closed_on),
    ]
    return Banner(f"Vie de {structure.name}", badges, facts)


def closed_badge(structure):
    if structure.closed_on is None:
        return []
    return [Badge(f"Fermée le {formats.day(structure.closed_on)}", *NEUTRAL)]


def possible(structure):
    """(label, address) of the acts an agent may record; of a closed one, its visits."""
    kinds = [LifeKind.VISIT] if structure.closed_on else WORDS
    return [
        (kind.label, reverse("structure_act", args=[structure.pk, WORDS[kind]]))
        for kind in kinds
    ]


def acts_table(structure, acts, *, is_agent):
    columns = [
        Column("Acte"),
        Column("Date d’effet", "day"),
        Column("Ce qui a changé"),
        Column("Motif ou constat"),
        Column("Par", on_phone=False),
        Column("Suites"),
    ]
    rows = [
        (
            Link(act.get_kind_display(), note=act.reference),
            act.on,
            changed(structure, act),
            act.reason,
            str(act.by),
            follow_up(act, is_agent),
        )
        for act in acts
    ]
    return Table("Actes", columns, rows, empty=NOTHING, key="actes")


def changed(structure, act):
    """What an act changed, in words, seen from this structure."""
    if act.kind == LifeKind.IDENTITY:
        return identity_in_words(act.changes)
    if act.other is None:
        count = len(act.changes.get("versions", []))
        return formats.counted(count, "annexe,annexes") if count else None
    other = act.other if act.structure_id == structure.pk else act.structure
    words = {
        (LifeKind.MERGER, True): "Absorbée par",
        (LifeKind.MERGER, False): "A absorbé",
        (LifeKind.SECOND_KIND, True): "Second dossier :",
        (LifeKind.SECOND_KIND, False): "Second dossier de",
    }[LifeKind(act.kind), act.structure_id == structure.pk]
    url = reverse("structure_detail", args=[other.pk])
    return Link(f"{words} {other.name} ({other.kind})", url)


def identity_in_words(changes):
    return " ; ".join(
        f"{FIELDS.get(field, field)} : {before or formats.EMPTY} → {after or formats.EMPTY}"
        for field, (before, after) in changes.items()
    )


def follow_up(act, is_agent):
    if act.kind != LifeKind.VISIT or act.follow_up_on is None:
        return None
    done = getattr(act, "followed_by", None)
    if done:
        return f"Faites le {formats.day(done.on)}"
    told = f"Attendues le {formats.day(act.follow_up_on)}"
    return Link(told, reverse("follow_up", args=[act.pk])) if is_agent else told


def appeal_tables(structure, *, is_agent, on):
    months = appeals.delay(on=on)
    found = appeals.decisions(structure, months=months)
    return [decisions_table(found, is_agent=is_agent, months=months)] if found else []


def files_left(structure, acts, user, *, on):
    """What the acts leave to sign or close; no table when all is done."""
    files = life.files_left(structure, acts, on=on)
    return [files_table(files, user)] if files else []


def contracts_left(structure):
    contracts = life.contracts_left(structure)
    return [contracts_table(structure, contracts)] if contracts else []


def files_table(files, user):
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Statut", "badge"),
        Column("Fin d’effet", "day"),
        Column("Aide", "cents"),
        Column("À faire"),
    ]
    rows = [
        (
            it.version.annexe.convention.structure.name,
            Link(
                f"{it.version.annexe} M{it.version.modification}",
                reverse("version_detail", args=[it.version.pk]),
            ),
            file_badge(Status(it.version.status), user),
            it.version.ends_on,
            it.version.total,
            it.what,
        )
        for it in files
    ]
    return Table("Reste à faire", columns, rows, key="reste")


def contracts_table(structure, contracts):
    """Without names: the page of the parcours says who may read them."""
    columns = [Column("Contrat"), Column("Début", "day"), Column("Fin prévue", "day")]
    rows = [
        (
            Link(str(it), reverse("parcours_detail", args=[it.parcours_id])),
            it.starts_on,
            it.ends_on,
        )
        for it in contracts[:SHOWN]
    ]
    number = formats.counted(len(contracts), "contrat court,contrats courent")
    more = f", les {SHOWN} premiers" if len(contracts) > SHOWN else ""
    title = f"{number} après le {formats.day(structure.closed_on)}{more}"
    return Table(title, columns, rows, key="contrats")
