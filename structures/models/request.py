"""What a structure asks for in a convention: its project, its means, posts and budget."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from structures.constraints import one_of, positive
from structures.enums import PostKind
from structures.models.convention import Convention
from structures.rules.requests import CHARGES, PRODUCTS

FORECAST = ("forecast_durable", "forecast_transition", "forecast_positive")
NONE = Value(Decimal(0))
STAFF = ("supervision_etp", "accompaniment_etp", "other_staff_etp")


def words(label: str, *, hint: str = "") -> models.TextField:
    return models.TextField(label, blank=True, help_text=hint)


def euros(label: str, *, hint: str = "") -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, null=True, blank=True, help_text=hint
    )


def small(label: str, *, hint: str = "") -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=6, decimal_places=2, null=True, blank=True, help_text=hint
    )


class ConventionRequest(models.Model):
    """The file behind a convention (R. 5132-2); filled bit by bit, so that all is optional."""

    convention = models.OneToOneField(
        Convention, models.CASCADE, related_name="request", verbose_name="convention"
    )
    legal_status = models.CharField(
        "statut juridique", max_length=120, blank=True, help_text="Association, CCAS…"
    )
    features = words(
        "activités et production", hint="Ce que les salariés font, et pour qui."
    )
    sites = words("chantiers", hint="Nombre, objet, durée, et postes de chacun.")
    territory = words("territoire d’intervention")
    public = words("personnes accueillies", hint="Qui, et comment elles arrivent.")
    accompaniment = words(
        "accompagnement", hint="Ce qui est proposé, et le lien avec Pôle emploi."
    )
    job_offers = words("dépôt des offres à Pôle emploi")
    local_fit = words(
        "place sur le territoire", hint="Ce qui existe autour, et avec qui."
    )
    forecast_durable = small("sorties en emploi durable prévues, en %")
    forecast_transition = small("sorties en emploi de transition prévues, en %")
    forecast_positive = small("sorties positives prévues, en %")
    evaluation = words("suivi et évaluation", hint="Les indicateurs que vous suivrez.")
    supervision_etp = small("encadrement technique, en ETP")
    accompaniment_etp = small("accompagnement socioprofessionnel, en ETP")
    other_staff_etp = small("autres salariés permanents, en ETP")
    premises = words("locaux et matériel")
    training = words("formation des salariés et des encadrants")
    charges_insertion = euros("salaires et cotisations, salariés en insertion")
    charges_staff = euros("salaires et cotisations, permanents")
    charges_purchases = euros("achats et services extérieurs")
    charges_other = euros("autres charges")
    sales = euros("ventes de biens et de services", hint="0 s’il n’y en a pas.")
    aid_departement = euros("conseil départemental")
    aid_region = euros("conseil régional")
    aid_communes = euros("communes et intercommunalités")
    aid_europe = euros("fonds européens")
    aid_other = euros("autres aides, publiques ou privées")
    products_other = euros("autres produits")
    # The préfet may let an ACI sell more, after the CDIAE (D. 5132-34, R14).
    sales_decided_on = models.DateField(
        "décision sur les ventes", null=True, blank=True
    )
    sales_decision = models.CharField("décision", max_length=200, blank=True)
    saved_at = models.DateTimeField("enregistrée à", auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistrée par",
    )

    class Meta:
        verbose_name = "demande de conventionnement"
        verbose_name_plural = "demandes de conventionnement"
        constraints = [
            positive(
                *(*CHARGES, *PRODUCTS),
                name="request_positive",
                message="Un montant ne peut pas être négatif.",
            ),
            positive(
                *STAFF,
                name="request_staff_positive",
                message="Les ETP ne peuvent pas être négatifs.",
            ),
            positive(
                *FORECAST,
                name="request_forecast_positive",
                message="Un taux prévu va de 0 à 100 %%.",
            ),
            models.CheckConstraint(
                name="request_forecast_adds_up",
                condition=LessThanOrEqual(
                    sum((Coalesce(F(one), NONE) for one in FORECAST), NONE), 100
                ),
                violation_error_message=(
                    "La somme des sorties prévues dépasse 100 %% (R10)."
                ),
            ),
            models.CheckConstraint(
                name="request_sales_decision_whole",
                condition=Q(sales_decided_on=None, sales_decision="")
                | (Q(sales_decided_on__isnull=False) & ~Q(sales_decision="")),
                violation_error_message="Une décision a une date et un texte.",
            ),
        ]

    def __str__(self) -> str:
        return f"Demande, {self.convention}"


class RequestPost(models.Model):
    """ETP asked for one kind of contract and one civil year of the convention."""

    request = models.ForeignKey(
        ConventionRequest,
        models.CASCADE,
        related_name="posts",
        verbose_name="demande",
    )
    contract = models.CharField("contrat", max_length=7, choices=PostKind)
    year = models.PositiveSmallIntegerField("année")
    etp = models.DecimalField("ETP", max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = "postes demandés"
        verbose_name_plural = "postes demandés"
        ordering = ["year", "contract"]
        constraints = [
            one_of("contract", PostKind, name="request_post_contract"),
            models.UniqueConstraint(
                fields=["request", "contract", "year"],
                name="request_post_once",
                violation_error_message="Ces postes sont déjà demandés.",
            ),
            positive(
                "etp",
                name="request_post_positive",
                message="Les ETP ne peuvent pas être négatifs.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.etp} ETP, {self.year}"


class RequestChange(models.Model):
    """What was changed in a file once sent: only added, shown before and after."""

    request = models.ForeignKey(
        ConventionRequest,
        models.PROTECT,
        related_name="changes",
        verbose_name="demande",
    )
    field = models.CharField("champ", max_length=40)
    before = models.TextField("avant", blank=True)
    after = models.TextField("après", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par"
    )
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "correction d’une demande"
        verbose_name_plural = "corrections d’une demande"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.field}, {self.at:%d/%m/%Y}"
