"""An organism of the grappe, other than the porteur's, answers for itself to the cyber measures (ADR 24)."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.courriels.actions.ecriture import ecrire
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import parts_de_la_grappe
from grappes.requetes_organismes import noms_des_organismes
from instruction.acces import organismes_partages
from instruction.actions.garde import EtatDepasse, GesteRefuse, VersionDepassee, consigner, verrouiller
from instruction.actions.section import base_de, ecrire_version
from instruction.etats import Etat
from instruction.models import Dossier, Section
from instruction.regles.candidature import si

SECTION = "si"


@transaction.atomic
def repondre_aux_mesures(
    *, dossier: Dossier, finess_ej: str, reponse: Mapping[str, str], version: int, par: Utilisateur
) -> Section:
    """Save the answers of an organism (measures by column, comment) in the section, read at `version`.

    They are a new version of the section, under the name of `par`; the porteur is told the first time. The
    same answers again change nothing. What others saved meanwhile elsewhere in the section stays. Raises
    VersionDepassee when the answers of this organism changed meanwhile, EtatDepasse once filed,
    PermissionDenied when `par` does not answer for that organism here, or the AAP asks for no measure.
    """
    actuel = verrouiller(dossier)
    if actuel.etat != Etat.BROUILLON:
        raise EtatDepasse("Ce dossier n’est plus un brouillon\u00a0: ses réponses ne se modifient plus.")
    _exiger_son_organisme(actuel, finess_ej, par)
    section = Section.objects.filter(dossier=actuel, cle=SECTION).first() or Section(
        dossier=actuel, cle=SECTION
    )
    lue, dites = si.reponse_de(section.contenu, finess_ej), {c: v for c, v in reponse.items() if v}
    signee = si.repondus(section.contenu).get(finess_ej)
    if lue == dites and signee is not None and signee.intact:
        return section
    if version != section.version and si.reponse_de(base_de(section, version), finess_ej) != lue:
        raise VersionDepassee
    if not lue and len(si.propres(section.contenu)) >= si.A_PART_MAX:
        raise GesteRefuse("Le dossier ne peut plus recevoir de réponse à part\u00a0: prévenez son porteur.")
    nom = noms_des_organismes([finess_ej])[finess_ej]
    contenu = si.avec_la_reponse(section.contenu, finess_ej, nom, dites, par.nom, timezone.now())
    ecrire_version(section=section, contenu=contenu, par=par)
    consigner(actuel, "repondre_aux_mesures", par, finess_ej=finess_ej, version=section.version)
    _prevenir_le_porteur(actuel, finess_ej, nom)
    return section


def _exiger_son_organisme(dossier: Dossier, finess_ej: str, par: Utilisateur) -> None:
    """PermissionDenied unless it was invited, `par` answers for it, and the AAP asks for the measures."""
    invite = dossier.grappe.participations.filter(finess_ej=finess_ej).exists()
    present = invite and finess_ej in parts_de_la_grappe(dossier.grappe)
    if not (present and finess_ej in organismes_partages(par, dossier)):
        raise PermissionDenied("organisme")
    edition = edition_de(dossier.campagne)
    if edition.candidature.section(SECTION) is None or not edition.sections.si.article_cyber:
        raise PermissionDenied("mesures")


def _prevenir_le_porteur(dossier: Dossier, finess_ej: str, nom: str) -> None:
    participation = dossier.grappe.participations.select_related("invitee_par").get(finess_ej=finess_ej)
    ecrire(
        gabarit="mesures_repondues",
        a=participation.invitee_par.courriel,
        destinataire=participation.invitee_par,
        contexte={"campagne": dossier.campagne.titre, "organisme": nom},
        lien=reverse("dossiers:section", args=[dossier.pk, SECTION]),
        cle=f"mesures_repondues:{dossier.pk}:{finess_ej}",
        chaine=dossier.chaine,
        ars=dossier.campagne.ars,
    )
