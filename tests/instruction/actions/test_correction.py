"""Answering a request for complements with what the portal writes, from the filing and its corrections."""

import io
import subprocess
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from esms.comptes.models import Role
from esms.journal.models import Entree
from instruction.actions.complements import demander_complements
from instruction.actions.correction import certifier_heures_complement, corriger, produire_complement
from instruction.actions.garde import EtatDepasse, GesteRefuse, VersionDepassee
from instruction.actions.reponse import joindre_complement, repondre_complements
from instruction.documents.modeles import MODELES
from instruction.etats import Etat
from instruction.models import Correction, ElementDemande, Piece
from instruction.regles.complements import HEURES, Demande
from instruction.requetes_complements import demande_ouverte, pieces_au_depot
from instruction.requetes_corrections import ExamenDeComplement
from tests.fabriques import SAAD, Monde, entree, etablissement, organisme, rattacher, utilisateur
from tests.instruction.documents.test_modeles import HEURES as DEPOSEES

pytestmark = pytest.mark.django_db


def demander(monde: Monde, *codes: str, sections: tuple[str, ...] = ()) -> Monde:
    demandes = [Demande("piece", code, code, "À corriger.") for code in codes]
    demandes += [Demande("section", cle, cle, "À corriger.") for cle in sections]
    demander_complements(
        dossier=monde.dossier,
        demandes=demandes,
        dernier_jour=monde.jour() + timedelta(days=5),
        message="",
        par=monde.instructeur,
    )
    monde.relire()
    return monde


def octets(piece: Piece) -> bytes:
    with piece.fichier.open() as fichier:
        lus: bytes = fichier.read()
    return lus


def texte(piece: Piece, tmp_path: Path) -> str:
    (tmp_path / "m.pdf").write_bytes(octets(piece))
    lu = subprocess.run(["pdftotext", "-layout", "m.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    return " ".join(lu.stdout.decode().replace("\u202f", " ").split())


@pytest.fixture
def monde() -> Monde:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    return monde


def de_deux_organismes() -> Monde:
    """Fifteen ESSMS of two organisms, one small that asks for equipment; one home-help service."""
    lilas, tilleuls = organisme(), organisme(2, nom="Association des Tilleuls")
    service, autre = etablissement(lilas, 1, SAAD), etablissement(tilleuls, 1)
    contenu = entree(lilas, 14)
    contenu["organismes"].append({"finess_ej": tilleuls.finess_ej, "region": "76", "essms_geres": 1})
    contenu["essms"].append({"finess_et": autre.finess_et, "operation": "acquisition"})
    contenu["essms"][14]["materiel"] = {"demande_ht": "1000.00", "demande_ttc": "1200.00"}
    (saad,) = (essms for essms in contenu["essms"] if essms["finess_et"] == service.finess_et)
    saad["heures"] = DEPOSEES
    return Monde(contenu=contenu)


def element(monde: Monde, cle: str) -> ElementDemande:
    return demande_ouverte(monde.dossier).elements.get(cle=cle)


def examen(monde: Monde) -> ExamenDeComplement:
    return ExamenDeComplement.de(monde.relire(), demande_ouverte(monde.dossier))


def planning_decale(monde: Monde) -> dict[str, Any]:
    contenu = examen(monde).depose("planning")
    return {**contenu, "jalons": {**contenu["jalons"], "cibles": "2027-04-30"}}


def corriger_le_planning(monde: Monde) -> Correction | None:
    contenu = planning_decale(monde)
    return corriger(dossier=monde.dossier, cle="planning", contenu=contenu, version=0, par=monde.porteur)


def test_document_produit_dit_le_depot_et_remplace_le_sien_sans_toucher_au_depot(
    monde: Monde, tmp_path: Path
) -> None:
    scelle, deposees = monde.dossier.depot.scelle, {p.pk for p in pieces_au_depot(monde.dossier)}
    demander(monde, "P2")
    premiere = produire_complement(element=element(monde, "P2"), par=monde.porteur)
    assert produire_complement(element=element(monde, "P2"), par=monde.porteur) == premiere
    lu = texte(premiere, tmp_path)
    assert f"à partir du dossier {monde.dossier.numero}" in lu
    assert "Rien n’y est corrigé depuis le dépôt." in lu
    corriger_le_planning(monde)
    with pytest.raises(GesteRefuse, match="ce qu’il dit a été corrigé depuis"):
        repondre_complements(dossier=monde.dossier, par=monde.porteur)
    seconde = produire_complement(element=element(monde, "P2"), par=monde.porteur)
    premiere.refresh_from_db()
    assert (premiere.retiree_par, seconde.element_id) == (monde.porteur, element(monde, "P2").pk)
    lu = texte(seconde, tmp_path)
    assert "Corrigé pour cette réponse : Planning (le " in lu
    assert "30 avril 2027" in lu
    complement = repondre_complements(dossier=monde.dossier, par=monde.porteur)
    assert complement.contenu["corrections"]["planning"]["jalons"]["cibles"] == "2027-04-30"
    assert complement.contenu["elements"][0]["pieces"] == [
        {"nom": seconde.nom, "taille": seconde.taille, "sha256": seconde.sha256, "source": seconde.source}
    ]
    dossier = monde.relire()
    assert (dossier.depot.scelle, {p.pk for p in pieces_au_depot(dossier)}) == (scelle, deposees)
    assert monde.section("planning").contenu["jalons"]["cibles"] != "2027-04-30"


def test_document_deja_produit_au_depot_y_reste(monde: Monde) -> None:
    depose = Piece.objects.get(dossier=monde.dossier, code="P2")
    Piece.objects.filter(pk=depose.pk).update(source="a" * 64)
    demander(monde, "P2")
    jointe = produire_complement(element=element(monde, "P2"), par=monde.porteur)
    depose.refresh_from_db()
    assert (depose.retiree_le, depose == jointe) == (None, False)


def test_seul_ce_qui_est_demande_se_corrige_et_a_temps(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    demander(monde, "P2", sections=("budget",))
    assert examen(monde).corrigeables == ("planning", "budget")
    with pytest.raises(GesteRefuse, match="Cette partie n’est pas demandée"):
        corriger(dossier=monde.dossier, cle="contacts", contenu={}, version=0, par=monde.porteur)
    with pytest.raises(PermissionDenied):
        corriger(dossier=monde.dossier, cle="planning", contenu={}, version=0, par=monde.instructeur)
    contenu, demandee, echeance = (
        planning_decale(monde),
        element(monde, "P2"),
        monde.dossier.complements_avant,
    )
    monkeypatch.setattr(timezone, "now", lambda: echeance)
    gestes: tuple[Callable[[], Any], ...] = (
        lambda: corriger(
            dossier=monde.dossier, cle="planning", contenu=contenu, version=0, par=monde.porteur
        ),
        lambda: produire_complement(element=demandee, par=monde.porteur),
    )
    for geste in gestes:
        with pytest.raises(GesteRefuse, match="L’échéance est passée"):
            geste()
    assert list(Correction.objects.all()) == []


def test_correction_a_une_version_se_retire_et_ne_se_produit_qu_entiere(monde: Monde) -> None:
    demander(monde, "P2")
    depose = examen(monde).depose("planning")
    assert (
        corriger(dossier=monde.dossier, cle="planning", contenu=depose, version=0, par=monde.porteur) is None
    )
    assert (neuve := corriger_le_planning(monde)) is not None
    assert (neuve.version, Entree.objects.filter(geste="corriger_pour_complement").count()) == (1, 1)
    with pytest.raises(VersionDepassee):
        corriger(dossier=monde.dossier, cle="planning", contenu={}, version=0, par=monde.porteur)
    corriger(dossier=monde.dossier, cle="planning", contenu=depose, version=1, par=monde.porteur)
    lu = examen(monde)
    assert (lu.corrections, lu.section("planning").version) == ({}, 2)
    corriger(dossier=monde.dossier, cle="planning", contenu={"jalons": {}}, version=2, par=monde.porteur)
    with pytest.raises(GesteRefuse, match="Démarrage du projet"):
        produire_complement(element=element(monde, "P2"), par=monde.porteur)


def test_section_demandee_se_repond_en_la_corrigeant(monde: Monde) -> None:
    demander(monde, sections=("planning",))
    with pytest.raises(GesteRefuse, match="écrivez votre réponse"):
        repondre_complements(dossier=monde.dossier, par=monde.porteur)
    corriger_le_planning(monde)
    complement = repondre_complements(dossier=monde.dossier, par=monde.porteur)
    assert complement.contenu["montants"] is None


def test_correction_d_une_reponse_envoyee_ne_change_plus(monde: Monde) -> None:
    demander(monde, sections=("planning",))
    corriger_le_planning(monde)
    repondre_complements(dossier=monde.dossier, par=monde.porteur)
    for geste in (Correction.objects.all().delete, lambda: Correction.objects.update(version=9)):
        with pytest.raises(IntegrityError, match="ne reçoit plus de correction"), transaction.atomic():
            geste()
    with pytest.raises(EtatDepasse):
        corriger(dossier=monde.dossier, cle="planning", contenu={}, version=1, par=monde.porteur)


def test_seconde_demande_part_de_ce_que_la_premiere_a_corrige(monde: Monde, tmp_path: Path) -> None:
    demander(monde, sections=("planning",))
    corriger_le_planning(monde)
    repondre_complements(dossier=monde.dossier, par=monde.porteur)
    demander(monde, "P2")
    assert examen(monde).depose("planning")["jalons"]["cibles"] == "2027-04-30"
    assert examen(monde).corrections == {}
    lu = texte(produire_complement(element=element(monde, "P2"), par=monde.porteur), tmp_path)
    assert ("30 avril 2027" in lu, "Déjà corrigé par une réponse précédente : Planning." in lu) == (
        True,
        True,
    )
    complement = repondre_complements(dossier=monde.dossier, par=monde.porteur)
    assert "corrections" not in complement.contenu


def test_heures_corrigees_se_certifient_et_disent_ce_que_le_bareme_donnerait(tmp_path: Path) -> None:
    monde = de_deux_organismes()
    monde.amener(Etat.RECEVABILITE)
    demander(monde, "P5", "P9a", "P9b", "P4")
    montant, avant = monde.dossier.montant, examen(monde).depose(HEURES)
    (numero,) = avant
    assert avant == {numero: {"total": "8000", "apa": "4000", "pch": "1000", "dependance_autre": "1400"}}
    parc = produire_complement(element=element(monde, "P9a"), par=monde.porteur)
    corrigees = {numero: {**avant[numero], "apa": "2000"}}
    corriger(dossier=monde.dossier, cle=HEURES, contenu=corrigees, version=0, par=monde.porteur)
    redacteur = rattacher(utilisateur("Rita"), Role.REDACTEUR, organisme=monde.entite.finess_ej)
    with pytest.raises(PermissionDenied):
        certifier_heures_complement(element=element(monde, "P5"), par=redacteur)
    piece = certifier_heures_complement(element=element(monde, "P5"), par=monde.representant)
    lu = texte(piece, tmp_path)
    assert ("Certifiée exacte sur le portail" in lu, "2 000,00" in lu, "Corrigé pour cette" in lu) == (
        True,
        True,
        True,
    )
    assert examen(monde).perimee(parc) is False
    for code in ("P9a", "P9b"):
        jointe = produire_complement(element=element(monde, code), par=redacteur)
        feuille = CalamineWorkbook.from_filelike(io.BytesIO(octets(jointe))).get_sheet_by_name("Origine")
        assert str(monde.dossier.depot.empreinte) in feuille.to_python()[2][0]
    lettre = MODELES["P4.pdf"].ecrire(examen(monde))
    joindre_complement(
        element=element(monde, "P4"), nom="signee.pdf", fichier=io.BytesIO(lettre), par=redacteur
    )
    complement = repondre_complements(dossier=monde.dossier, par=monde.porteur)
    depot, corrige = (Decimal(complement.contenu["montants"][cle]) for cle in ("depot", "corrige"))
    assert (depot, corrige < depot, monde.relire().montant) == (montant, True, montant)
