"""What official documents publish, to be set beside what we compute."""

from django.db import models

from funding.enums import Relation
from structures.constraints import one_of


class PublishedFigure(models.Model):
    """`measure` and `scope` say which computation stands beside it."""

    code = models.SlugField("code", max_length=80, unique=True)
    label = models.CharField("libellé", max_length=200)
    measure = models.CharField("mesure", max_length=60)
    scope = models.JSONField("portée", default=dict)
    value = models.DecimalField("valeur publiée", max_digits=16, decimal_places=4)
    unit = models.CharField("unité", max_length=20)
    relation = models.CharField("relation", max_length=1, choices=Relation)
    document = models.CharField("document", max_length=200)
    published_on = models.DateField("date du document")
    quote = models.CharField("citation", max_length=300)

    class Meta:
        verbose_name = "chiffre publié"
        verbose_name_plural = "chiffres publiés"
        ordering = ["pk"]
        constraints = [
            one_of("relation", Relation, name="published_relation"),
            models.CheckConstraint(
                name="published_has_document", condition=~models.Q(document="")
            ),
        ]

    def __str__(self) -> str:
        return self.label
