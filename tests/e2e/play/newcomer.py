"""A structure that did not exist: entered in the back-office, with its director’s access."""

from structures.models import Membership, Structure, User

NAME = "Les Jardins du Haut Pays"
SIRET = "88888888800005"


def the_administration_opens_a_structure(office, people):
    page = people("admin", "2019-01-14").goes("/admin/structures/structure/add/")
    page.locator("[name=kind]").select_option("ACI")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=siret]").fill(SIRET)
    chosen(page, "commune", "Wizernes")
    page.locator("[name=created_on]").fill("14/01/2019")
    saved(page)
    structure = Structure.objects.get(name=NAME)

    director = User.objects.get(email="direction@exemple.invalid")
    page = people("admin").goes(f"/admin/structures/user/{director.pk}/change/")
    page.get_by_text("Ajouter un objet rattachement").click()
    row = "memberships-1"
    chosen(page, f"{row}-structure", NAME)
    page.locator(f"[name={row}-role]").select_option("DIRECTION")
    saved(page)
    assert Membership.objects.filter(user=director, structure=structure).exists()


def chosen(page, name, word):
    """A record found by its name, as the back-office lets one type it."""
    page.locator(f"[name={name}] + .select2").click()
    page.locator(".select2-search__field").last.fill(word)
    page.locator(".select2-results__option", has_text=word).first.click()


def saved(page):
    page.locator("[name=_save]").click()
    page.get_by_text("avec succès").wait_for()
