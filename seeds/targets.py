"""What the documents publish, read from published.toml: the generator closes on it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

PUBLISHED = Path(__file__).parent / "published.toml"
# “More than 2 M€” is aimed at with this much to spare.
ABOVE = Decimal("1.04")


class WrongFigures(Exception):
    """A published figure is missing, or says something that cannot be built."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    code: str
    label: str
    quote: str
    value: Decimal
    unit: str
    relation: str
    measure: str
    scope: dict[str, object]
    document: str
    published_on: date


@dataclass(frozen=True)
class Targets:
    figures: tuple[Figure, ...]

    def find(self, measure: str, **scope: object) -> Figure | None:
        """The figure of a measure whose scope holds these items and no other line."""
        for figure in self.figures:
            same = figure.measure == measure and scope.items() <= figure.scope.items()
            if same and figure.scope.keys() - scope.keys() <= {"on", "since", "until"}:
                return figure
        return None

    def published(self, measure: str, **scope: object) -> Figure:
        """The same. Raises WrongFigures when the documents do not say."""
        if figure := self.find(measure, **scope):
            return figure
        about = ", ".join(f"{name} {value}" for name, value in scope.items())
        raise WrongFigures(f"Rien n’est publié de « {measure} » pour {about}.")

    def value(self, measure: str, **scope: object) -> Decimal:
        """What to aim at. Raises WrongFigures when the documents do not say."""
        figure = self.published(measure, **scope)
        if figure.relation != ">":
            return figure.value
        if figure.value == figure.value.to_integral_value() and figure.value < 100:
            return figure.value + 4
        return figure.value * ABOVE

    def least(self, measure: str, **scope: object) -> int:
        """The fewest that hold. Raises WrongFigures when the documents do not say."""
        figure = self.published(measure, **scope)
        return int(figure.value) + (figure.relation == ">")

    def day(self, measure: str, name: str, **scope: object) -> date:
        """A day of a figure’s scope. Raises WrongFigures."""
        found = self.published(measure, **scope).scope.get(name)
        if not isinstance(found, date):
            raise WrongFigures(f"« {measure} » n’a pas de date « {name} ».")
        return found


def read_targets(path: Path = PUBLISHED) -> Targets:
    """Every figure of a file, in its order. Raises WrongFigures."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        documents = {document["id"]: document for document in content["document"]}
        return Targets(tuple(figure(row, documents) for row in content["figure"]))
    except FileNotFoundError as error:
        raise WrongFigures(f"Le fichier {path} n’existe pas.") from error
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise WrongFigures(f"{path} : {error}") from error


def figure(row: dict, documents: dict[str, dict]) -> Figure:
    document = documents[row["document"]]
    known = {**row, "document": document["title"], "value": Decimal(row["value"])}
    return Figure(**known, published_on=document["published_on"])


def shared_out(total: int, weights: list[float], *, least: int = 0) -> list[int]:
    """Whole numbers in proportion to weights, which add up to the total exactly."""
    if not weights:
        return []
    rest = max(total - least * len(weights), 0)
    scale = rest / (sum(weights) or 1)
    exact = [least + weight * scale for weight in weights]
    whole = [int(value) for value in exact]
    order = sorted(range(len(weights)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[: total - sum(whole)]:
        whole[i] += 1
    return whole


def hundredths(etp: Decimal) -> int:
    """ETP as a whole number of hundredths, in which every plan is made."""
    return int((etp * 100).to_integral_value(ROUND_FLOOR))
