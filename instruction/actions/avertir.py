"""Telling the other side of a dossier, in the transaction of the gesture: an e-mail, a copy in the portal.

Who is told:
- the porteur: the titulaires of its organism (everybody who writes for it, when it has none), whoever made
  the gesture on its behalf, and the operational contact when the candidature gives an address;
- the ARS: the address of its service, and the agent in charge. While nobody is in charge, every instructeur
  and valideur finds the service's e-mail among their notifications: no mailbox of theirs is filled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from esms.comptes.acces import lieux_de
from esms.comptes.models import ROLES_PORTEUR, Rattachement, Role, Utilisateur
from esms.courriels.actions.ecriture import Lettre, ecrire_tous
from esms.courriels.models import Courriel
from esms.courriels.redaction import Valeur
from instruction.models import Dossier, Section
from instruction.requetes_fenetre import cloture_de


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


@dataclass(frozen=True, slots=True)
class AvertisDuDepot:
    """Those who are told of a filing, on each side; `fin`: until when it may be withdrawn, in words."""

    porteur: Avertis
    ars: Avertis
    fin: str


def avertis_du_depot(dossier: Dossier, par: Utilisateur, *, contact: str) -> AvertisDuDepot:
    """Read before anybody waits for this filing, both sides in one query; its ESSMS are in memory.

    `contact`: address of the operational contact, if any.
    """
    droits = list(_droits(_du_porteur(dossier) | _de_l_equipe(dossier)))
    ecrivent = [droit for droit in droits if droit.organisme == dossier.organisme]
    ars = avertis_de_l_ars(dossier, par, equipe=[droit for droit in droits if droit not in ecrivent])
    porteur = Avertis(_gens_du_porteur(dossier, par, contact, ecrivent))
    regions = {essms.region for essms in dossier.grappe.essms.all()} - {""}
    return AvertisDuDepot(porteur, ars, cloture_de(dossier, regions=len(regions)).fin)


def avertir_du_depot(dossier: Dossier, avertis: AvertisDuDepot, *, rang: int) -> list[Courriel]:
    """Both sides at once, since others wait for a filing to end: the receipt, and a dossier to examine.

    `rang`: which filing of this dossier, since it may be withdrawn and filed again.
    """
    accuse = reverse("dossiers:accuse", args=[dossier.pk])
    return ecrire_tous(
        [
            *_lettres(dossier, "depot_enregistre", avertis.porteur, f"{rang}", accuse, {"fin": avertis.fin}),
            *_lettres(dossier, "dossier_depose", avertis.ars, f"{rang}", "", {}),
        ],
        inedites=True,
    )


def avertis_de_l_ars(
    dossier: Dossier, par: Utilisateur | None, *, equipe: Sequence[Rattachement] | None = None
) -> Avertis:
    """The service (no account), and who is in charge; without anybody, the whole team in the portal.

    Who has left the ARS, or whose account is closed, is in charge of nothing.
    One query for each at most, whatever the size of the team; none for the `equipe` whose rights are given.
    """
    service, charge = dossier.campagne.courriel, dossier.instructeur
    if charge is not None and charge.is_active and dossier.campagne.ars in lieux_de(charge).ars:
        return Avertis({service: None} if charge == par else {service: None, charge.courriel: charge})
    if equipe is None:
        equipe = list(_droits(_de_l_equipe(dossier)))
    gens = {droit.utilisateur for droit in equipe if droit.utilisateur != par}
    return Avertis({service: None}, tuple(sorted(gens, key=attrgetter("pk"))))


def gens_du_porteur(dossier: Dossier, par: Utilisateur | None) -> dict[str, Utilisateur | None]:
    """Address → account (None for an operational contact without one) of those told on the porteur's side."""
    return _gens_du_porteur(dossier, par, adresse_du_contact(dossier), list(_droits(_du_porteur(dossier))))


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


def _gens_du_porteur(
    dossier: Dossier, par: Utilisateur | None, contact: str, ecrivent: Sequence[Rattachement]
) -> dict[str, Utilisateur | None]:
    titulaires = [droit.utilisateur for droit in ecrivent if droit.role == Role.PORTEUR]
    comptes = {droit.utilisateur.courriel: droit.utilisateur for droit in ecrivent}
    gens: dict[str, Utilisateur | None] = _par_adresse(titulaires or comptes.values())
    if par is not None and dossier.organisme in lieux_de(par).organismes:
        gens[par.courriel] = par
    if contact:
        gens.setdefault(contact, comptes.get(contact))
    return gens


def adresse_du_contact(dossier: Dossier) -> str:
    """Where the operational contact is written to, in lower case; empty while nobody has said."""
    contenu = (
        Section.objects.filter(dossier=dossier, cle="contacts").values_list("contenu", flat=True).first()
    )
    return adresse_dite(contenu or {})


def adresse_dite(contacts: Mapping[str, Any]) -> str:
    """The same, in the content of the section « contacts »."""
    return str(contacts.get("contact_courriel") or "").strip().lower()


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
