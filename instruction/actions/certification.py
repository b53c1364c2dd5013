"""The représentant légal vouches for the candidature: for what it holds, and for nothing typed afterwards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Role, Utilisateur
from esms.courriels.actions.ecriture import ecrire
from esms.socle import canonique
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import GesteRefuse, consigner, exiger, verrouiller
from instruction.models import Certification, Dossier
from instruction.regles.recevabilite import SECTION_DEPOT
from instruction.requetes import Examen
from instruction.requetes_certification import deposants, representants
from instruction.requetes_fenetre import cloture_de

MANQUE = "Le représentant légal doit certifier l’exactitude du dossier avant le dépôt."
PERIMEE = (
    "Le dossier a changé depuis sa certification\u00a0: le représentant légal doit le certifier de nouveau."
)


def contenu_a_certifier(examen: Examen) -> dict[str, Any]:
    """What the porteur answers for, apart from when it is filed and from what the engine says of it."""
    dossier = examen.dossier
    return {
        "edition": dossier.campagne.edition,
        "porteur": {"finess_ej": dossier.organisme, "nom": dossier.nom_porteur},
        "candidature": examen.candidature(),
        "entree": {cle: valeur for cle, valeur in examen.entree.items() if cle != "depose_le"},
        "pieces": sorted([piece.code, piece.nom, piece.sha256] for piece in examen.pieces),
    }


def certification_en_vigueur(examen: Examen) -> Certification | None:
    """The certification of exactly what the draft holds now."""
    certifications = examen.dossier.certifications.select_related("par")
    return certifications.filter(empreinte=canonique.empreinte(contenu_a_certifier(examen))).first()


@transaction.atomic
def certifier(*, dossier: Dossier, par: Utilisateur) -> Certification:
    """Vouch for the draft as it is now; the same content again gives the same certification.

    The people who may file are told. Raises PermissionDenied unless `par` is représentant légal of the
    organism, EtatDepasse out of the draft, GesteRefuse while something is missing.
    """
    actuel = verrouiller(dossier)
    exiger(etats.CERTIFIER, actuel, par)
    examen = Examen(actuel, timezone.now())
    refuser_l_incomplet(examen)
    certification, nouvelle = sceller_la_certification(examen=examen, par=par)
    if nouvelle:
        consigner(actuel, etats.CERTIFIER.nom, par, **trace_de(certification))
        for personne in deposants(actuel):
            if personne.pk != par.pk:
                _ecrire(actuel, personne, "certification_faite", certification.empreinte)
    return certification


def sceller_la_certification(*, examen: Examen, par: Utilisateur) -> tuple[Certification, bool]:
    """Write the certification of a complete draft that the caller has locked; False when it was there.

    The caller writes it in the journal, with `trace_de`.
    """
    empreinte = canonique.empreinte(contenu_a_certifier(examen))
    donnee = examen.dossier.certifications.filter(empreinte=empreinte, par=par).first()
    if donnee is not None:
        return donnee, False
    neuve = Certification.objects.create(
        dossier=examen.dossier, empreinte=empreinte, par=par, qualite=_qualite(examen), le=examen.instant
    )
    return neuve, True


def trace_de(certification: Certification) -> dict[str, str]:
    """What the journal keeps of it."""
    return {"empreinte_certifiee": certification.empreinte}


@transaction.atomic
def demander_certification(*, dossier: Dossier, par: Utilisateur) -> int:
    """Write to the représentants légaux of the organism that the draft waits for them; how many there are.

    The same day and for the same content, each is written to once. Raises PermissionDenied unless `par` may
    file, GesteRefuse while something is missing.
    """
    actuel = verrouiller(dossier)
    if not droits_de(par).permet(etats.DEPOSER, actuel):
        raise PermissionDenied(etats.DEPOSER.nom)
    exiger(etats.DEPOSER, actuel, par)
    examen = Examen(actuel, timezone.now())
    refuser_l_incomplet(examen)
    cle = f"{canonique.empreinte(contenu_a_certifier(examen))}:{timezone.localdate().isoformat()}"
    personnes = [personne for personne in representants(actuel) if personne.pk != par.pk]
    for personne in personnes:
        _ecrire(actuel, personne, "certification_demandee", cle)
    consigner(actuel, "demander_certification", par, personnes=[personne.pk for personne in personnes])
    return len(personnes)


def refuser_l_incomplet(examen: Examen) -> None:
    """Raise GesteRefuse with each missing thing, but for the calendar and the counter."""
    phrases = [manque.phrase for manque in examen.manques if manque.section != SECTION_DEPOT]
    if phrases:
        raise GesteRefuse(*phrases)


def est_representant(dossier: Dossier, utilisateur: Utilisateur) -> bool:
    """Vouches for the organism of this dossier."""
    return droits_de(utilisateur).detient(Role.REPRESENTANT, dossier)


def _qualite(examen: Examen) -> str:
    """As the porteur wrote it among the contacts."""
    return str(examen.section("contacts").contenu.get("representant_fonction") or "Représentant légal")


def _ecrire(dossier: Dossier, personne: Utilisateur, gabarit: str, cle: str) -> None:
    ecrire(
        gabarit=gabarit,
        a=personne.courriel,
        destinataire=personne,
        contexte={
            "campagne": dossier.campagne.titre,
            "porteur": dossier.nom_porteur,
            "fin": cloture_de(dossier).fin,
        },
        lien=reverse("dossiers:relecture", args=[dossier.pk]),
        cle=f"{gabarit}:{dossier.pk}:{cle}:{personne.pk}",
        chaine=dossier.chaine,
        ars=dossier.campagne.ars,
    )
