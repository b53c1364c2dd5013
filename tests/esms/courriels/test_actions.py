"""Writing: once per key, with the gesture or not at all, and nothing that should not travel."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from esms.courriels.actions.ecriture import Lettre, ecrire, ecrire_tous
from esms.courriels.models import Courriel, Etat, Notification
from tests import taches
from tests.fabriques import utilisateur
from tests.rigueur.courses import ensemble

CONTEXTE = {"campagne": "OCC", "porteur": "Association des Lilas", "fin": "lundi"}


def demande(**changements: Any) -> dict[str, Any]:
    return {
        "gabarit": "certification_faite",
        "a": "personne@essais.example",
        "destinataire": None,
        "contexte": CONTEXTE,
        "lien": "/dossiers/",
        "cle": "essai:1",
        **changements,
    }


@pytest.mark.django_db
def test_courriel_ecrit_a_envoyer_avec_sa_tache_et_sa_notification() -> None:
    personne = utilisateur()
    courriel = ecrire(**demande(destinataire=personne, chaine="dossier:1", ars="76"))
    assert courriel is not None
    courriel.refresh_from_db()
    assert (courriel.etat, courriel.essais, courriel.objet, courriel.contexte, courriel.ars) == (
        Etat.A_ENVOYER,
        0,
        "Le dossier est certifié, il reste à le déposer",
        CONTEXTE,
        "76",
    )
    assert taches.en_attente() == [("courriels.envoyer", {"courriel": courriel.pk})]
    assert list(Notification.objects.values_list("courriel", "utilisateur", "lue_le")) == [
        (courriel.pk, personne.pk, None)
    ]


@pytest.mark.django_db
def test_courriel_de_meme_cle_ecrit_une_fois() -> None:
    assert ecrire(**demande()) is not None
    assert ecrire(**demande(a="autre@essais.example")) is None
    assert list(Courriel.objects.values_list("a")) == [("personne@essais.example",)]
    assert len(taches.en_attente()) == 1


@pytest.mark.django_db
def test_courriel_sans_adresse_n_est_pas_ecrit() -> None:
    assert ecrire(**demande(a=" ")) is None
    assert not Courriel.objects.exists()


@pytest.mark.django_db
def test_lettres_en_nombre_constant_de_requetes() -> None:
    def requetes(nombre: int) -> int:
        lettres = [
            Lettre(**demande(cle=f"lot{nombre}:{rang}", destinataire=utilisateur())) for rang in range(nombre)
        ]
        with CaptureQueriesContext(
            connection,
        ) as mesure:
            assert len(ecrire_tous(lettres)) == nombre
        return len(mesure)

    assert requetes(1) == requetes(3) == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    "contexte",
    [
        {"campagne": "OCC"},  # a variable is missing
        {**CONTEXTE, "porteur": "A\nBcc: tous@essais.example"},  # a header that would slip in
        {**CONTEXTE, "porteur": "A" * 251},  # a letter, not a name
        {**CONTEXTE, "porteur": True},
        {**CONTEXTE, "porteur": 1.5},
    ],
)
def test_courriel_mal_rempli_refuse_le_geste(contexte: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"certification_faite|porteur"):
        ecrire(**demande(contexte=contexte))
    assert not Courriel.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("lien", ["//ailleurs.example/", "https://ailleurs.example/", ""])
def test_lien_hors_du_portail_est_refuse_en_base(lien: str) -> None:
    with pytest.raises(IntegrityError, match="courriel_lien_du_portail"), transaction.atomic():
        ecrire(**demande(lien=lien))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changements", "contrainte"),
    [
        ({"etat": "perdu", "essais": 1}, "courriel_etat_connu"),
        ({"etat": Etat.ENVOYE, "essais": 1}, "courriel_envoye_avec_sa_date"),
        ({"etat": Etat.EN_COURS, "essais": 1}, "courriel_en_cours_depuis"),
        ({"essais": 1}, "courriel_essais_comptes"),
        ({"etat": Etat.ABANDONNE, "essais": 1}, "courriel_echec_avec_son_erreur"),
        ({"texte": ""}, "courriel_entier"),
    ],
)
def test_courriel_impossible_refuse_en_base(changements: dict[str, Any], contrainte: str) -> None:
    courriel = ecrire(**demande())
    assert courriel is not None
    for champ, valeur in changements.items():
        setattr(courriel, champ, valeur)
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        courriel.save()
    with pytest.raises(ValidationError):
        courriel.full_clean()


@pytest.mark.django_db(transaction=True)
def test_courriel_hors_transaction_est_refuse() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        ecrire(**demande())


@pytest.mark.django_db(transaction=True)
def test_geste_annule_emporte_courriel_tache_et_notification() -> None:
    personne = utilisateur()
    with transaction.atomic():
        assert ecrire(**demande(destinataire=personne)) is not None
        transaction.set_rollback(True)
    assert (Courriel.objects.count(), Notification.objects.count(), taches.en_attente()) == (0, 0, [])


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_meme_cle_ecrite_par_quatre_a_la_fois_donne_un_courriel() -> None:
    def courir(rang: int) -> list[str]:
        with transaction.atomic():
            lettres = [Lettre(**demande()), Lettre(**demande(cle=f"propre:{rang}"))]
            return sorted(courriel.cle for courriel in ecrire_tous(lettres))

    rendus = ensemble(4, courir)
    assert sorted(cle for cles in rendus for cle in cles) == ["essai:1", *(f"propre:{r}" for r in range(4))]
    assert Courriel.objects.count() == 5
    assert len(taches.en_attente()) == 5
