"""Telling the other side of a dossier, in the transaction of the gesture: an e-mail, a copy in the portal.

A filing alone leaves it to a task that it deposits (`annoncer_le_depot`).

Who is told:
- the porteur: the titulaires of its organism (everybody who writes for it, when it has none), whoever made
  the gesture on its behalf, and the operational contact when the candidature gives an address;
- the ARS: the address of its service, and the agent in charge. While nobody is in charge, every instructeur
  and valideur finds the service's e-mail among their notifications: no mailbox of theirs is filled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from esms.comptes.acces import lieux_de
from esms.comptes.models import ROLES_PORTEUR, Rattachement, Role, Utilisateur
from esms.courriels.actions.ecriture import Lettre, ecrire_tous
from esms.courriels.models import Courriel
from esms.courriels.redaction import Valeur
from instruction.models import Depot, Dossier, Section
from instruction.requetes_fenetre import cloture_de

_AUTOUR_DU_DEPOT = ("dossier__campagne", "dossier__instructeur", "dossier__depose_par")


def avertir_porteur(
    dossier: Dossier,
    gabarit: str,
    par: Utilisateur | None,
    *,
    occurrence: str = "",
    lien: str = "",
    **contexte: Valeur,
) -> list[Courriel]:
    """Write `templates/courriels/<gabarit>.txt` to the porteur's people; the e-mails really written.

    One e-mail per person, template and `occurrence`: name it when the same gesture may happen again on one
    dossier (the number of a payment, the key of a request), or the second would not be told. `lien` is the
    page to open, the dossier by default. The template always has `numero` (« brouillon » before filing),
    `organisme`, `campagne`, and what `contexte` adds: a line, a whole number or a list of lines each,
    nothing sensitive.
    """
    avertis = Avertis(gens_du_porteur(dossier, par))
    return ecrire_tous(_lettres(dossier, gabarit, avertis, occurrence, lien, contexte))


def avertir_ars(
    dossier: Dossier,
    gabarit: str,
    par: Utilisateur | None,
    *,
    occurrence: str = "",
    lien: str = "",
    **contexte: Valeur,
) -> list[Courriel]:
    """The same to the ARS of the dossier: see `avertis_de_l_ars`. Nobody is told of its own gesture."""
    avertis = avertis_de_l_ars(dossier, par)
    return ecrire_tous(_lettres(dossier, gabarit, avertis, occurrence, lien, contexte))


@dataclass(frozen=True, slots=True)
class Avertis:
    """Those told on one side: address → account if any, and who reads it in the portal without an e-mail."""

    adresses: Mapping[str, Utilisateur | None]
    aussi: tuple[Utilisateur, ...] = ()


@transaction.atomic
def annoncer_le_depot(*, depot: int, par: Utilisateur | None) -> list[Courriel]:
    """Tell both sides of a filing: the receipt, and a dossier to examine. Played again, nobody is told twice.

    On its own, after the filing: others wait for a filing to end, and none of them for its letters. The task
    that plays it is deposited by the filing: one exists as surely as the other. `par` is None when the portal
    does it, as that task does.
    """
    fait = Depot.objects.select_related(*_AUTOUR_DU_DEPOT).get(pk=depot)
    dossier, occurrence = fait.dossier, f"{fait.rang}"
    porteur = Avertis(gens_du_porteur(dossier, dossier.depose_par))
    ars = avertis_de_l_ars(dossier, dossier.depose_par)
    accuse = reverse("dossiers:accuse", args=[dossier.pk])
    fin = cloture_de(dossier).fin
    return ecrire_tous(
        [
            *_lettres(dossier, "depot_enregistre", porteur, occurrence, accuse, {"fin": fin}),
            *_lettres(dossier, "dossier_depose", ars, occurrence, "", {}),
        ]
    )


def avertis_de_l_ars(dossier: Dossier, par: Utilisateur | None) -> Avertis:
    """The service (no account), and who is in charge; without anybody, the whole team in the portal.

    Who has left the ARS, or whose account is closed, is in charge of nothing.
    One query for each at most, whatever the size of the team.
    """
    service, charge = dossier.campagne.courriel, dossier.instructeur
    if charge is not None and charge.is_active and dossier.campagne.ars in lieux_de(charge).ars:
        return Avertis({service: None} if charge == par else {service: None, charge.courriel: charge})
    gens = {droit.utilisateur for droit in _droits(_de_l_equipe(dossier)) if droit.utilisateur != par}
    return Avertis({service: None}, tuple(sorted(gens, key=attrgetter("pk"))))


def gens_du_porteur(dossier: Dossier, par: Utilisateur | None) -> dict[str, Utilisateur | None]:
    """Address → account (None for an operational contact without one) of those told on the porteur's side."""
    ecrivent = list(_droits(_du_porteur(dossier)))
    titulaires = [droit.utilisateur for droit in ecrivent if droit.role == Role.PORTEUR]
    comptes = {droit.utilisateur.courriel: droit.utilisateur for droit in ecrivent}
    gens: dict[str, Utilisateur | None] = _par_adresse(titulaires or comptes.values())
    if par is not None and dossier.organisme in lieux_de(par).organismes:
        gens[par.courriel] = par
    contact = adresse_du_contact(dossier)
    if contact:
        gens.setdefault(contact, comptes.get(contact))
    return gens


def _du_porteur(dossier: Dossier) -> Q:
    """Rights to write for the organism."""
    return Q(organisme=dossier.organisme, role__in=ROLES_PORTEUR)


def _de_l_equipe(dossier: Dossier) -> Q:
    """Who may take a dossier of this ARS in charge, or answer for its call."""
    return Q(ars=dossier.campagne.ars, role__in=(Role.INSTRUCTEUR, Role.VALIDEUR))


def _droits(lesquels: Q) -> QuerySet[Rattachement]:
    """Those held today by an active account, which comes with them."""
    actifs = Rattachement.objects.actifs().filter(lesquels, utilisateur__is_active=True)
    return actifs.select_related("utilisateur").order_by("pk")


def adresse_du_contact(dossier: Dossier) -> str:
    """Where the operational contact is written to, in lower case; empty while nobody has said."""
    contenu = (
        Section.objects.filter(dossier=dossier, cle="contacts").values_list("contenu", flat=True).first()
    )
    return str((contenu or {}).get("contact_courriel") or "").strip().lower()


def _par_adresse(gens: Iterable[Utilisateur]) -> dict[str, Utilisateur | None]:
    return {personne.courriel: personne for personne in gens}


def _lettres(
    dossier: Dossier,
    gabarit: str,
    avertis: Avertis,
    occurrence: str,
    lien: str,
    contexte: Mapping[str, Valeur],
) -> list[Lettre]:
    commun: dict[str, Valeur] = {
        "numero": dossier.numero or "brouillon",
        "organisme": dossier.nom_porteur,
        "campagne": dossier.campagne.titre,
        **contexte,
    }
    return [
        Lettre(
            gabarit=gabarit,
            a=adresse,
            destinataire=compte,
            contexte=commun,
            lien=lien or dossier.get_absolute_url(),
            # The address is hashed: it may be longer than a key.
            cle=f"{dossier.chaine}:{gabarit}:{occurrence}:{sha256(adresse.encode()).hexdigest()[:32]}",
            chaine=dossier.chaine,
            ars=dossier.campagne.ars,
            aussi=avertis.aussi,
        )
        for adresse, compte in avertis.adresses.items()
    ]
