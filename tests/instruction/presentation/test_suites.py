"""Who is awaited, in one sentence, for the agents whose turn it is not."""

import pytest

from esms.comptes.models import ROLES_PORTEUR, Role
from instruction.etats import ETATS_DEPOSES, GESTES, Etat
from instruction.models import Dossier
from instruction.presentation.suites import suite_pour_les_agents

# How the sentences call whoever may act.
NOMS = {
    Role.INSTRUCTEUR: "nstructeur",
    Role.VALIDEUR: str(Role.VALIDEUR.label).lower(),
    Role.SIGNATAIRE: "signée par le porteur et par l’ARS",
    Role.GESTIONNAIRE: str(Role.GESTIONNAIRE.label).lower(),
    Role.ADMINISTRATEUR: "administrateur de l’ARS",
}


@pytest.mark.parametrize("etat", [etat for etat in ETATS_DEPOSES if etat != Etat.CLOS])
def test_suite_nomme_qui_peut_faire_avancer_le_dossier(etat: Etat) -> None:
    phrase = suite_pour_les_agents(Dossier(etat=etat)).lower()
    mains = {r for g in GESTES if etat in g.sources and g.cible and g.nom != "se_desister" for r in g.roles}
    noms = {NOMS[role] for role in mains - set(ROLES_PORTEUR)}
    noms |= {"le porteur"} if mains & set(ROLES_PORTEUR) else set()
    assert any(nom.lower() in phrase for nom in noms)


def test_suite_d_un_dossier_clos_n_attend_personne() -> None:
    clos = suite_pour_les_agents(Dossier(etat=Etat.CLOS))
    assert clos == "Le dossier est clos\u00a0: plus rien n’est attendu."
