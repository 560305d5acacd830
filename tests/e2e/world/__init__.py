"""A small territory, written for good in a database, with somebody of every role."""

from django.contrib.auth.hashers import make_password

from structures.models import User
from tests.e2e.world.money import write_money
from tests.e2e.world.people import write_people
from tests.e2e.world.places import write_places
from tests.e2e.world.runs import write_runs
from tests.e2e.world.sizes import write_sizes

PASSWORD = "une-phrase-de-passe-longue"


def write_world():
    """Everything the pages show; returns nothing, pages are found by what they say."""
    structures = write_places()
    write_money(structures)
    write_people(structures)
    write_runs(structures)
    write_sizes()
    User.objects.update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
