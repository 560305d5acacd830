"""Places, fourteen structures of the Pas-de-Calais, two of the Nord, and users."""

from datetime import date

from structures.enums import Role, StructureKind
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    DepartementFactory,
    GroupFactory,
    MembershipFactory,
    PerimeterCommuneFactory,
    StructureFactory,
    UserFactory,
)

NAMES = [
    ("ACI", "Les Jardins du Crinchon"),
    ("ACI", "Récup’Artois"),
    ("ACI", "Élan vert de la Gohelle"),
    (
        "ACI",
        "Atelier du Fil retrouvé, association d’insertion par la couture et le textile",
    ),
    ("ACI", "Chantier nature de Canche"),
    ("AI", "Artois Coup de main"),
    ("AI", "Passerelles Services"),
    ("AI", "Tremplin des Sept Vallées"),
    ("EI", "Éco-Rénov Béthune"),
    ("EI", "Lens Propreté Insertion"),
    ("EI", "Menuiserie solidaire de l’Audomarois"),
    ("EI", "Logis Palettes"),
    ("ETTI", "Intérim Renouveau"),
    ("ETTI", "Cap Emploi Temps"),
]


def write_places():
    nord = DepartementFactory(code="59", name="Nord")
    lens, arras = CommuneFactory(), CommuneFactory(arras=True)
    douai = CommuneFactory(code="59178", name="Douai", departement=nord, epci=None)
    PerimeterCommuneFactory(commune=lens)
    PerimeterCommuneFactory(commune=douai)
    structures = [
        StructureFactory(
            kind=StructureKind(kind),
            name=name,
            commune=lens if n % 2 else arras,
            created_on=date(2010 + n % 8, 3, 1),
        )
        for n, (kind, name) in enumerate(NAMES)
    ]
    structures[1].group = GroupFactory(name="Groupe Horizon")
    structures[1].save()
    StructureFactory(name="Chantier de la Scarpe", commune=douai)
    write_users(structures)
    return structures


def write_users(structures):
    AgencyFactory()
    region = AgencyFactory(regional=True)
    MembershipFactory(agent=True, user=user("agent", "Anne", "Delattre"))
    MembershipFactory(agent=True, agency=region, user=user("region", "Karim", "Benali"))
    home = structures[1]
    for name, first, last, role in (
        ("direction", "Sophie", "Wattel", Role.DIRECTION),
        ("cip", "Hugo", "Martel", Role.CIP),
        ("encadrant", "Nadia", "Lefebvre", Role.ENCADRANT),
        ("gestionnaire", "Bruno", "Caron", Role.GESTIONNAIRE),
    ):
        MembershipFactory(user=user(name, first, last), structure=home, role=role)
    user("personne", "Léa", "Sans-Rattachement")
    user("admin", "Paul", "Verhaeghe", is_staff=True, is_superuser=True)


def user(name, first, last, **fields):
    return UserFactory(
        email=f"{name}@exemple.invalid", first_name=first, last_name=last, **fields
    )
