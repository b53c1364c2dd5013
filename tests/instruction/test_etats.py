"""The life cycle, read back as a reviewed table: any change to etats.py changes this file too."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from esms.comptes.models import ROLES_NATIONAUX, ROLES_ORGANISME, Role, Utilisateur
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import EtatDepasse, exiger
from instruction.etats import GESTES, PAIRES, Etat
from instruction.models import Dossier
from instruction.presentation.cycle import document as document_du_cycle
from tests.fabriques import Monde, agent, rattacher, utilisateur

PORTEUR, DEPOSANTS, AGENT = "porteur redacteur representant", "porteur representant", "instructeur"
AVANT_SIGNATURE = {
    "depose",
    "recevabilite",
    "complements_demandes",
    "recevable",
    "en_instruction",
    "instruit",
    "liste_complementaire",
    "retenu",
    "convention_a_signer",
}
SELECTION = {"instruit", "liste_complementaire"}
# gesture: (roles, states it starts from, state it leads to)
ATTENDU = {
    "modifier": (PORTEUR, {"brouillon"}, None),
    "certifier": ("representant", {"brouillon"}, None),
    "deposer": (DEPOSANTS, {"brouillon"}, "depose"),
    "retirer_depot": (DEPOSANTS, {"depose", "recevabilite"}, "brouillon"),
    "attribuer": (
        AGENT,
        {"depose", "recevabilite", "complements_demandes", "recevable", "en_instruction"},
        None,
    ),
    "ouvrir_recevabilite": (AGENT, {"depose"}, "recevabilite"),
    "verifier": (AGENT, {"recevabilite"}, None),
    "demander_complements": (AGENT, {"recevabilite"}, "complements_demandes"),
    "completer": (PORTEUR, {"complements_demandes"}, None),
    "repondre_complements": (DEPOSANTS, {"complements_demandes"}, "recevabilite"),
    "clore_complements": (AGENT, {"complements_demandes"}, "recevabilite"),
    "recevoir": (AGENT, {"recevabilite"}, "recevable"),
    "ecarter_irrecevable": (AGENT, {"recevabilite"}, "irrecevable"),
    "ecarter_ineligible": (AGENT, {"recevabilite"}, "ineligible"),
    "reorienter": (AGENT, {"recevabilite"}, "reoriente"),
    "ouvrir_instruction": (AGENT, {"recevable"}, "en_instruction"),
    "noter": (AGENT, {"en_instruction"}, None),
    "clore_instruction": (AGENT, {"en_instruction"}, "instruit"),
    "retenir": ("valideur", SELECTION, "retenu"),
    "inscrire_liste_complementaire": ("valideur", {"instruit"}, "liste_complementaire"),
    "ne_pas_retenir": ("valideur", SELECTION, "non_retenu"),
    "se_desister": (DEPOSANTS, AVANT_SIGNATURE, "desiste"),
    "preparer_convention": ("valideur", {"retenu"}, "convention_a_signer"),
    "constater_signature": ("signataire administrateur", {"convention_a_signer"}, "conventionne"),
    "verser": ("gestionnaire administrateur", {"conventionne"}, "en_deploiement"),
    "demander_solde": (DEPOSANTS, {"en_deploiement"}, "solde_demande"),
    "rejeter_solde": (AGENT, {"solde_demande"}, "en_deploiement"),
    "solder": ("gestionnaire", {"solde_demande"}, "solde"),
    "clore": (
        "administrateur",
        {"solde", "irrecevable", "ineligible", "reoriente", "non_retenu", "desiste"},
        "clos",
    ),
}
TRANSITIONS = [geste for geste in GESTES if geste.cible is not None]


def test_table_des_gestes_est_celle_qui_a_ete_relue() -> None:
    lue = {
        g.nom: (" ".join(g.roles), {s.value for s in g.sources}, g.cible and g.cible.value) for g in GESTES
    }
    assert lue == ATTENDU


@pytest.mark.parametrize("geste", TRANSITIONS, ids=lambda g: g.nom)
@pytest.mark.parametrize("etat", list(Etat))
def test_methode_du_modele_suit_la_table(geste: etats.Geste, etat: Etat) -> None:
    dossier = Dossier(etat=etat.value)
    if etat in geste.sources:
        getattr(dossier, geste.nom)()
        assert dossier.etat == geste.cible
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(dossier, geste.nom)()


def test_etat_ne_s_ecrit_pas_a_la_main() -> None:
    with pytest.raises(AttributeError):
        Dossier().etat = Etat.RETENU


def _titulaire(role: Role, monde: Monde) -> Utilisateur:
    """Somebody who holds this role where it counts for the dossier of `monde`."""
    if role in ROLES_ORGANISME:
        return rattacher(utilisateur(role.label), role, organisme=monde.entite.finess_ej)
    return agent(role, "" if role in ROLES_NATIONAUX else monde.campagne.ars)


@pytest.mark.django_db
def test_garde_croise_chaque_etat_chaque_geste_et_chaque_role() -> None:
    monde = Monde()
    for role in Role:
        personne = _titulaire(role, monde)
        droits = droits_de(personne)
        for etat, geste in product(Etat, GESTES):
            dossier = Dossier(etat=etat.value, campagne=monde.campagne, organisme=monde.dossier.organisme)
            ouvert = role in geste.roles and etat in geste.sources
            assert (geste.nom in droits.gestes(dossier)) is ouvert, (role, etat, geste.nom)
            assert _verdict(geste, dossier, personne) == (
                "" if ouvert else "etat" if role in geste.roles else "role"
            ), (role, etat, geste.nom)


def _verdict(geste: etats.Geste, dossier: Dossier, personne: Utilisateur) -> str:
    try:
        exiger(geste, dossier, personne)
    except PermissionDenied:
        return "role"
    except EtatDepasse:
        return "etat"
    return ""


def _forcer(dossier: Dossier, **valeurs: Any) -> None:
    """Write past the model, as `.update()` or a hand in the database would."""
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**valeurs)


@pytest.mark.django_db
def test_base_laisse_passer_les_paires_de_la_table_et_elles_seules() -> None:
    dossier = Monde().amener(Etat.DEPOSE)
    passees = set()
    for source, cible in product(Etat, Etat):
        if source == cible:
            continue
        with transaction.atomic(), connection.cursor() as curseur:
            # The only way to put the row in any state is to switch the trigger off.
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE instruction_dossier DISABLE TRIGGER dossier_cycle")
            Dossier.objects.filter(pk=dossier.pk).update(**_ligne(dossier, source))
            curseur.execute("ALTER TABLE instruction_dossier ENABLE TRIGGER dossier_cycle")
        try:
            _forcer(dossier, **_ligne(dossier, cible))
        except DatabaseError:
            continue
        passees.add((source.value, cible.value))
    assert passees == PAIRES


def _ligne(dossier: Dossier, etat: Etat) -> dict[str, Any]:
    """What the CHECKs ask of a row in this state."""
    brouillon = etat == Etat.BROUILLON
    return {
        "etat": etat,
        "depose_le": None if brouillon else dossier.depose_le,
        "depose_par": None if brouillon else dossier.depose_par,
        "depot_courant": None if brouillon else dossier.depot_courant,
        "complements_avant": timezone.now() if etat == Etat.COMPLEMENTS_DEMANDES else None,
        "rang_complementaire": 1,
        "arret": Etat.DEPOSE if etat in (Etat.DESISTE, Etat.CLOS) else "",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("cible", [etat for etat in Etat if etat not in (Etat.BROUILLON, Etat.DEPOSE)])
def test_base_refuse_qu_un_brouillon_saute_le_depot(cible: Etat) -> None:
    dossier = Monde().dossier
    with pytest.raises(DatabaseError, match="ne passe pas de"):
        _forcer(dossier, etat=cible)


@pytest.mark.django_db
def test_base_refuse_un_depot_sans_numero_un_etat_inconnu_et_un_numero_change() -> None:
    monde = Monde()
    with pytest.raises(DatabaseError, match="dossier_numero_au_depot"):
        _forcer(monde.dossier, etat=Etat.DEPOSE)
    with pytest.raises(DatabaseError, match="ne passe pas de"):
        _forcer(monde.dossier, etat="inconnu")
    monde.amener(Etat.DEPOSE)
    with pytest.raises(DatabaseError, match="ne change pas"):
        _forcer(monde.dossier, numero="OCC-2025-9999")
    autre = Monde(rang=2).amener(Etat.DEPOSE)
    with pytest.raises(DatabaseError, match="Le dépôt d’un dossier est le sien"):
        _forcer(monde.dossier, depot_courant=autre.depot_courant)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("etat", "champ", "valeur", "contrainte"),
    [
        (Etat.COMPLEMENTS_DEMANDES, "complements_avant", None, "dossier_complements_echeance"),
        (Etat.RECEVABILITE, "complements_avant", timezone.now(), "dossier_complements_echeance"),
        (Etat.LISTE_COMPLEMENTAIRE, "rang_complementaire", 2, "Le rang d’un dossier"),
        (Etat.RECEVABILITE, "rang_complementaire", 0, "dossier_liste_complementaire_avec_rang"),
        (Etat.DESISTE, "arret", "", "dossier_fini_dit_d_ou"),
        (Etat.DEPOSE, "arret", "depose", "dossier_fini_dit_d_ou"),
        (Etat.DEPOSE, "depot_courant", None, "dossier_numero_au_depot"),
        (Etat.DEPOSE, "depose_le", None, "dossier_depose_le_et_par"),
    ],
)
def test_base_refuse_une_ligne_qui_ne_s_accorde_pas_a_son_etat(
    etat: Etat, champ: str, valeur: Any, contrainte: str
) -> None:
    dossier = Monde().amener(etat)
    with pytest.raises(DatabaseError, match=contrainte):
        _forcer(dossier, **{champ: valeur})


@pytest.mark.django_db
@pytest.mark.parametrize("objet", ["depot", "accuse", "decision"])
@pytest.mark.parametrize("geste", ["modifier", "effacer"])
def test_base_refuse_de_toucher_a_ce_qui_est_ecrit_une_fois(objet: str, geste: str) -> None:
    dossier = Monde().amener(Etat.RECEVABLE)
    lignes = {
        "depot": (type(dossier.depot), {"empreinte": "0" * 64}),
        "accuse": (type(dossier.depot.accuse), {"service": "Un autre"}),
        "decision": (type(dossier.decisions.get()), {"motif": "Un autre"}),
    }
    modele, valeurs = lignes[objet]

    def toucher() -> None:
        with transaction.atomic():
            if geste == "modifier":
                modele.objects.update(**valeurs)
            else:
                modele.objects.all()._raw_delete("default")

    with pytest.raises(DatabaseError, match="ne se modifie ni ne s’efface"):
        toucher()


def test_libelles_disent_chaque_etat_a_chaque_public() -> None:
    assert set(etats.LIBELLES_PORTEUR) == set(Etat)
    assert etats.libelle(Etat.INSTRUIT, pour_porteur=True) == "En cours d’instruction"
    assert etats.libelle(Etat.INSTRUIT, pour_porteur=False) == "Instruit"


def test_diagramme_de_la_documentation_est_a_jour() -> None:
    document = (Path(settings.BASE_DIR) / "docs" / "cycle-de-vie.md").read_text(encoding="utf8")
    assert document == document_du_cycle()
