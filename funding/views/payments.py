"""The payments of an annexe: its schedule, what was paid, a payment entered by hand."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from funding.actions.payments import (
    accounts_of,
    cancel_payment,
    committed,
    is_ended,
    record_payment,
    release_rest,
)
from funding.figures.payments import schedule_of
from funding.forms.year import PaymentForm
from funding.models import Payment
from funding.views.annexe import asked, banner, title
from funding.views.asking import REFUSED, Asking, ask, done
from funding.views.charts import payments_chart, svg_response
from funding.views.payment_tables import (
    left_table,
    payments_table,
    schedule_table,
    summary,
)
from structures.templatetags import formats
from structures.views.context import business_date


@require_safe
def payment_schedule(request, pk):
    version = asked(request, pk)
    on = business_date()
    schedule = schedule_of(version.annexe, on=on)
    payments = version.annexe.payments.select_related("by").order_by("-paid_on", "-pk")
    return render(
        request,
        "funding/payment_schedule.html",
        {
            "version": version,
            "banner": banner(version, request.user),
            "summary": summary(version, schedule, on=on),
            "chart": Chart(version, schedule),
            "months": schedule_table(schedule),
            **what_else(version, payments, request.user),
        },
    )


def what_else(version, payments, user):
    """The payments of the annexe, and what an agent may do about them."""
    mine = user.is_agent
    url = reverse("payment_add", args=[version.pk]) if mine else ""
    claim = reverse("claim_add", args=[version.pk]) if mine else ""
    rest = rest_of(version.annexe) if mine else None
    return {
        "payments": payments_table(payments),
        "may_cancel": [it for it in payments if not it.cancelled_on] if mine else [],
        "payment_url": url,
        "claim_url": claim,
        "rest": rest,
    }


def rest_of(annexe):
    """What an ended annexe still has committed; a payment cancelled since left it."""
    return sum(committed(accounts_of(annexe)).values()) if is_ended(annexe) else None


class Chart:
    """Where the picture is, and the sentence that replaces it."""

    def __init__(self, version, schedule):
        self.src = reverse("payment_chart", args=[version.pk])
        self.alt = (
            f"Aide due et payée, cumulées mois par mois : "
            f"{formats.cents(schedule.due)} dus sur l’année, "
            f"{formats.cents(schedule.paid)} payés. "
            "Les mêmes chiffres sont dans le tableau."
        )


@require_safe
@cache_control(private=True, max_age=60)
def payment_chart(request, pk):
    version = asked(request, pk)
    schedule = schedule_of(version.annexe, on=business_date())
    return svg_response(payments_chart(schedule.months))


@require_http_methods(["GET", "HEAD", "POST"])
def payment_add(request, pk):
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    form = PaymentForm(request.POST or None, initial={"paid_on": business_date()})

    def record(values):
        names = (
            *("amount", "period", "paid_on", "reference"),
            *("is_modulated", "key"),
        )
        return record_payment(
            annexe=version.annexe,
            on=business_date(),
            by=request.user,
            **{name: values[name] for name in names},
        )

    made = done(form, record)
    back = reverse("payment_schedule", args=[version.pk])
    if made:
        told = f"Paiement de {formats.cents(made.amount)} : enregistré."
        messages.success(request, told)
        return redirect(back)
    asking = Asking(
        f"Paiement de {title(version)}",
        version.annexe.convention.structure.name,
        back,
        lead="Ce que l’ASP a vraiment versé. Il se répartit entre les enveloppes selon ce "
        "que chacune a engagé.",
        tables=[left_table(version.annexe)],
    )

    def preview(asking, values):
        asking.told = (
            f"{formats.cents(values['amount'])} pour {formats.month(values['period'])}, "
            f"payés le {formats.long_day(values['paid_on'])}, {values['reference']}."
        )
        asking.tables = [left_table(version.annexe, values)]

    return ask(request, form, asking, preview)


@require_POST
def payment_cancel(request, pk):
    """A payment entered by mistake: its transfers are corrected, it stays in the list."""
    payments = Payment.objects.visible_to(request.user)
    payment = get_object_or_404(payments.select_related("annexe"), pk=pk)
    if not request.user.is_agent:
        raise Http404
    try:
        cancel_payment(payment=payment, on=business_date(), by=request.user)
    except REFUSED as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(
            request, f"Le paiement {payment.reference} est annulé : il ne compte plus."
        )
    version = payment.annexe.versions.last_first().first()
    return redirect("payment_schedule", pk=version.pk)


@require_POST
def payment_release(request, pk):
    """What an ended annexe still has committed goes back to its envelopes."""
    version = asked(request, pk)
    if not request.user.is_agent:
        raise Http404
    try:
        given = release_rest(annexe=version.annexe, on=business_date(), by=request.user)
    except REFUSED as refusal:
        messages.error(request, refusal.user_message)
    else:
        told = f"{formats.cents(given)} sont revenus à l’enveloppe."
        messages.success(request, told)
    return redirect("payment_schedule", pk=pk)
