"""A first convention: asked, corrected, told to the CDIAE, signed, given its annexe."""

import re

from playwright.sync_api import expect

from funding.models import AnnexeVersion, CdiaeSession
from structures.enums import Status
from structures.models import Structure
from tests.e2e.play.newcomer import NAME

STEPS = {
    "projet": {
        "legal_status": "Association loi de 1901",
        "features": "Maraîchage et vente de paniers",
        "sites": "Une parcelle de 2 hectares, douze postes",
        "territory": "Le pays de Saint-Omer",
        "public": "Des personnes sans emploi depuis plus d’un an",
        "accompaniment": "Un entretien par mois, avec Pôle emploi de Longuenesse",
        "job_offers": "Toutes les offres y sont déposées",
        "local_fit": "Aucun autre chantier de maraîchage à moins de 20 km",
        "forecast_durable": "20",
        "forecast_transition": "20",
        "forecast_positive": "20",
        "evaluation": "Entretiens, compétences acquises, sorties",
    },
    "moyens": {
        "supervision_etp": "1,5",
        "accompaniment_etp": "0,5",
        "premises": "Un hangar de 300 m² et deux serres",
    },
    "postes": {
        "etp_CDDI_2019": "9",
        "etp_CDDI_2020": "10",
        "etp_CDDI_2021": "10",
    },
    "budget": {
        "charges_insertion": "200 000",
        "charges_staff": "60 000",
        "sales": "50 000",
        "aid_departement": "20 000",
    },
}
PAPERS = ("STATUTES", "MANDATE", "BANK")
PDF = b"%PDF-1.4\n%%EOF\n"


def the_structure():
    """The one that never had a convention."""
    return Structure.objects.get(name=NAME)


def the_convention():
    return the_structure().conventions.get()


def the_director_asks_for_a_convention(office, people):
    director = people("direction", "2019-01-15")
    director.goes("/conventions/demande/")
    director.fills(structure=NAME, measure="ACI_DC")
    director.fills(starts_on="2019-02-01", ends_on="2021-12-31")
    director.presses("Ouvrir la demande")
    for step, fields in STEPS.items():
        expect(director.page).to_have_url(re.compile(f"/{step}/$"))
        director.fills(**fields).presses("Enregistrer et continuer")
    for kind in PAPERS:
        file = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        director.fills(kind=kind)
        director.page.locator("main [name=file]").set_input_files(file)
        director.presses("Joindre la pièce")
        expect(director.page.get_by_text(f"{kind}.pdf").first).to_be_visible()
    director.presses("Relire et envoyer").presses("Envoyer à l’instruction")
    director.presses("Envoyer à l’instruction")
    director.reads("c’est fait")
    assert the_convention().state == Status.INSTRUCTION


def the_agent_asks_for_a_correction(office, people):
    agent = people("agent", "2019-01-17")
    agent.goes(f"/conventions/{the_convention().pk}/")
    agent.presses("^Commenter un champ$")
    agent.fills(field="territory", text="Quelles communes exactement ?")
    agent.presses("Ajouter la remarque").does("Demander une correction")


def the_director_corrects_what_is_commented(office, people):
    director = people("direction", "2019-01-18")
    director.goes(f"/conventions/{the_convention().pk}/")
    director.presses("^Corriger et répondre$")
    fields = director.page.locator("main form textarea, main form input[type=text]")
    assert fields.count() == 2  # the commented field and its answer, nothing else
    director.fills(territory="Wizernes, Longuenesse, Arques et Blendecques")
    fields.last.fill("Les quatre communes sont écrites.")
    director.presses("Enregistrer mes corrections").does("Renvoyer le dossier corrigé")


def the_cdiae_gives_its_opinion(office, people):
    convention = the_convention()
    agent = people("agent", "2019-01-21")
    agent.goes(f"/conventions/{convention.pk}/").get_by_role(
        "button", name="Fermer"
    ).first.click()
    agent.does("Inscrire au CDIAE")
    agent.goes("/cdiae/")
    agent.fills(held_on="2019-01-29", place="Préfecture, Arras")
    agent.presses("Prévoir la séance")
    agent.page.get_by_role("checkbox", name=re.compile(NAME)).check(force=True)
    agent.presses("Inscrire les dossiers cochés")
    session = CdiaeSession.objects.get(held_on="2019-01-29")
    agent = people("agent", "2019-01-29")
    agent.goes(f"/cdiae/{session.pk}/avis/")
    agent.page.get_by_label(re.compile("^Avis")).select_option(label="Favorable")
    agent.presses("Enregistrer les avis")
    agent.goes(f"/cdiae/{session.pk}/")
    agent.presses("^Écrire le procès-verbal$")
    agent.fills(attendance="Préfecture, département, Pôle emploi", minutes="Unanimité.")
    agent.presses("Enregistrer le procès-verbal").presses("Arrêter le procès-verbal")
    agent.reads("Le procès-verbal est arrêté")


def the_convention_is_signed(office, people):
    address = f"/conventions/{the_convention().pk}/"
    agent = people("agent", "2019-01-30")
    agent.goes(address)
    agent.does("Proposer à la signature")
    head = people("responsable", "2019-02-01")
    head.goes(address)
    head.does("Signer")
    agent = people("agent", "2019-02-01")
    agent.goes(address)
    agent.presses("Préparer l’annexe de 2019")
    version = AnnexeVersion.objects.get(annexe__convention=the_convention())
    assert str(version.starts_on) == "2019-02-01"
    director = people("direction")
    director.goes(address)
    director.reads("En vigueur")
