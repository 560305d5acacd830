"""Territories, structures and users for tests. Fixed values, not random ones."""

import hashlib
from datetime import date
from decimal import Decimal

import factory

from structures.enums import (
    AttachmentKind,
    DocumentKind,
    LifeKind,
    Measure,
    PostKind,
    Role,
    Status,
    StructureKind,
)
from structures.models import (
    Agency,
    Attachment,
    AttachmentContent,
    Commune,
    Convention,
    ConventionRequest,
    Departement,
    Document,
    DocumentTemplate,
    Epci,
    Group,
    Membership,
    OutgoingMail,
    Perimeter,
    PerimeterCommune,
    Region,
    RequestChange,
    RequestPost,
    SavedView,
    Scan,
    ScanPage,
    SignedCopy,
    StoredFile,
    Structure,
    StructureAct,
    User,
)


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "32"
    name = "Hauts-de-France"


class DepartementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ["code"]

    code = "62"
    name = "Pas-de-Calais"
    region = factory.SubFactory(RegionFactory)


class EpciFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Epci
        django_get_or_create = ["siren"]

    siren = "246200364"
    name = "CA de Lens-Liévin"


class CommuneFactory(factory.django.DjangoModelFactory):
    """Lens, in the mining basin; `arras=True` is outside."""

    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    class Params:
        arras = factory.Trait(code="62041", name="Arras", epci=None)

    code = "62498"
    name = "Lens"
    departement = factory.SubFactory(DepartementFactory)
    epci = factory.SubFactory(EpciFactory)
    population = 30_000


class PerimeterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Perimeter
        django_get_or_create = ["code"]

    code = "erbm"
    name = "Engagement pour le renouveau du bassin minier"


class PerimeterCommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PerimeterCommune

    perimeter = factory.SubFactory(PerimeterFactory)
    commune = factory.SubFactory(CommuneFactory)
    since = date(2017, 3, 7)


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Groupe {n}")


class StructureFactory(factory.django.DjangoModelFactory):
    """An ACI in Lens."""

    class Meta:
        model = Structure

    kind = StructureKind.ACI
    name = factory.Sequence(lambda n: f"Chantier du Crinchon {n}")
    siret = factory.Sequence(lambda n: f"{90_000_000_000_000 + n:014d}")
    asp_id = factory.Sequence(lambda n: 1000 + n)
    commune = factory.SubFactory(CommuneFactory)
    created_on = date(2010, 1, 1)
    is_simulated = True


class ConventionFactory(factory.django.DjangoModelFactory):
    """A signed convention over 2018-2020."""

    class Meta:
        model = Convention

    structure = factory.SubFactory(StructureFactory)
    measure = factory.LazyAttribute(lambda o: Measure(f"{o.structure.kind}_DC"))
    number = factory.Sequence(lambda n: f"062 010118 ACI {n:05d}")
    state = Status.SIGNED
    starts_on = date(2018, 1, 1)
    ends_on = date(2020, 12, 31)
    signed_on = date(2017, 12, 18)


class DraftConventionFactory(ConventionFactory):
    """Asked for 2020-2022, not sent yet."""

    number = ""
    state = Status.DRAFT
    starts_on = date(2020, 1, 1)
    ends_on = date(2022, 12, 31)
    signed_on = None


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


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.invalid")
    first_name = "Camille"
    last_name = "Durand"
    password = "!"


class AgencyFactory(factory.django.DjangoModelFactory):
    """UD 62; `regional=True` is the Direccte."""

    class Meta:
        model = Agency
        django_get_or_create = ["name"]

    class Params:
        regional = factory.Trait(
            name="Direccte Hauts-de-France",
            departement=None,
            region=factory.SubFactory(RegionFactory),
        )

    name = "UD 62"
    departement = factory.SubFactory(DepartementFactory)
    region = None


class MembershipFactory(factory.django.DjangoModelFactory):
    """A director of a structure; `agent=True` is an agent of UD 62."""

    class Meta:
        model = Membership

    class Params:
        agent = factory.Trait(
            role=Role.AGENT, structure=None, agency=factory.SubFactory(AgencyFactory)
        )

    user = factory.SubFactory(UserFactory)
    structure = factory.SubFactory(StructureFactory)
    role = Role.DIRECTION


class SavedViewFactory(factory.django.DjangoModelFactory):
    """The annexes ready to be signed."""

    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    page = "annexe_list"
    query = "statut=READY"
    name = "À signer"


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """A mail that waits."""

    class Meta:
        model = OutgoingMail

    key = factory.Sequence(lambda n: f"move-{n}")
    to = "direction@exemple.invalid"
    subject = "Annexe : en vigueur"
    body = "Bonjour"


class StoredFileFactory(factory.django.DjangoModelFactory):
    """Some bytes, which are no PDF."""

    class Meta:
        model = StoredFile

    content = factory.Sequence(lambda n: f"fichier {n}".encode())
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    size = factory.LazyAttribute(lambda o: len(o.content))


class DocumentTemplateFactory(factory.django.DjangoModelFactory):
    """A letter of breach, for everybody, since 2019."""

    class Meta:
        model = DocumentTemplate

    kind = DocumentKind.BREACH
    since = date(2019, 1, 1)
    text = "Vous manquez à {{ convention }}.\n\n{{ signature }}"


class DocumentFactory(factory.django.DjangoModelFactory):
    """The annexe of 2019 of an ACI in Lens, two pages; its bytes are no PDF."""

    class Meta:
        model = Document

    code = factory.Sequence(lambda n: f"{n:012d}")
    kind = DocumentKind.ANNEXE
    title = factory.Sequence(lambda n: f"Annexe financière {n}")
    year = 2019
    structure = factory.SubFactory(StructureFactory)
    departement = factory.SubFactory(DepartementFactory)
    service = "UD 62"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    pages = 2
    file = factory.SubFactory(StoredFileFactory)
    on = date(2019, 12, 2)


class ScanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scan

    name = factory.Sequence(lambda n: f"courrier-{n}.pdf")
    file = factory.SubFactory(StoredFileFactory)
    by = factory.SubFactory(UserFactory)


class ScanPageFactory(factory.django.DjangoModelFactory):
    """A page not yet read."""

    class Meta:
        model = ScanPage

    scan = factory.SubFactory(ScanFactory)
    number = factory.Sequence(lambda n: n + 1)


class SignedCopyFactory(factory.django.DjangoModelFactory):
    """All the pages of a document."""

    class Meta:
        model = SignedCopy

    document = factory.SubFactory(DocumentFactory)
    scan = factory.SubFactory(ScanFactory)
    file = factory.SubFactory(StoredFileFactory)
    made_of = factory.LazyFunction(list)


class StructureActFactory(factory.django.DjangoModelFactory):
    """A control visit of 4 November 2019, its follow-up due on 16 December."""

    class Meta:
        model = StructureAct

    structure = factory.SubFactory(StructureFactory)
    kind = LifeKind.VISIT
    on = date(2019, 11, 4)
    reason = "Deux plans d’accompagnement ne sont pas signés."
    follow_up_on = date(2019, 12, 16)
    by = factory.SubFactory(UserFactory)
