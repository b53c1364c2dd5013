"""What may still move of the dates of a campagne (C1, C2, C4), and where an incident moves them."""

from dataclasses import replace
from datetime import date

import pytest

from grappes.regles.fenetres import (
    Dates,
    Situation,
    peut_prolonger,
    prolonger_jusqu_au_jour_ouvre,
    refus_des_dates,
)

OCC = Dates(date(2025, 4, 22), date(2025, 6, 13), date(2025, 6, 1), date(2025, 7, 4))
GUA = Dates(date(2022, 3, 18), date(2022, 9, 30))
MAI = date(2025, 5, 12)
TROP_TARD = "{} ne s’avance plus\u00a0: la fenêtre est ouverte et {} sur la date publiée, le {}."
PASSE = "{} ne s’avance pas dans le passé\u00a0: au plus tôt le {}."
DEBUTS = {
    "Aucune date ne change.": {},
    "La fermeture ne précède pas l’ouverture.": {"fermeture": date(2025, 4, 1)},
    "L’échéance multirégionale se place dans la fenêtre": {"fermeture_multiregionale": date(2025, 6, 20)},
    "La recevabilité ne s’achève pas avant la fermeture.": {"recevabilite": date(2025, 6, 1)},
}


@pytest.mark.parametrize("debut", DEBUTS)
def test_dates_hors_d_ordre_sont_refusees(debut: str) -> None:
    refus = refus_des_dates(OCC, replace(OCC, **DEBUTS[debut]), Situation(date(2025, 4, 1)))
    assert [phrase for phrase in refus if phrase.startswith(debut)] != []


@pytest.mark.parametrize(
    ("situation", "change", "refus"),
    [
        (Situation(MAI), {"fermeture": date(2025, 6, 20)}, []),
        (Situation(MAI, brouillons=9, deposes=4, dernier_depot=MAI), {"fermeture": date(2025, 6, 20)}, []),
        (Situation(MAI), {"fermeture": date(2025, 6, 10)}, []),  # nobody counts on it yet
        (
            Situation(MAI, brouillons=2),
            {"fermeture": date(2025, 6, 10)},
            [TROP_TARD.format("La fermeture", "2\u00a0candidatures comptent", "13 juin 2025")],
        ),
        (Situation(date(2025, 4, 1), brouillons=2), {"fermeture": date(2025, 6, 10)}, []),  # not open yet
        (
            Situation(date(2025, 6, 12)),
            {"fermeture": date(2025, 6, 11)},
            [PASSE.format("La fermeture", "12 juin 2025")],
        ),
        (
            Situation(MAI, deposes=1, dernier_depot=date(2025, 6, 2), premier_depot=date(2025, 6, 2)),
            {"fermeture": date(2025, 6, 1)},
            ["La fermeture ne précède pas le dernier dépôt reçu, du 2 juin 2025."],
        ),
        (
            Situation(MAI, brouillons=1),
            {"fermeture_multiregionale": date(2025, 5, 20)},
            [TROP_TARD.format("La fermeture multirégionale", "1\u00a0candidature compte", "1er juin 2025")],
        ),
        (
            Situation(MAI, brouillons=1),
            {"ouverture": date(2025, 5, 20)},
            ["La fenêtre est déjà ouverte et des candidatures sont en cours\u00a0: elle ne se recule plus."],
        ),
        (
            Situation(MAI, deposes=1, premier_depot=date(2025, 5, 2), dernier_depot=MAI),
            {"ouverture": date(2025, 5, 3)},
            ["Un dossier a été déposé le 2 mai 2025\u00a0: l’ouverture ne se place pas après lui."],
        ),
        (Situation(MAI, brouillons=1), {"ouverture": date(2025, 4, 1)}, []),
        (
            Situation(date(2025, 7, 1)),
            {"recevabilite": date(2025, 6, 20)},
            [PASSE.format("La fin de la recevabilité", "1er juillet 2025")],
        ),
    ],
)
def test_c1_fenetre_ne_bouge_pas_contre_qui_compte_dessus(
    situation: Situation, change: dict[str, date], refus: list[str]
) -> None:
    assert refus_des_dates(OCC, replace(OCC, **change), situation) == refus


@pytest.mark.parametrize(
    ("dates", "aujourd_hui", "change"),
    [
        # the multiregional closing comes first: it alone moves
        (OCC, date(2025, 5, 30), {"fermeture_multiregionale": date(2025, 6, 2)}),
        (OCC, date(2025, 6, 2), {"fermeture_multiregionale": date(2025, 6, 2)}),  # closed yesterday
        # closed for two days: the general one is next; Friday the 13th → Monday the 16th
        (OCC, date(2025, 6, 3), {"fermeture": date(2025, 6, 16)}),
        (OCC, date(2025, 6, 13), {"fermeture": date(2025, 6, 16)}),
        (OCC, date(2025, 6, 16), {"fermeture": date(2025, 6, 16)}),  # found on Monday: until tonight
        (OCC, date(2025, 6, 18), {"fermeture": date(2025, 6, 18)}),
        (GUA, date(2022, 9, 30), {"fermeture": date(2022, 10, 3)}),
    ],
)
def test_c1_prolongation_va_a_la_fin_du_jour_ouvre_suivant(
    dates: Dates, aujourd_hui: date, change: dict[str, date]
) -> None:
    assert prolonger_jusqu_au_jour_ouvre(dates, aujourd_hui, "76") == replace(dates, **change)


def test_c2_echeances_egales_se_prolongent_ensemble() -> None:
    egales = replace(OCC, fermeture_multiregionale=OCC.fermeture)
    prolongees = prolonger_jusqu_au_jour_ouvre(egales, date(2025, 6, 13))
    assert (prolongees.fermeture, prolongees.fermeture_multiregionale) == (
        date(2025, 6, 16),
        date(2025, 6, 16),
    )


def test_c4_recevabilite_suit_une_fermeture_qui_la_depasse() -> None:
    serree = replace(OCC, recevabilite=date(2025, 6, 14))
    assert prolonger_jusqu_au_jour_ouvre(serree, date(2025, 6, 13)).recevabilite == date(2025, 6, 16)


@pytest.mark.parametrize(
    ("jour", "possible"),
    [
        (date(2025, 4, 21), False),
        (date(2025, 4, 22), True),
        (date(2025, 6, 20), True),
        (date(2025, 6, 21), False),
    ],
)
def test_prolongation_possible_de_l_ouverture_a_une_semaine_apres(jour: date, possible: bool) -> None:
    assert peut_prolonger(OCC, jour) is possible
