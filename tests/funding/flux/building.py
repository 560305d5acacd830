"""A small delivery on disk, right by default, that each test changes where it looks."""

from bench.flux import rows
from bench.flux.writing import write_view
from funding.flux.delivery import import_delivery


class Delivery:
    """Rows by view; `write` makes the files, `load` imports them."""

    def __init__(self, directory):
        self.directory = directory
        self.views = {
            "Structure": [rows.structure()],
            "AnnexeFinanciere": [rows.annexe()],
            "Salarie": [rows.person()],
            "ContratMission": [rows.contract()],
            "EtatMensuelIndiv": [rows.month(2), rows.month(3)],
            "Formations": [rows.training()],
            "Accompagnement": [rows.accompaniment()],
            **rows.REFS,
        }
        self.options = {}

    def write(self):
        for view, lines in self.views.items():
            write_view(self.directory, view, lines, **self.options.get(view, {}))
        return self.directory

    def load(self, **options):
        """The reconciliation, with its issues as a list."""
        found = []
        result = import_delivery(
            self.write(), report=lambda _, issues: found.extend(issues), **options
        )
        result.issues = found
        result.by_view = {file.view: file for file in result.files}
        return result
