"""Documents that the portal writes from what is typed and joins: P1, P2, P3, P9a, P9b."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from esms.journal.models import Entree
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.piece import joindre
from instruction.actions.produits import produire, tout_produire
from instruction.documents.modeles import PRODUIT_PAR_PIECE
from instruction.requetes import Examen
from instruction.requetes_produits import produits_de
from tests.fabriques import GUADELOUPE, Monde, entree, organisme, pdf, utilisateur

pytestmark = pytest.mark.django_db
JALONS = {"demarrage": "2026-01-05", "va": "2026-06-01", "vsr": "2026-09-01", "cibles": "2027-01-31"}


def rempli(*cles: str, monde: Monde | None = None) -> Monde:
    """These sections typed in full (all of them by default), and no piece."""
    monde = monde or Monde()
    for cle, contenu in monde.saisies().items():
        if not cles or cle in cles:
            monde.ecrire(cle, contenu)
    return monde


def examen(monde: Monde) -> Examen:
    return Examen(monde.relire(), timezone.now())


def en_place(monde: Monde) -> list[str]:
    return list(monde.dossier.pieces.filter(retiree_le__isnull=True).values_list("code", flat=True))


def etat(monde: Monde, code: str) -> Any:
    (trouve,) = (e for e in examen(monde).etats_des_pieces if e.demandee.piece.regle == code)
    return trouve.nombre, trouve.perimes, trouve.complete


def test_produire_joint_le_document_et_retient_l_empreinte_de_la_saisie() -> None:
    monde = rempli("planning")
    piece = produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    attendue = examen(monde).empreinte_de("P2")
    assert (piece.code, piece.nom, piece.extension, piece.source) == (
        "P2",
        "P2-planning.pdf",
        "pdf",
        attendue,
    )
    assert Entree.objects.filter(geste="joindre_piece").get().contenu["source"] == attendue
    assert etat(monde, "P2") == (1, 0, True)


def test_produire_deux_fois_la_meme_saisie_ne_joint_qu_un_fichier() -> None:
    monde = rempli("planning")
    premiere = produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    assert produire(dossier=monde.dossier, code="P2", par=monde.porteur) == premiere
    assert monde.dossier.pieces.count() == 1


def test_saisie_changee_perime_le_document_qui_se_regenere() -> None:
    monde = rempli("planning")
    ancienne = produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    monde.ecrire("planning", {"jalons": {**JALONS, "cibles": "2027-03-31"}, "etapes": []})
    assert etat(monde, "P2") == (0, 1, False)
    phrases = [m.phrase for m in examen(monde).manques if m.phrase.startswith("P2")]
    suite = "la saisie a changé depuis que ce document a été produit, il est à régénérer."
    assert phrases == [f"P2 – Planning du projet\u00a0: {suite}"]
    neuve = produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    ancienne.refresh_from_db()
    assert (ancienne.retiree_par, etat(monde, "P2")) == (monde.porteur, (1, 0, True))
    assert neuve.sha256 != ancienne.sha256


def test_saisie_remise_comme_avant_rend_le_document_a_jour() -> None:
    monde = rempli("planning")
    avant = monde.section("planning").contenu
    produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    monde.ecrire("planning", {"jalons": {}, "etapes": []})
    monde.ecrire("planning", avant)
    assert etat(monde, "P2") == (1, 0, True)


def test_produire_avant_d_avoir_fini_dit_ce_qui_manque() -> None:
    monde = rempli("contacts")
    with pytest.raises(GesteRefuse) as refus:
        produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    assert "« Démarrage du projet »" in refus.value.phrases[0].replace("\u00a0", " ")
    assert en_place(monde) == []


def test_document_renvoye_a_la_main_puis_produit_ne_compte_qu_une_fois() -> None:
    monde = rempli("planning")
    octets = PRODUIT_PAR_PIECE["P2"].ecrire(examen(monde))
    a_la_main = joindre(
        dossier=monde.dossier, code="P2", nom="a.pdf", fichier=io.BytesIO(octets), par=monde.porteur
    )
    produite = produire(dossier=monde.dossier, code="P2", par=monde.porteur)
    a_la_main.refresh_from_db()
    assert (a_la_main.retiree_par, produite.sha256) == (monde.porteur, a_la_main.sha256)
    assert etat(monde, "P2") == (1, 0, True)


def test_document_du_porteur_dispense_de_celui_du_portail() -> None:
    monde = rempli("planning")
    joindre(
        dossier=monde.dossier, code="P2", nom="Le nôtre.pdf", fichier=io.BytesIO(pdf()), par=monde.porteur
    )
    assert tout_produire(dossier=monde.dossier, par=monde.porteur) == []
    monde.ecrire("planning", {"jalons": JALONS, "etapes": []})
    assert etat(monde, "P2") == (1, 0, True)


def test_tout_produire_joint_ce_qui_manque_et_peut_l_etre() -> None:
    monde = rempli()
    assert [p.code for p in tout_produire(dossier=monde.dossier, par=monde.porteur)] == ["P1", "P2", "P3"]
    assert tout_produire(dossier=monde.dossier, par=monde.porteur) == []
    assert en_place(monde) == ["P1", "P2", "P3"]


def test_guadeloupe_n_a_pas_de_p2_et_son_planning_est_dans_p1() -> None:
    monde = rempli(monde=Monde(GUADELOUPE, nombre=8))
    assert [p.code for p in tout_produire(dossier=monde.dossier, par=monde.porteur)] == ["P1", "P3"]
    monde.ecrire("planning", {"jalons": JALONS, "etapes": [{"libelle": "Formation"}]})
    assert (etat(monde, "P1"), etat(monde, "P3")) == ((0, 1, False), (1, 0, True))


def test_planning_change_ne_perime_pas_la_candidature_d_occitanie() -> None:
    monde = rempli()
    tout_produire(dossier=monde.dossier, par=monde.porteur)
    monde.ecrire("planning", {"jalons": {**JALONS, "cibles": "2027-03-31"}, "etapes": []})
    assert [etat(monde, code)[2] for code in ("P1", "P2", "P3")] == [True, False, True]


def test_produire_n_est_ni_pour_un_autre_ni_apres_le_depot() -> None:
    monde = rempli()
    with pytest.raises(PermissionDenied):
        produire(dossier=monde.dossier, code="P2", par=utilisateur())
    monde.deposer()
    with pytest.raises(EtatDepasse):
        tout_produire(dossier=monde.dossier, par=monde.porteur)


# --- P9a, P9b: the section only asks the ESSMS of small organisms -------------------------------------------


def avec_materiel(geres: int) -> Monde:
    contenu = entree(organisme(), 15)
    contenu["organismes"][0]["essms_geres"] = geres
    contenu["essms"][0]["materiel"] = {"demande_ht": "10.00", "demande_ttc": "12.00"}
    return Monde(contenu=contenu)


def test_p9_se_produisent_d_un_equipement_saisi() -> None:
    monde = rempli("equipement", monde=avec_materiel(14))
    assert [produits_de(examen(monde))[code].joignable for code in ("P9a", "P9b")] == [True, True]
    piece = produire(dossier=monde.dossier, code="P9a", par=monde.porteur)
    assert (piece.extension, etat(monde, "P9a")) == ("xlsx", (1, 0, True))


def test_p9_sans_equipement_saisi_attend_la_section() -> None:
    produit = produits_de(examen(avec_materiel(14)))["P9a"]
    assert (produit.a_completer, produit.hors_saisie, produit.joignable) == (("equipement",), False, False)


def test_p9_d_un_grand_organisme_se_complete_a_la_main() -> None:
    monde = avec_materiel(20)
    produit = produits_de(examen(monde))["P9b"]
    assert (produit.a_completer, produit.hors_saisie, produit.joignable) == ((), True, False)
    with pytest.raises(GesteRefuse, match="joignez un fichier"):
        produire(dossier=monde.dossier, code="P9b", par=monde.porteur)
