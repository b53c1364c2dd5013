"""The world where the matrix is played: each address has a real thing to be about, that others hold.

An address about nothing answers 404 to everybody and proves nothing.
"""

import io
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from esms.comptes.models import IdentiteProConnect, Role
from esms.courriels.models import Courriel, Etat
from esms.habilitations.actions.demande import demander
from esms.habilitations.actions.invitation import inviter
from grappes.actions.campagne_reglages import ajouter_un_contact
from grappes.actions.participation import inviter_organisme
from grappes.actions.solution import enregistrer_solution
from grappes.catalogue_solutions import SolutionLue
from instruction.actions.accuse import produire_le_pdf
from instruction.actions.campagne_documents import publier_un_document
from instruction.actions.message import Fichier, ecrire_message
from tests.acces.distribution import ARS, CONCERNEE, PARTENAIRE
from tests.fabriques import Monde, entree, etablissement, organisme, pdf, utilisateur


def monde() -> Monde:
    """A complete draft with an ESSMS in another region (G3) and one run by a partner, and all around it."""
    contenu = entree(organisme(), 15)
    contenu["essms"][0]["region"] = CONCERNEE
    partenaire = organisme(PARTENAIRE, nom="Association des Tilleuls")
    chez_lui = etablissement(partenaire, 900)
    contenu["essms"].append({"finess_et": chez_lui.finess_et, "operation": "acquisition"})
    contenu["organismes"].append(
        {"finess_ej": partenaire.finess_ej, "region": partenaire.region, "essms_geres": 20}
    )
    joue = Monde(contenu=contenu)
    inviter_organisme(
        grappe=joue.dossier.grappe,
        finess_ej=partenaire.finess_ej,
        courriel="partenaire@essais.example",
        par=joue.porteur,
    )
    _offrir_des_roles(joue)
    _meubler_la_campagne(joue)
    _ouvrir_le_compte_du_porteur(joue)
    joue.completer()
    return joue


def suivre_le_depot(joue: Monde) -> None:
    """What a filing brings: its receipt in PDF, a question with a file, an e-mail that could not leave."""
    produire_le_pdf(accuse=joue.dossier.depot.accuse.pk, par=None)
    ecrire_message(
        identifiant=uuid4(),
        dossier=joue.dossier,
        texte="Une question.",
        fichiers=[Fichier("plan.pdf", io.BytesIO(pdf("Plan")))],
        par=joue.porteur,
    )
    Courriel.objects.filter(gabarit="dossier_depose").update(
        etat=Etat.ABANDONNE, essais=1, erreur="SMTPRecipientsRefused"
    )


def _offrir_des_roles(joue: Monde) -> None:
    og = joue.entite.finess_ej
    inviter(
        courriel="og@essais.example", role=Role.REDACTEUR, organisme=og, lieu="Les Lilas", par=joue.porteur
    )
    inviter(courriel="ars@essais.example", role=Role.JURY, ars=ARS, par=joue.administrateur)
    demander(organisme=og, nom="Les Lilas", ars=ARS, fonction="Directrice", par=utilisateur())


def _meubler_la_campagne(joue: Monde) -> None:
    par = joue.administrateur
    valeurs = {"nom": "Accueil", "courriel": "accueil@essais.example"}
    ajouter_un_contact(campagne=joue.campagne, valeurs=valeurs, par=par)
    publier_un_document(
        campagne=joue.campagne, titre="Cahier", nom="cahier.pdf", fichier=io.BytesIO(pdf("Cahier")), par=par
    )
    enregistrer_solution(lue=SolutionLue("logiciel-a", "Éditeur A", "Logiciel A"), par=None)


def _ouvrir_le_compte_du_porteur(joue: Monde) -> None:
    """A session, a passkey, a ProConnect identity, notifications: of somebody who plays no column."""
    UserSession.objects.create(
        user=joue.porteur, ip="192.0.2.1", user_agent="essais", session_key=joue.porteur.courriel[:40]
    )
    Authenticator.objects.create(
        user=joue.porteur, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {}}
    )
    IdentiteProConnect.objects.create(sub="sub-du-porteur", utilisateur=joue.porteur)
