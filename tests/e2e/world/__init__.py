"""A small territory, written for good in a database, with somebody of every role."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore

from funding.enums import Level
from funding.models import AnnexeFinanciere, Campaign, Envelope
from parcours.models import Parcours
from structures.models import User
from tests.e2e.world.casework import keys_of_casework, write_casework
from tests.e2e.world.files import keys_of_files, write_files
from tests.e2e.world.life import keys_of_life, write_life
from tests.e2e.world.money import write_money
from tests.e2e.world.months import keys_of_months, write_months
from tests.e2e.world.papers import keys_of_papers, write_papers
from tests.e2e.world.people import write_people
from tests.e2e.world.places import write_places
from tests.e2e.world.requests import keys_of_requests, write_requests
from tests.e2e.world.runs import write_runs
from tests.e2e.world.sizes import keys_of_sizes, write_sizes
from tests.e2e.world.year import keys_of_year, write_year_acts

PASSWORD = "une-phrase-de-passe-longue"


def write_world():
    """Everything the pages show; returns the keys their addresses need."""
    structures = write_places()
    write_money(structures)
    write_people(structures)
    write_months(structures[1])
    write_casework(structures[1])
    write_runs(structures)
    write_files(structures)
    write_requests(structures)
    write_year_acts(structures)
    write_papers(structures)
    write_life(structures)
    write_sizes()
    User.objects.update(password=make_password(PASSWORD))
    return keys_of(structures[1])


def keys_of(structure):
    """Records of the structure whose people and annexes are the fullest."""
    campaigns = Campaign.objects.order_by("pk").values_list("pk", flat=True)
    done, failed, waiting = campaigns[:3]
    envelopes = Envelope.objects.filter(level=Level.DEPARTMENTAL, departement="62")
    annexes = AnnexeFinanciere.objects.filter(convention__structure=structure)
    return {
        "structure": structure.pk,
        "parcours": Parcours.objects.filter(contracts__structure=structure).first().pk,
        "annexe": annexes.get(year=2019).pk,
        "envelope": envelopes.get(year=2019).pk,
        "drafts": envelopes.get(year=2020).pk,
        **{"done": done, "failed": failed, "waiting": waiting},
        **keys_of_files(),
        **keys_of_requests(),
        **keys_of_papers(),
        **keys_of_life(),
        **keys_of_sizes(),
        **keys_of_year(),
        **keys_of_months(structure),
        **keys_of_casework(),
        "sessions": {
            user.email.split("@")[0]: session(user) for user in User.objects.all()
        },
    }


def session(user):
    """The key of a session already open: hashing each password would take its time."""
    store = SessionStore()
    store[SESSION_KEY] = user.pk
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return store.session_key
