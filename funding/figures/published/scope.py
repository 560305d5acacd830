"""What a published figure is about: a territory, dates, a kind, a line."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from structures.models import Departement, Perimeter, PerimeterCommune, Structure


@dataclass(frozen=True, kw_only=True)
class Scope:
    departement: str = ""
    perimeter: str = ""
    region: str = ""
    kind: str = ""
    group: str = ""
    line: str = ""
    except_line: str = ""
    rate: str = ""
    year: int = 0
    on: date | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """From the JSON kept with the figure; dates are texts there."""
        values: dict[str, Any] = dict(data)
        for name in {"on", "since", "until"} & data.keys():
            values[name] = date.fromisoformat(data[name])
        return cls(**values)

    @property
    def day(self) -> date:
        """The day on which perimeters are read."""
        return self.on or self.until or date(self.year, 12, 31)

    def communes(self) -> "QuerySet[PerimeterCommune, Any]":
        members = PerimeterCommune.objects.in_force(self.day)
        return members.filter(perimeter__code=self.perimeter).values("commune")

    def structures(self) -> "QuerySet[Structure]":
        """Structures of the territory, of the kind and of the group asked for."""
        where = Q()
        if self.departement:
            where &= Q(commune__departement=self.departement)
        if self.perimeter:
            where &= Q(commune__in=self.communes())
        if self.kind:
            where &= Q(kind=self.kind)
        if self.group:
            where &= Q(group__name=self.group)
        return Structure.objects.filter(where)

    def missing(self) -> "QuerySet[Departement]":
        """Départements the figure speaks of and of which the base holds no structure."""
        if self.perimeter:
            about = Departement.objects.filter(
                communes__in=Perimeter.objects.filter(code=self.perimeter).values(
                    "members__commune"
                )
            )
        else:
            about = Departement.objects.filter(pk=self.departement)
        held = Structure.objects.values("commune__departement")
        return about.exclude(pk__in=held).distinct().order_by("pk")
