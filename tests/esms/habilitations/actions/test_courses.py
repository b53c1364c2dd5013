"""Two people who act on rights at once; each race is played again without its lock, where it must fail."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from esms.comptes.acces import roles_actifs
from esms.comptes.models import Rattachement, Role
from esms.habilitations.actions.demande import accepter_demande, demander, refuser_demande
from esms.habilitations.actions.invitation import accepter
from esms.habilitations.actions.rattachement import retirer
from esms.habilitations.models import DemandeDeRattachement
from esms.journal.models import Entree
from grappes.regles.territoires import REGIONS
from tests.esms.habilitations.mondes import ARS, OG, administrateur, invitation, invitee, titulaire
from tests.fabriques import utilisateur
from tests.rigueur.courses import ensemble, sans, se_retrouver

pytestmark = [pytest.mark.concurrence, pytest.mark.django_db(transaction=True)]

VERROU = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))"
SANS_VERROU = sans(VERROU, "SELECT pg_sleep(0.2), %s")


def _sans_aucun_verrou() -> None:
    SANS_VERROU()
    sans("FOR UPDATE", "FOR KEY SHARE")()


def _se_retirer_l_un_l_autre(preparer: Callable[[], None] | None = None) -> tuple[list[object], set[str]]:
    """In each ARS, two administrateurs who remove each other at the same instant; ARS left with nobody."""
    duels = [(administrateur(ars), administrateur(ars)) for ars in sorted(REGIONS)[:6]]
    coureurs = [paire for duel in duels for paire in (duel, duel[::-1])]
    droits = {personne.pk: personne.rattachements.get() for duel in duels for personne in duel}

    def courir(rang: int) -> str:
        par, autre = coureurs[rang]
        retirer(rattachement=droits[autre.pk], par=par)
        return "retiré"

    resultats = ensemble(len(coureurs), courir, preparer)
    gardees = Rattachement.objects.actifs().filter(role=Role.ADMINISTRATEUR).values_list("ars", flat=True)
    return resultats, set(sorted(REGIONS)[:6]) - set(gardees)


def test_deux_administrateurs_qui_se_retirent_ensemble_il_en_reste_un() -> None:
    resultats, vides = _se_retirer_l_un_l_autre()
    assert vides == set()
    assert resultats.count("retiré") == 6
    assert {type(r) for r in resultats if r != "retiré"} == {PermissionDenied}


def test_deux_administrateurs_qui_se_retirent_ensemble_sans_verrou_il_n_en_reste_plus() -> None:
    """Negative control."""
    _, vides = _se_retirer_l_un_l_autre(
        se_retrouver(12, avant='UPDATE "comptes_rattachement"', preparer=SANS_VERROU)
    )
    assert vides == set(sorted(REGIONS)[:6])


def _accepter_huit_fois(preparer: Callable[[], None] | None = None) -> tuple[list[object], int]:
    nora = invitee("nora@essais.example")
    recue = invitation(nora.courriel, titulaire())
    resultats = ensemble(8, lambda _: accepter(invitation=recue, par=nora).pk, preparer)
    return resultats, Entree.objects.filter(chaine=f"compte:{nora.pk}", geste="accepter_invitation").count()


def test_accepter_huit_fois_ensemble_donne_un_role() -> None:
    resultats, entrees = _accepter_huit_fois()
    assert resultats == [Rattachement.objects.get(role=Role.REDACTEUR).pk] * 8
    assert entrees == 1


def test_accepter_huit_fois_ensemble_sans_verrou_ne_tient_pas() -> None:
    """Negative control: the unique constraint still stands, but eight are told they accepted."""
    _, entrees = _accepter_huit_fois(
        se_retrouver(8, avant='UPDATE "habilitations_invitation"', preparer=_sans_aucun_verrou)
    )
    assert entrees == 8


def _accepter_et_refuser(preparer: Callable[[], None] | None = None) -> list[object]:
    demandeur = utilisateur("Nora Nouvelle")
    demande = demander(
        organisme=OG, nom="Association des Lilas", ars=ARS, fonction="Directrice", par=demandeur
    )
    par, autre = administrateur(), administrateur()

    def courir(rang: int) -> str:
        if rang % 2:
            refuser_demande(demande=demande, motif="Inconnue de l’organisme.", par=autre)
            return "refusée"
        accepter_demande(demande=demande, par=par)
        return "acceptée"

    resultats = ensemble(2, courir, preparer)
    acceptee = DemandeDeRattachement.objects.get().acceptee
    tenus = frozenset({Role.PORTEUR}) if acceptee else frozenset()
    assert preparer or roles_actifs(demandeur) == tenus
    return resultats


def test_accepter_et_refuser_ensemble_une_seule_reponse() -> None:
    resultats = _accepter_et_refuser()
    assert sorted(type(resultat).__name__ for resultat in resultats) == ["HabilitationDepassee", "str"]


def test_accepter_et_refuser_ensemble_sans_verrou_deux_reponses() -> None:
    """Negative control."""
    croisees = se_retrouver(2, avant='UPDATE "habilitations_demande', preparer=_sans_aucun_verrou)
    assert set(_accepter_et_refuser(croisees)) == {"acceptée", "refusée"}
