"""Convention, payments, balance."""

import io
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection

from instruction.actions.convention import constater_signature, preparer_convention, verser
from instruction.actions.solde import Fichier, demander_solde, rejeter_solde, solder
from instruction.etats import Etat
from instruction.regles.solde import Comptage
from instruction.requetes_solde import indicateurs_de
from tests.fabriques import Monde, pdf
from tests.instruction.ruptures.registre import permet, rompt
from tests.rigueur.vidage import SANS_GARDES

CIBLES = ("U1", "U2", "U3", "U4", "U5")
RIEN = Comptage(0, 100, 0)
PAS_EMISE = """
UPDATE financement_convention SET etat = 'preparee', emise_le = NULL, emise_par_id = NULL,
document = '', document_empreinte = '', document_taille = 0
"""
TOUT_VERSE = """
UPDATE financement_versement SET montant = plan.total FROM financement_convention convention
JOIN financement_plan plan ON plan.id = convention.plan_id WHERE convention.id = convention_id
"""


@permet("preparer_convention")
def _preparer(monde: Monde) -> Any:
    return preparer_convention(dossier=monde.dossier, par=monde.valideur)


@rompt("preparer_convention", 0, chaque="est déjà financé")
def preparer_pour_des_essms_deja_finances(monde: Monde) -> Any:
    Monde(contenu=monde.simulation.entree).amener(Etat.CONVENTION_A_SIGNER)
    return _preparer(monde)


@permet("constater_signature")
def signer(monde: Monde, jours: int = 0) -> Any:
    le = monde.jour() + timedelta(days=jours)
    return constater_signature(dossier=monde.dossier, le=le, par=monde.administrateur)


@rompt("constater_signature", 0)
def signer_ce_qui_n_est_pas_emis(monde: Monde) -> Any:
    _forcer(PAS_EMISE)
    return signer(monde)


@rompt("constater_signature", 1)
def signer_demain(monde: Monde) -> Any:
    return signer(monde, 1)


@rompt("constater_signature", 1)
def signer_avant_l_emission(monde: Monde) -> Any:
    return signer(monde, -1)


def _forcer(sql: str) -> None:
    """What the guards of the database would have refused."""
    with connection.cursor() as curseur:
        curseur.execute(SANS_GARDES)
        curseur.execute(sql)
        curseur.execute("SET LOCAL session_replication_role = DEFAULT")


@permet("verser")
def _verser(monde: Monde, jours: int = 0, reference: str = "MANDAT-1") -> Any:
    le = monde.jour() + timedelta(days=jours)
    return verser(dossier=monde.dossier, le=le, reference=reference, par=monde.administrateur)


@rompt("verser", 0)
def verser_demain(monde: Monde) -> Any:
    return _verser(monde, 1)


@rompt("verser", 0)
def verser_avant_la_signature(monde: Monde) -> Any:
    return _verser(monde, -1)


@rompt("verser", 0)
def verser_sans_reference(monde: Monde) -> Any:
    return _verser(monde, reference=" ")


@permet("demander_solde")
def _demander_solde(
    monde: Monde,
    *,
    comptages: dict[str, Comptage | None] | None = None,
    sans_preuve: str = "",
    jours: int = 0,
    recapitulatif: bool = True,
) -> Any:
    regles = [indicateur.regle for indicateur in indicateurs_de(monde.relire())]
    assert tuple(regles) == CIBLES
    comptes = {regle: Comptage(90, 100, 0) for regle in regles} | (comptages or {})
    return demander_solde(
        dossier=monde.dossier,
        mesuree_le=monde.jour() + timedelta(days=jours),
        comptages={regle: compte for regle, compte in comptes.items() if compte is not None},
        preuves={regle: _fichier(regle) for regle in regles if regle != sans_preuve},
        recapitulatif=_fichier("Dépenses") if recapitulatif else None,
        par=monde.porteur,
    )


def _fichier(titre: str) -> Fichier:
    return Fichier(f"{titre}.pdf", io.BytesIO(pdf(titre)))


for cible in CIBLES:
    rompt("demander_solde", 0)(partial(_demander_solde, comptages={cible: RIEN}))
    rompt("demander_solde", 0)(partial(_demander_solde, comptages={cible: None}))
    rompt("demander_solde", 0)(partial(_demander_solde, sans_preuve=cible))
rompt("demander_solde", 0)(partial(_demander_solde, jours=1))
rompt("demander_solde", 1)(partial(_demander_solde, recapitulatif=False))


@permet("rejeter_solde")
def _rejeter(monde: Monde, motif: str = "Preuve U3 illisible.") -> Any:
    return rejeter_solde(dossier=monde.dossier, motif=motif, par=monde.instructeur)


@rompt("rejeter_solde", 0)
def rejeter_sans_motif(monde: Monde) -> Any:
    return _rejeter(monde, " ")


@permet("solder")
def _solder(monde: Monde, jours: int = 0, reference: str = "MANDAT-2") -> Any:
    le = monde.jour() + timedelta(days=jours)
    return solder(dossier=monde.dossier, le=le, reference=reference, par=monde.gestionnaire)


@rompt("solder", 0)
def solder_demain(monde: Monde) -> Any:
    return _solder(monde, 1)


@rompt("solder", 0)
def solder_avant_la_demande(monde: Monde) -> Any:
    return _solder(monde, -1)


@rompt("solder", 0)
def solder_sans_reference(monde: Monde) -> Any:
    return _solder(monde, reference=" ")


@rompt("solder", 1)
def solder_au_dela_de_la_subvention(monde: Monde) -> Any:
    """The first payment already took everything."""
    _forcer(TOUT_VERSE)
    return _solder(monde)
