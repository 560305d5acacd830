"""An annexe shared out over its envelopes: earmarks, cofinancing, the line."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from funding.actions.allocation import Share, allocate, check_perimeter
from funding.figures.allocation import (
    amount_of,
    cofinancing_means,
    cofinancing_of,
    earmarks_for,
    mark_of,
    near_paid,
)
from funding.figures.dossiers import parts_of
from funding.forms.allocation import AllocationForm
from funding.forms.words import seen_again
from funding.views.annexe import address, asked, title
from funding.views.annexe_tables import parts_table
from funding.views.asking import Asking, ask, done
from structures.enums import Status
from structures.templatetags import formats
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
        asking.told = f"L’aide est de {formats.cents(version.total)}."
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


def lead(version):
    means = cofinancing_means(version, on=business_date())
    told = (
        f"L’aide est de {formats.cents(version.total)} pour {formats.etp(version.etp)} "
        f"ETP, dont {formats.etp(means.split.departement)} au département (R40)"
    )
    if means.beneficiaries is None:
        return f"{told}. Les fléchages prennent leur part, la ligne porte le reste."
    people = formats.etp(means.beneficiaries)
    return f"{told}, soit {people} bénéficiaires du RSA par mois (R39)."


def shared_table(version, earmarks, values):
    """The parts as they would be: what the line bears is what is left."""
    columns = [
        Column("Enveloppe"),
        Column("ETP sur l’année", "etp"),
        Column("Postes au 31 décembre", "etp"),
        Column("Part", "cents"),
    ]
    rows = [
        (
            it.get_line_display(),
            values[f"etp_{it.pk}"],
            values[f"posts_{it.pk}"],
            near_paid(version, it, amount_of(version, values[f"etp_{it.pk}"])),
        )
        for it in earmarks
    ]
    borne = cofinanced(version, values)
    rows.append(("Cofinancement du conseil départemental", None, None, borne))
    left = version.total - sum((row[-1] for row in rows), ZERO)
    rows.append(("IAE, montant socle", None, None, left))
    footer = ("Ensemble", version.etp, None, version.total)
    return Table("La répartition demandée", columns, rows, key="parts", footer=footer)
