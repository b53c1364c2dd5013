"""A walk over the pages, driven by the list of addresses: axe finds nothing, 320 px are enough.

A new address fails here until it is said which page it shows (`VUES`), which test of the account plays it
(`JOUEES_AILLEURS`), or that it shows none (`SANS_PAGE`: gestures, files, machine answers).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from django.urls import reverse

from esms.comptes.models import Utilisateur
from grappes.actions.solution import enregistrer_solution
from grappes.catalogue_solutions import SolutionLue
from grappes.models import Solution
from instruction.actions.grappe import inviter_organisme
from instruction.actions.retrait import retirer_depot
from instruction.etats import Etat
from tests.acces.table import adresses
from tests.esms.habilitations.mondes import invitation, lien
from tests.fabriques import SAAD, Monde, entree, etablissement, organisme, utilisateur
from tests.instruction.actions.test_grappe import membre_de
from tests.parcours.boite import Boite
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Ouvrir = Callable[..., Navigation]

PUBLIQUES = (
    "accueil accessibilite mentions verifier api:documentation appels:liste appels:fiche simulation:nouvelle "
    "simulation:resultat simulation:essms simulation:ajouter simulation:fiche simulation:heures "
    "simulation:equipement simulation:organismes simulation:projet simulation:et_si comptes:connexion "
    "account_login account_signup account_reset_password account_password_reset_completed account_inactive"
).split()
DU_COMPTE = (
    "comptes:mon_compte comptes:sessions "
    "notifications:liste droits:mes_droits droits:demander droits:equipe droits:inviter droits:role "
    "dossiers:liste dossiers:fils conventions:liste"
).split()
DU_BROUILLON = (
    "dossiers:versions dossiers:grappe_essms dossiers:grappe_ajouter "
    "dossiers:grappe_fiche dossiers:grappe_organismes dossiers:grappe_heures dossiers:grappe_equipement "
    "dossiers:grappe_amoa dossiers:grappe_projet dossiers:grappe_solution dossiers:grappe_confirmations "
    "dossiers:grappe_historique dossiers:historique dossiers:messages dossiers:creer"
).split()
DU_MEMBRE = "dossiers:grappe_membre dossiers:grappe_membre_fiche".split()
APRES_LE_DEPOT = (
    "dossiers:dossier dossiers:accuse dossiers:depose dossiers:depots dossiers:accuse_d_un_depot "
    "dossiers:retirer_depot dossiers:desister"
).split()
DE_LA_RECEVABILITE = (
    "dossiers:dossier dossiers:eligibilite dossiers:recevabilite dossiers:demander_complements "
    "dossiers:reorienter dossiers:historique dossiers:messages dossiers:liste dossiers:fils"
).split()
DE_L_ADMINISTRATEUR = (
    "campagnes:liste campagnes:fiche campagnes:dates catalogue:solutions catalogue:ajouter "
    "catalogue:modifier catalogue:importer courriels:liste conventions:liste conventions:convention "
    "droits:equipe droits:inviter"
).split()
SEULES = (
    "dossiers:complements dossiers:corriger_complement dossiers:grille dossiers:selection dossiers:solde"
).split()
DE_L_OUBLI = "account_confirm_password_reset_code account_complete_password_reset".split()
VUES = {
    *PUBLIQUES, *DU_COMPTE, *DU_BROUILLON, *DU_MEMBRE, *APRES_LE_DEPOT, *DE_LA_RECEVABILITE,
    *DE_L_ADMINISTRATEUR, *SEULES, *DE_L_OUBLI, "droits:invitation",
}  # fmt: skip
# Pages that ask for a session, a row or two states of their own: where a browser opens them, with axe.
JOUEES_AILLEURS: Mapping[str, Sequence[str]] = {
    "test_pages_du_compte": (
        "account_email account_change_password account_set_password account_reauthenticate mfa_index "
        "mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn mfa_view_recovery_codes "
        "mfa_generate_recovery_codes mfa_reauthenticate comptes:proconnect_prouver"
    ).split(),
    "test_comptes": (
        "account_email_verification_sent mfa_authenticate mfa_edit_webauthn mfa_remove_webauthn "
        "mfa_reauthenticate_webauthn"
    ).split(),
    "test_axe_dossier": "dossiers:section dossiers:grappe dossiers:pieces dossiers:relecture".split(),
    "test_axe_droits": ["droits:demande"],
    "test_axe_campagnes": "campagnes:contact campagnes:ouvrir".split(),
    "test_simulateur": ["simulation:controles"],
}
SANS_PAGE = frozenset(
    """
    account_logout mfa_login_webauthn mfa_download_recovery_codes
    api:aap api:etablissements api:schema api:simulations appels:document
    campagnes:ajouter_contact campagnes:enveloppe campagnes:prolonger campagnes:publier_document
    campagnes:retirer_contact campagnes:retirer_document
    comptes:deconnexion comptes:delier_proconnect comptes:fermer comptes:fermer_les_autres comptes:proconnect
    comptes:proconnect_retour comptes:proconnect_sorti comptes:reprise
    conventions:document conventions:emettre conventions:signer conventions:verser courriels:renvoyer
    dossiers:accuse_en_pdf dossiers:attribuer dossiers:budget_tableur dossiers:certifier
    dossiers:certifier_heures dossiers:certifier_heures_complement dossiers:clore dossiers:clore_complements
    dossiers:clore_instruction
    dossiers:demander_certification dossiers:deposer dossiers:ecarter_ineligible dossiers:ecarter_irrecevable
    dossiers:envoyer_message dossiers:grappe_membre_confirmer
    dossiers:grappe_membre_mesures dossiers:inscrire_liste
    dossiers:inviter_representant dossiers:joindre dossiers:joindre_complement dossiers:lire_messages
    dossiers:modele dossiers:modele_complement dossiers:ouvrir_instruction dossiers:ouvrir_recevabilite
    dossiers:pdf_d_un_depot
    dossiers:piece_de_message dossiers:preparer_convention dossiers:produire dossiers:produire_complement
    dossiers:produire_tout
    dossiers:recevoir dossiers:refuser
    dossiers:rejeter_solde dossiers:reprendre dossiers:retenir dossiers:retirer dossiers:retirer_complement
    dossiers:solder dossiers:telecharger
    droits:accepter droits:accepter_demande droits:confier droits:fixer_fin droits:refuser_demande
    droits:renvoyer droits:retirer droits:retirer_demande droits:revoquer
    notifications:lire notifications:ouvrir notifications:tout_lire
    simulation:garder simulation:modele simulation:pdf simulation:xlsx
    """.split()
)


def test_chaque_adresse_est_visitee_ou_ne_montre_rien() -> None:
    ailleurs = [nom for noms in JOUEES_AILLEURS.values() for nom in noms]
    assert sorted([*VUES, *ailleurs, *SANS_PAGE]) == sorted(set(adresses()))


@pytest.fixture
def monde() -> Monde:
    """15 ESSMS of the porteur, two of a small organism that was invited, a SAAD among them."""
    contenu, autre = entree(organisme(), 15), organisme(2, nom="Fondation des Tilleuls")
    contenu["essms"] += [
        {"finess_et": etablissement(autre, 1).finess_et, "operation": "acquisition"},
        {"finess_et": etablissement(autre, 2, SAAD).finess_et, "operation": "acquisition"},
    ]
    monde = Monde(contenu=contenu)
    inviter_organisme(
        dossier=monde.dossier,
        finess_ej=autre.finess_ej,
        courriel="maud@essais.example",
        par=monde.porteur,
    )
    return monde


def _arguments(monde: Monde, nom: str, lieu: str) -> list[Any]:
    pk, cle = monde.dossier.pk, monde.simulation.cle
    solution = Solution.objects.first()
    du_membre = monde.dossier.grappe.essms.filter(finess_ej=organisme(2).finess_ej).first()
    propres: dict[str, list[Any]] = {
        "dossiers:versions": [pk, "contacts"],
        "dossiers:corriger_complement": [pk, "projet"],
        "dossiers:grappe_fiche": [pk, du_membre and du_membre.finess_et],
        "dossiers:grappe_membre_fiche": [pk, du_membre and du_membre.finess_et],
        "dossiers:accuse_d_un_depot": [pk, 1],
        "simulation:nouvelle": [],
        "simulation:fiche": [cle, du_membre and du_membre.finess_et],
        "appels:liste": [],
        "appels:fiche": [monde.campagne.sigle],
        "campagnes:liste": [],
        "conventions:liste": [],
        "droits:equipe": [lieu],
        "droits:inviter": [lieu],
        "droits:role": [monde.porteur.rattachements.get().pk],
        "dossiers:liste": [],
        "dossiers:fils": [],
        "dossiers:creer": [],
        "catalogue:modifier": [solution and solution.pk],
    }
    if nom == "conventions:convention":
        return [monde.relire().grappe.convention.numero]
    par_espace: dict[str, list[Any]] = {
        "dossiers": [pk],
        "simulation": [cle],
        "campagnes": [monde.campagne.pk],
    }
    return propres.get(nom, par_espace.get(nom.partition(":")[0], []))


def _visiter(nav: Navigation, monde: Monde, noms: Sequence[str], lieu: str = "") -> list[str]:
    trouvees: list[str] = []
    for nom in noms:
        nav.aller(reverse(nom, args=_arguments(monde, nom, lieu)))
        trouvees += nav.violations()
    return trouvees


def _de(nav: Navigation, personne: Utilisateur) -> Navigation:
    entrer(nav, personne)
    return nav


def test_pages_ouvertes_a_tous(ouvrir_navigateur: Ouvrir, monde: Monde, boite: Boite) -> None:
    nav = ouvrir_navigateur()
    trouvees = _visiter(nav, monde, PUBLIQUES)
    oublieux = utilisateur("Odile Oublieuse", "phrase de passe des essais").courriel
    nav.aller(reverse("account_reset_password"))
    nav.page.get_by_label("Adresse électronique").fill(oublieux)
    nav.suivre(nav.page.locator("main form button[type=submit]"))
    trouvees += nav.violations()
    nav.page.locator("main input[name=code]").fill(boite.code(oublieux))
    nav.suivre(nav.page.locator("main form button[type=submit]"))
    assert trouvees + nav.violations() == []


def test_pages_d_un_porteur_et_de_son_partenaire(ouvrir_navigateur: Ouvrir, monde: Monde) -> None:
    nav, membre = ouvrir_navigateur(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    maud = membre_de(monde, organisme(2).finess_ej)
    lieu = f"og-{monde.entite.finess_ej}"
    trouvees = _visiter(nav, monde, [*DU_COMPTE, *DU_BROUILLON], lieu)
    trouvees += _visiter(_de(membre, maud), monde, DU_MEMBRE)
    assert trouvees == []


def test_pages_d_un_depot_et_de_son_instruction(ouvrir_navigateur: Ouvrir) -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    retirer_depot(dossier=monde.dossier, par=monde.porteur)
    monde.deposer()
    porteur, nav = ouvrir_navigateur(), ouvrir_navigateur()
    trouvees = _visiter(_de(porteur, monde.porteur), monde, APRES_LE_DEPOT)
    monde.amener(Etat.RECEVABILITE)
    trouvees += _visiter(_de(nav, monde.instructeur), monde, DE_LA_RECEVABILITE)
    monde.demander()
    for fenetre in (porteur, nav):
        trouvees += _visiter(fenetre, monde, ["dossiers:dossier", "dossiers:complements"])
    trouvees += _visiter(porteur, monde, ["dossiers:corriger_complement"])
    assert trouvees == []


def test_pages_de_la_selection_et_de_l_administration(ouvrir_navigateur: Ouvrir) -> None:
    monde = Monde()
    enregistrer_solution(lue=SolutionLue("logiciel-a", "Éditeur A", "Logiciel A"), par=None)
    monde.amener(Etat.EN_INSTRUCTION)
    porteur, nav = ouvrir_navigateur(), ouvrir_navigateur()
    trouvees = _visiter(_de(nav, monde.instructeur), monde, ["dossiers:grille", "dossiers:depose"])
    assert "Départ du chef de projet" in nav.texte()
    monde.amener(Etat.INSTRUIT)
    trouvees += _visiter(_de(nav, monde.valideur), monde, ["dossiers:selection"])
    monde.amener(Etat.EN_DEPLOIEMENT)
    entrer(porteur, monde.porteur)
    trouvees += _visiter(porteur, monde, ["dossiers:dossier", "dossiers:solde", "conventions:convention"])
    monde.amener(Etat.SOLDE_DEMANDE)
    trouvees += _visiter(porteur, monde, ["dossiers:solde"])
    trouvees += _visiter(_de(nav, monde.gestionnaire), monde, ["dossiers:solde"])
    trouvees += _visiter(_de(nav, monde.administrateur), monde, DE_L_ADMINISTRATEUR, "ars-76")
    assert trouvees == []


def test_page_d_une_invitation(ouvrir_navigateur: Ouvrir, monde: Monde) -> None:
    nav = ouvrir_navigateur()
    nav.aller(lien(invitation("invitee@essais.example", monde.porteur, organisme=monde.entite.finess_ej)))
    assert nav.violations() == []
