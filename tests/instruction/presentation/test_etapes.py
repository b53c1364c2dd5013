"""The line of six steps, in each state."""

import pytest

from instruction.etats import Etat
from instruction.presentation.etapes import TITRES, Avancement, etapes


@pytest.mark.parametrize(
    ("etat", "ici", "avancement"),
    [
        (Etat.BROUILLON, "Dépôt", Avancement.EN_COURS),
        (Etat.DEPOSE, "Recevabilité", Avancement.EN_COURS),
        (Etat.RECEVABILITE, "Recevabilité", Avancement.EN_COURS),
        (Etat.COMPLEMENTS_DEMANDES, "Recevabilité", Avancement.EN_COURS),
        (Etat.REORIENTE, "Recevabilité", Avancement.ARRETEE),
        (Etat.LISTE_COMPLEMENTAIRE, "Sélection", Avancement.EN_COURS),
        (Etat.SOLDE_DEMANDE, "Versements", Avancement.EN_COURS),
        (Etat.IRRECEVABLE, "Recevabilité", Avancement.ARRETEE),
        (Etat.INELIGIBLE, "Recevabilité", Avancement.ARRETEE),
        (Etat.RECEVABLE, "Instruction", Avancement.EN_COURS),
        (Etat.EN_INSTRUCTION, "Instruction", Avancement.EN_COURS),
        (Etat.INSTRUIT, "Sélection", Avancement.EN_COURS),
        (Etat.NON_RETENU, "Sélection", Avancement.ARRETEE),
        (Etat.RETENU, "Convention", Avancement.EN_COURS),
        (Etat.CONVENTION_A_SIGNER, "Convention", Avancement.EN_COURS),
        (Etat.CONVENTIONNE, "Versements", Avancement.EN_COURS),
        (Etat.EN_DEPLOIEMENT, "Versements", Avancement.EN_COURS),
    ],
)
def test_etape_courante_de_chaque_etat(etat: Etat, ici: str, avancement: Avancement) -> None:
    rang = TITRES.index(ici)
    apres = Avancement.SANS_SUITE if avancement == Avancement.ARRETEE else Avancement.A_VENIR
    attendu = [Avancement.FAITE] * rang + [avancement] + [apres] * (len(TITRES) - rang - 1)
    assert [etape.avancement for etape in etapes(etat, pour_porteur=False)] == attendu


def test_porteur_ne_lit_pas_que_l_instruction_est_close() -> None:
    assert etapes(Etat.INSTRUIT, pour_porteur=True) == etapes(Etat.EN_INSTRUCTION, pour_porteur=True)


def test_dossier_solde_a_fini_toutes_ses_etapes() -> None:
    assert {e.avancement for e in etapes(Etat.SOLDE, pour_porteur=True)} == {Avancement.FAITE}
    assert {e.avancement for e in etapes(Etat.CLOS, pour_porteur=True, arret=Etat.SOLDE)} == {
        Avancement.FAITE
    }


@pytest.mark.parametrize("fin", [Etat.DESISTE, Etat.CLOS])
def test_dossier_fini_s_arrete_ou_il_en_etait(fin: Etat) -> None:
    assert [e.avancement for e in etapes(fin, pour_porteur=False, arret=Etat.EN_INSTRUCTION)] == [
        Avancement.FAITE,
        Avancement.FAITE,
        Avancement.ARRETEE,
        Avancement.SANS_SUITE,
        Avancement.SANS_SUITE,
        Avancement.SANS_SUITE,
    ]
