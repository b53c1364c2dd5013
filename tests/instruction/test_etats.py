"""The life cycle, read back as a reviewed table: any change to etats.py changes this file too."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django_fsm import TransitionNotAllowed

from esms.comptes.models import Role
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import EtatDepasse, exiger
from instruction.etats import GESTES, PAIRES, Etat
from instruction.models import Dossier
from tests.fabriques import Monde

# gesture: (roles, states it starts from, state it leads to)
ATTENDU = {
    "modifier": ("porteur redacteur representant", {"brouillon"}, None),
    "deposer": ("porteur representant", {"brouillon"}, "depose"),
    "attribuer": ("instructeur", {"depose", "recevable", "en_instruction"}, None),
    "verifier": ("instructeur", {"depose"}, None),
    "recevoir": ("instructeur", {"depose"}, "recevable"),
    "ecarter_irrecevable": ("instructeur", {"depose"}, "irrecevable"),
    "ecarter_ineligible": ("instructeur", {"depose"}, "ineligible"),
    "ouvrir_instruction": ("instructeur", {"recevable"}, "en_instruction"),
    "noter": ("instructeur", {"en_instruction"}, None),
    "clore_instruction": ("instructeur", {"en_instruction"}, "instruit"),
    "retenir": ("valideur", {"instruit"}, "retenu"),
    "ne_pas_retenir": ("valideur", {"instruit"}, "non_retenu"),
    "preparer_convention": ("valideur", {"retenu"}, "convention_a_signer"),
    "constater_signature": ("signataire administrateur", {"convention_a_signer"}, "conventionne"),
    "verser": ("gestionnaire administrateur", {"conventionne"}, "en_deploiement"),
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


@pytest.mark.django_db
@pytest.mark.parametrize("geste", GESTES, ids=lambda g: g.nom)
def test_garde_croise_etat_et_role(geste: etats.Geste) -> None:
    monde = Monde()
    personnes = {
        Role.PORTEUR: monde.porteur,
        Role.INSTRUCTEUR: monde.instructeur,
        Role.VALIDEUR: monde.valideur,
        Role.ADMINISTRATEUR: monde.administrateur,
    }
    for etat, (role, personne) in product(Etat, personnes.items()):
        dossier = Dossier(
            etat=etat.value, campagne=monde.campagne, organisme=monde.dossier.organisme, pk=monde.dossier.pk
        )
        ouvert = geste.nom in droits_de(personne).gestes(dossier)
        assert ouvert is (role in geste.roles and etat in geste.sources)
        if role not in geste.roles:
            with pytest.raises(PermissionDenied):
                exiger(geste, dossier, personne)
        elif etat not in geste.sources:
            with pytest.raises(EtatDepasse):
                exiger(geste, dossier, personne)
        else:
            exiger(geste, dossier, personne)


def _forcer(dossier: Dossier, **valeurs: Any) -> None:
    """Write past the model, as `.update()` or a hand in the database would."""
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(**valeurs)


@pytest.mark.django_db
def test_base_laisse_passer_les_paires_de_la_table_et_elles_seules() -> None:
    dossier = Monde().amener(Etat.DEPOSE)
    passees = set()
    for source, cible in product(Etat, Etat):
        if Etat.BROUILLON in (source, cible) or source == cible:
            continue  # a filed dossier cannot be a draft: played below
        with transaction.atomic(), connection.cursor() as curseur:
            # The only way to put the row in any state is to switch the trigger off.
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE instruction_dossier DISABLE TRIGGER dossier_cycle")
            Dossier.objects.filter(pk=dossier.pk).update(etat=source)
            curseur.execute("ALTER TABLE instruction_dossier ENABLE TRIGGER dossier_cycle")
        try:
            _forcer(dossier, etat=cible)
        except DatabaseError:
            continue
        passees.add((source.value, cible.value))
    assert passees == {paire for paire in PAIRES if Etat.BROUILLON not in paire}


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
        _forcer(monde.dossier, etat="clos")
    monde.amener(Etat.DEPOSE)
    with pytest.raises(DatabaseError, match="ne change pas"):
        _forcer(monde.dossier, numero="OCC-2025-9999")


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
    assert document == etats.document()
