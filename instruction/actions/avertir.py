"""Telling the other side of a dossier, in the transaction of the gesture: an e-mail, a copy in the portal.

Who is told:
- the porteur: the titulaires of its organism (everybody who writes for it, when it has none), whoever made
  the gesture on its behalf, and the operational contact when the candidature gives an address;
- the ARS: the address of its service, and the agent in charge.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from esms.comptes.acces import organismes_de
from esms.comptes.models import ROLES_PORTEUR, Rattachement, Role, Utilisateur
from esms.courriels.actions import Lettre, ecrire_tous
from esms.courriels.models import Courriel
from instruction.models import Dossier, Section


def avertir_porteur(
    dossier: Dossier,
    gabarit: str,
    par: Utilisateur | None,
    *,
    occurrence: str = "",
    lien: str = "",
    **contexte: str | int,
) -> list[Courriel]:
    """Write `templates/courriels/<gabarit>.txt` to the porteur's people; the e-mails really written.

    One e-mail per person, template and `occurrence`: name it when the same gesture may happen again on one
    dossier (the number of a payment, the key of a request), or the second would not be told. `lien` is the
    page to open, the dossier by default. The template always has `numero` (« brouillon » before filing),
    `organisme`, `campagne`, and what `contexte` adds: a line or a whole number each, nothing sensitive.
    """
    return _avertir(dossier, gabarit, gens_du_porteur(dossier, par), occurrence, lien, contexte)


def avertir_ars(
    dossier: Dossier,
    gabarit: str,
    par: Utilisateur | None,
    *,
    occurrence: str = "",
    lien: str = "",
    **contexte: str | int,
) -> list[Courriel]:
    """The same to the ARS of the dossier: its service's address, and the agent in charge if there is one.

    The agent is not told of its own gesture.
    """
    gens: dict[str, Utilisateur | None] = {dossier.campagne.courriel: None}
    if dossier.instructeur is not None and dossier.instructeur != par and dossier.instructeur.is_active:
        gens[dossier.instructeur.courriel] = dossier.instructeur
    return _avertir(dossier, gabarit, gens, occurrence, lien, contexte)


def gens_du_porteur(dossier: Dossier, par: Utilisateur | None) -> dict[str, Utilisateur | None]:
    """Address → account (None for an operational contact without one) of those told on the porteur's side."""
    ecrivent = list(
        Rattachement.objects.actifs()
        .filter(organisme=dossier.organisme, role__in=ROLES_PORTEUR, utilisateur__is_active=True)
        .select_related("utilisateur")
        .order_by("pk")
    )
    titulaires = [droit.utilisateur for droit in ecrivent if droit.role == Role.PORTEUR]
    comptes = {droit.utilisateur.courriel: droit.utilisateur for droit in ecrivent}
    gens: dict[str, Utilisateur | None] = _par_adresse(titulaires or comptes.values())
    if par is not None and dossier.organisme in organismes_de(par):
        gens[par.courriel] = par
    contact = adresse_du_contact(dossier)
    if contact:
        gens.setdefault(contact, comptes.get(contact))
    return gens


def adresse_du_contact(dossier: Dossier) -> str:
    """Where the operational contact is written to, in lower case; empty while nobody has said."""
    contenu = (
        Section.objects.filter(dossier=dossier, cle="contacts").values_list("contenu", flat=True).first()
    )
    return str((contenu or {}).get("contact_courriel") or "").strip().lower()


def _par_adresse(gens: Iterable[Utilisateur]) -> dict[str, Utilisateur | None]:
    return {personne.courriel: personne for personne in gens}


def _avertir(
    dossier: Dossier,
    gabarit: str,
    gens: Mapping[str, Utilisateur | None],
    occurrence: str,
    lien: str,
    contexte: Mapping[str, str | int],
) -> list[Courriel]:
    commun: dict[str, str | int] = {
        "numero": dossier.numero or "brouillon",
        "organisme": dossier.nom_porteur,
        "campagne": dossier.campagne.titre,
        **contexte,
    }
    return ecrire_tous(
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
        )
        for adresse, compte in gens.items()
    )
