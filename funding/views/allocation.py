"""An annexe shared out over its envelopes: earmarks, cofinancing, the line."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from funding.actions.allocation import Share, allocate, check_perimeter
from funding.figures.allocation import (
    cofinancing_means,
    cofinancing_of,
    earmarks_for,
    mark_of,
)
from funding.figures.dossiers import parts_of
from funding.figures.shares import cofinanced_part, rest_of, share_of_earmarks
from funding.forms.allocation import AllocationForm
from funding.forms.words import seen_again
from funding.views.annexe import address, asked, title
from funding.views.annexe_tables import parts_table
from funding.views.asking import Asking, ask, done
from funding.views.openings import figure, in_words, worked
from structures.enums import Status
from structures.templatetags.tables import written
from structures.views.context import business_date
from structures.views.tables import Column, Table

ZERO = Decimal(0)


@require_http_methods(["GET", "HEAD", "POST"])
def version_allocation(request, pk):
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    earmarks = earmarks_for(version)
    form = AllocationForm(
        request.POST or None,
        options={"earmarks": [(it.pk, it.get_line_display()) for it in earmarks]},
        initial=initial(version, earmarks),
    )

    def share(values):
        return allocate(
            version=version,
            shares=shares(earmarks, values),
            cofinanced=cofinanced(version, values),
            by=request.user,
            on=business_date(),
            expected=Status(values["expected"]),
            seen=values["seen"],
        )

    if done(form, share):
        messages.success(request, "La répartition est enregistrée.")
        return redirect(address(version))
    tell_again(form, version)
    asking = Asking(
        f"Répartition de {title(version)}",
        version.annexe.convention.structure.name,
        address(version),
        lead=lead(version),
        tables=[parts_table(version, parts_of(version))],
    )

    def preview(asking, values):
        for envelope, it in shares(earmarks, values).items():
            if it.etp:
                check_perimeter(version, envelope)
        asking.told = format_html("L’aide est de {}.", aid_of(version))
        asking.tables = [shared_table(version, earmarks, values)]

    return ask(request, form, asking, preview)


def initial(version, earmarks):
    """What each earmark bears now; nothing is 0 here, as 0 is what would be recorded."""
    parts = {part.envelope_id: part for part in version.parts.all()}
    found = {"cofinanced": version.cofinanced, "expected": version.status}
    found["seen"] = mark_of(version)
    for envelope in earmarks:
        part = parts.get(envelope.pk)
        found[f"etp_{envelope.pk}"] = part.etp if part else ZERO
        found[f"posts_{envelope.pk}"] = part.posts if part else ZERO
    return found


def tell_again(form, version):
    """A refusal shows what is there now: the status first, then the parts."""
    if not form.is_bound or form.is_valid() or not form.non_field_errors():
        return
    if form["expected"].value() == version.status:
        seen_again(form, seen=mark_of(version))
    seen_again(form, expected=version.status)


def shares(earmarks, values):
    return {
        it: Share(values[f"etp_{it.pk}"], values[f"posts_{it.pk}"]) for it in earmarks
    }


def cofinanced(version, values):
    """Euros of the département: those of its beneficiaries when they are given (R38)."""
    if values["beneficiaries"] is None:
        return values["cofinanced"]
    return cofinancing_of(
        version, beneficiaries=values["beneficiaries"], on=business_date()
    )


def aid_of(version):
    return in_words(figure(version.total, version, "aide"))


def lead(version):
    means = cofinancing_means(version, on=business_date())
    departement = figure(means.split.departement, version, "cofinancement")
    told = format_html(
        "L’aide est de {} pour {} ETP, dont {} au département (R40)",
        aid_of(version),
        written("etp", figure(version.etp, version, "etp")),
        written("etp", departement),
    )
    if means.beneficiaries is None:
        rest = "Les fléchages prennent leur part, la ligne porte le reste."
        return format_html("{}. {}", told, rest)
    people = figure(means.beneficiaries, version, "cofinancement")
    end = "bénéficiaires du RSA par mois (R39)"
    return format_html("{}, soit {} {}.", told, written("etp", people), end)


def shared_table(version, earmarks, values):
    """The parts as they would be, each with its formula: the line bears what is left."""
    columns = [
        Column("Enveloppe"),
        Column("ETP sur l’année", "etp"),
        Column("Postes au 31 décembre", "etp"),
        Column("Part", "cents"),
    ]
    *parts, borne, left = parts_asked(version, earmarks, values)
    rows = [
        (
            it.get_line_display(),
            values[f"etp_{it.pk}"],
            values[f"posts_{it.pk}"],
            worked(part),
        )
        for it, part in zip(earmarks, parts, strict=True)
    ]
    rows += [
        ("Cofinancement du conseil départemental", None, None, worked(borne)),
        ("IAE, montant socle", None, None, worked(left)),
    ]
    etp, total = (
        figure(version.etp, version, "etp"),
        figure(version.total, version, "aide"),
    )
    footer = ("Ensemble", etp, None, total)
    return Table("La répartition demandée", columns, rows, key="parts", footer=footer)


def parts_asked(version, earmarks, values):
    """What the earmarks would bear, then the département, then the line."""
    on = business_date()
    etp = {it: values[f"etp_{it.pk}"] for it in earmarks}
    parts = share_of_earmarks(version, etp, on=on)
    borne = cofinanced_part(
        *(version, cofinanced(version, values)),
        beneficiaries=values["beneficiaries"],
        on=on,
    )
    return [*parts, borne, rest_of(version, [*parts, borne])]
