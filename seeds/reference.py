"""What the documents publish, beside which the application sets what it computes."""

import json
from datetime import date

from seeds.copying import Batch
from seeds.targets import Figure, Targets


def write_published(batch: Batch, targets: Targets) -> None:
    """Every figure, those of another territory too: the page says which they are."""
    for figure in targets.figures:
        batch["funding_publishedfigure"].append(
            f"{figure.code}\t{figure.label}\t{figure.measure}\t{scope_text(figure)}\t"
            f"{figure.value}\t{figure.unit}\t{figure.relation}\t{figure.document}\t"
            f"{figure.published_on}\t{figure.quote}\n"
        )


def scope_text(figure: Figure) -> str:
    def plain(value: object) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    return json.dumps(figure.scope, default=plain, ensure_ascii=False)
