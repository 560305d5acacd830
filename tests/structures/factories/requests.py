"""First requests and their attachments. Fixed values, not random ones."""

from decimal import Decimal

import factory

from structures.enums import (
    AttachmentKind,
    PostKind,
)
from structures.models import (
    Attachment,
    AttachmentContent,
    ConventionRequest,
    RequestChange,
    RequestPost,
)
from tests.structures.factories.places import DraftConventionFactory


class RequestFactory(factory.django.DjangoModelFactory):
    """An empty file; `filled=True` says all but its posts and papers, 25 % of sales."""

    class Meta:
        model = ConventionRequest

    class Params:
        filled = factory.Trait(
            legal_status="Association",
            features="Entretien des espaces verts pour des communes",
            sites="Deux chantiers, dix postes chacun",
            territory="Lens et ses voisines",
            public="Demandeurs d’emploi de longue durée",
            accompaniment="Un entretien par mois, avec Pôle emploi",
            job_offers="Chaque offre est déposée avant l’embauche",
            local_fit="Seul chantier vert du territoire",
            forecast_durable=Decimal(20),
            forecast_transition=Decimal(15),
            forecast_positive=Decimal(25),
            evaluation="Suivi trimestriel des sorties",
            supervision_etp=Decimal(2),
            accompaniment_etp=Decimal("0.5"),
            premises="Un atelier, deux camions",
            charges_insertion=Decimal(240_000),
            charges_staff=Decimal(110_000),
            charges_purchases=Decimal(50_000),
            sales=Decimal(100_000),
        )

    convention = factory.SubFactory(DraftConventionFactory)


class RequestPostFactory(factory.django.DjangoModelFactory):
    """Ten CDDI in 2020."""

    class Meta:
        model = RequestPost

    request = factory.SubFactory(RequestFactory)
    contract = PostKind.CDDI
    year = 2020
    etp = Decimal(10)


class RequestChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestChange

    request = factory.SubFactory(RequestFactory)
    field = "sales"
    before = "100000"
    after = "90000"
    by = factory.SubFactory("tests.structures.factories.UserFactory")


class AttachmentFactory(factory.django.DjangoModelFactory):
    """The statutes, as a PDF; its bytes are another row."""

    class Meta:
        model = Attachment

    convention = factory.SubFactory(DraftConventionFactory)
    kind = AttachmentKind.STATUTES
    name = "statuts.pdf"
    content_type = "application/pdf"
    size = 9
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    added_by = factory.SubFactory("tests.structures.factories.UserFactory")


class AttachmentContentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AttachmentContent

    attachment = factory.SubFactory(AttachmentFactory)
    data = b"%PDF-1.7\n"
