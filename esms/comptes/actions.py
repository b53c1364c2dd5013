"""Opening an account."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Rattachement, Role, Utilisateur
from esms.journal.actions import inscrire


@transaction.atomic
def creer_compte(
    *,
    courriel: str,
    nom: str,
    mot_de_passe: str,
    role: Role,
    organisme: str = "",
    ars: str = "",
    par: Utilisateur | None,
) -> Utilisateur:
    """Open an account that holds `role` from today: a porteur for an organism, an agent for an ARS.

    `par` is None when the operator does it from the command line. Raises ValidationError (French) for a weak
    password, an address already taken, or a role that does not fit; nothing is then written.
    """
    utilisateur = Utilisateur(courriel=courriel.strip().lower(), nom=nom.strip())
    validate_password(mot_de_passe, utilisateur)
    utilisateur.set_password(mot_de_passe)
    utilisateur.full_clean()
    utilisateur.save(force_insert=True)
    rattachement = Rattachement(
        utilisateur=utilisateur,
        role=role,
        organisme=organisme,
        ars=ars,
        debut=timezone.localdate(),
        donne_par=par,
    )
    rattachement.full_clean()
    rattachement.save(force_insert=True)
    inscrire(
        chaine=f"compte:{utilisateur.pk}",
        geste="creer_compte",
        par=par,
        contenu={"role": role.value, "organisme": organisme, "ars": ars},
    )
    return utilisateur
