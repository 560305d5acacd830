"""A whole delivery, from the files to the three apps."""




def test_a_delivery_fills_the_three_apps(delivery):
    result = delivery.load()

    assert result.issues == []
    assert {file.view: file.created for file in result.files if not file.used} == {
        "Structure": 1,
        "AnnexeFinanciere": 1,
        "Salarie": 1,
        "ContratMission": 1,
        "EtatMensuelIndiv": 2,
        "Formations": 1,
        "Accompagnement": 1,
        "RefMotifSort": 5,
    }
