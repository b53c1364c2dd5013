"""Judging on screen: problems first, motive where it is asked for, everything readable afterwards."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role, Utilisateur
from grappes.regles import Verdict
from instruction.etats import Etat
from instruction.models import AvisControle
from tests.fabriques import Monde, entree, pdf, rattacher, simulation, utilisateur

pytestmark = pytest.mark.django_db


def entrer(utilisateur: Utilisateur) -> Client:
    client = Client()
    client.force_login(utilisateur)
    return client


@pytest.fixture
def depose() -> Monde:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    return monde


@pytest.fixture
def a_juger() -> Monde:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    return monde


def adresse(monde: Monde, ecran: str) -> str:
    return reverse(f"dossiers:{ecran}", args=[monde.dossier.pk])


def test_eligibilite_groupe_les_controles_ce_qui_bloque_d_abord(a_juger: Monde) -> None:
    contexte = entrer(a_juger.instructeur).get(adresse(a_juger, "eligibilite")).context
    verdicts = [groupe.verdict for groupe in contexte["groupes"]]
    ordre = [
        Verdict.BLOQUANT,
        Verdict.A_COMPLETER,
        Verdict.ALERTE,
        Verdict.CONFORME,
        Verdict.SANS_OBJET,
    ]
    assert verdicts == [v for v in ordre if v in verdicts]
    assert {v for v in verdicts if v in {Verdict.CONFORME, Verdict.SANS_OBJET}} == {
        groupe.verdict for groupe in contexte["groupes"] if not groupe.ouvert
    }
    juges = [ligne for g in contexte["groupes"] for ligne in g.lignes if ligne.form]
    assert len(juges) == contexte["nombre"]


def test_eligibilite_nomme_chaque_regle_et_compte_les_examines(a_juger: Monde) -> None:
    client = entrer(a_juger.instructeur)
    page = client.get(adresse(a_juger, "eligibilite")).content.decode()
    assert "E3 – Nombre minimal d’ESSMS" in page
    client.post(adresse(a_juger, "eligibilite"), {"c0-avis": "oui"})
    contexte = client.get(adresse(a_juger, "eligibilite")).context
    assert contexte["examines"] == 1
    assert page.count("Enregistrer mes avis") == 2


def test_renverser_sans_motif_ouvre_le_motif_et_garde_la_saisie(a_juger: Monde) -> None:
    reponse = entrer(a_juger.instructeur).post(adresse(a_juger, "eligibilite"), {"c0-avis": "non"})
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert page.count('<details class="avis-motif" open>') == 1
    assert 'href="#id_c0-motif"' in page
    assert not AvisControle.objects.filter(depot__dossier=a_juger.dossier).exists()


def test_ecarter_avec_un_motif_trop_long_dit_pourquoi_et_le_rend(a_juger: Monde) -> None:
    motif = "a" * 5_001
    reponse = entrer(a_juger.instructeur).post(adresse(a_juger, "ecarter_irrecevable"), {"motif": motif})
    assert reponse.status_code == 422
    assert reponse.context["saisie"].lisibles == [("motif", motif)]
    assert len(reponse.context["phrases"]) == 1
    assert a_juger.relire().etat == Etat.RECEVABILITE


def test_ecarter_sans_motif_ramene_au_dossier_avec_la_raison(a_juger: Monde) -> None:
    reponse = entrer(a_juger.instructeur).post(adresse(a_juger, "ecarter_irrecevable"), {"motif": ""})
    assert (reponse.status_code, reponse.url) == (302, adresse(a_juger, "dossier"))


def test_examen_reste_lisible_avec_son_auteur_une_fois_passe() -> None:
    monde = Monde()
    monde.amener(Etat.CONVENTIONNE)
    for personne in (monde.instructeur, monde.valideur, monde.administrateur):
        client = entrer(personne)
        for ecran in ("eligibilite", "recevabilite", "grille", "selection"):
            page = client.get(adresse(monde, ecran)).content.decode()
            assert page.count("<textarea") == 0, ecran
            assert f"{monde.instructeur.nom}, " in page or f"par {monde.valideur.nom} le" in page, ecran


@pytest.mark.parametrize(
    ("etat", "statuts"),
    [
        (Etat.DEPOSE, ["", "Scellé", *["À venir"] * 5, "", "", ""]),
        (Etat.RECEVABILITE, ["", "Scellé", "À juger", "À juger", *["À venir"] * 3, "", "", ""]),
        (Etat.INSTRUIT, ["", "Scellé", "Éligible", "Recevable", "Close", "À décider", "À venir", "", "", ""]),
        (Etat.INELIGIBLE, ["", "Scellé", "Inéligible", "Examinée", *["Sans suite"] * 3, "", "", ""]),
    ],
)
def test_onglets_sont_les_memes_sur_chaque_page(etat: Etat, statuts: list[str]) -> None:
    monde = Monde()
    monde.amener(etat)
    client = entrer(monde.instructeur)
    for ecran in ("dossier", "depose", "eligibilite", "recevabilite", "grille", "selection", "historique"):
        contexte = client.get(adresse(monde, ecran)).context
        assert [onglet.statut for onglet in contexte["onglets"]] == statuts
        assert contexte["onglet"] == ecran


def test_onglet_convention_mene_a_la_convention_des_qu_elle_existe() -> None:
    monde = Monde()
    monde.amener(Etat.CONVENTION_A_SIGNER)
    onglets = entrer(monde.instructeur).get(adresse(monde, "dossier")).context["onglets"]
    assert onglets[6].adresse == monde.relire().grappe.convention.get_absolute_url()


def test_porteur_relit_ce_qu_il_a_depose_sans_onglet_d_agent(depose: Monde) -> None:
    reponse = entrer(depose.porteur).get(adresse(depose, "depose"))
    assert reponse.status_code == 200
    assert [o.cle for o in reponse.context["onglets"]] == ["dossier", "messages", "historique", "equipe"]
    assert len(reponse.context["essms"]) == 15


@pytest.mark.parametrize(
    "ecran", ["depose", "historique", "eligibilite", "recevabilite", "grille", "selection"]
)
def test_ecran_lu_apres_coup_reste_sous_quinze_requetes(
    ecran: str, django_assert_max_num_queries: Any
) -> None:
    monde = Monde()
    monde.amener(Etat.CONVENTIONNE)
    client = entrer(monde.instructeur)
    with django_assert_max_num_queries(15):
        assert client.get(adresse(monde, ecran)).status_code == 200


def test_porteur_lit_son_histoire_sans_ce_qui_prepare_la_decision() -> None:
    monde = Monde()
    monde.amener(Etat.LISTE_COMPLEMENTAIRE)
    faits = entrer(monde.porteur).get(adresse(monde, "historique")).context["faits"]
    assert [(fait.geste, fait.objet, fait.par) for fait in faits[:5]] == [
        ("Inscrire sur la liste complémentaire", "", "ARS Occitanie"),
        ("Ouvrir l’instruction", "", "ARS Occitanie"),
        ("Prononcer recevable", "", "ARS Occitanie"),
        ("Ouvrir la recevabilité", "", "ARS Occitanie"),
        ("Déposer le dossier", str(monde.dossier.numero), "Paule Porteur"),
    ]
    ars = entrer(monde.instructeur).get(adresse(monde, "historique")).context["faits"]
    assert {"Remplir la grille", "Clore l’instruction", "Juger des pièces"} <= {fait.geste for fait in ars}
    page = entrer(monde.porteur).get(adresse(monde, "historique")).content.decode()
    assert monde.instructeur.nom not in page


def test_equipe_se_gere_depuis_le_dossier() -> None:
    monde = Monde()
    titres = {
        qui: entrer(qui).get(adresse(monde, "dossier")).context["onglets"][-1]
        for qui in (monde.porteur, monde.representant)
    }
    assert [onglet.titre for onglet in titres.values()] == ["Gérer l’équipe", "Équipe"]
    assert entrer(monde.porteur).get(titres[monde.porteur].adresse).status_code == 200


def test_brouillon_ne_se_dit_qu_une_fois_par_page() -> None:
    monde = Monde()
    page = entrer(monde.porteur).get(adresse(monde, "pieces")).content.decode()
    assert page.count("Brouillon – non déposé") == 1


def test_piece_dit_a_joindre_puis_jointe() -> None:
    monde = Monde()
    client = entrer(monde.porteur)
    avant = client.get(adresse(monde, "pieces")).content.decode()
    client.post(reverse("dossiers:joindre", args=[monde.dossier.pk, "P1"]), {"fichier": _fichier()})
    apres = client.get(adresse(monde, "pieces")).content.decode()
    assert avant.count(">À joindre</span>") - apres.count(">À joindre</span>") == 1
    assert (avant.count(">Jointe</span>"), apres.count(">Jointe</span>")) == (0, 1)


def _fichier() -> Any:
    return SimpleUploadedFile("a.pdf", pdf())


def test_simulation_propose_de_mettre_a_jour_le_brouillon_du_meme_appel() -> None:
    monde = Monde()
    client = entrer(monde.porteur)
    autre = simulation(entree(monde.entite, 18))
    geste = f'action="{adresse(monde, "grappe")}"'
    assert client.get(autre.get_absolute_url()).content.decode().count(geste) == 1
    assert client.get(monde.simulation.get_absolute_url()).content.decode().count(geste) == 0
    assert Client().get(autre.get_absolute_url()).content.decode().count(geste) == 0
    reponse = client.post(adresse(monde, "grappe"), {"simulation": autre.cle})
    assert reponse["Location"] == adresse(monde, "grappe")
    assert monde.relire().nombre_essms == 18


@pytest.mark.parametrize("role", [Role.GRADES, Role.AUDITEUR, Role.JURY])
def test_a_moi_n_est_propose_qu_a_qui_prend_en_charge(role: Role) -> None:
    ars = "" if role == Role.AUDITEUR else "76"
    client = entrer(rattacher(utilisateur("Lise Lectrice"), role, ars=ars))
    vues = client.get(reverse("dossiers:liste")).context["vues"]
    assert [vue.titre for vue in vues] == ["Non attribués", "En retard", "Tous"]


def test_vues_de_la_liste_comptent_sous_les_autres_filtres() -> None:
    mondes = [Monde(rang=rang) for rang in (1, 2)]
    for monde in mondes:
        monde.amener(Etat.DEPOSE)
    client = entrer(mondes[0].instructeur)
    client.post(adresse(mondes[0], "attribuer"))
    vues = client.get(reverse("dossiers:liste"), {"attribution": "moi"}).context["vues"]
    assert [(v.titre, v.nombre, v.courante) for v in vues] == [
        ("À moi", "1", True),
        ("Non attribués", "1", False),
        ("En retard", "0", False),
        ("Tous", "2", False),
    ]
    filtrees = client.get(reverse("dossiers:liste"), {"q": "0002"}).context["vues"]
    assert [(v.nombre, v.parametres) for v in filtrees] == [
        ("0", "q=0002&attribution=moi"),
        ("1", "q=0002&attribution=personne"),
        ("0", "q=0002&attribution=retard"),
        ("1", "q=0002"),
    ]


def test_onglet_du_navigateur_nomme_le_dossier_sur_chaque_page(depose: Monde) -> None:
    client, dossier = entrer(depose.instructeur), depose.dossier
    titre = f"{dossier.numero} · {dossier.nom_porteur} – ESMS numérique</title>"
    for ecran, debut in (("eligibilite", "Éligibilité – "), ("grille", "Grille de notation – ")):
        assert client.get(adresse(depose, ecran)).content.decode().count(f"<title>{debut}{titre}") == 1
    fiche = client.get(adresse(depose, "dossier")).content.decode()
    assert fiche.count(f"<title>{dossier.numero} – {dossier.nom_porteur} – ESMS numérique</title>") == 1


def test_qui_ne_peut_agir_lit_qui_est_attendu(depose: Monde) -> None:
    pages = [entrer(qui).get(adresse(depose, "dossier")) for qui in (depose.valideur, depose.instructeur)]
    textes = [page.content.decode() for page in pages]
    attendu = "Un instructeur doit ouvrir la recevabilité."
    assert [texte.count(attendu) for texte in textes] == [1, 0]
    assert [texte.count('id="gestes">Suite<') for texte in textes] == [1, 0]


def test_piece_facultative_absente_n_attend_pas_d_avis(a_juger: Monde) -> None:
    demandees = a_juger.dossier.depot.contenu["pieces_demandees"]
    libres = [p["code"] for p in demandees if not p["obligatoire"] and not p["nombre"]]
    reponse = entrer(a_juger.instructeur).get(adresse(a_juger, "recevabilite"))
    lignes = reponse.context["lignes"]
    assert libres
    assert [ligne.piece["code"] for ligne in lignes if not ligne.a_juger] == libres
    assert reponse.context["nombre"] == len(demandees) - len(libres)
    assert reponse.content.decode().count("Sans avis à donner") == len(libres)
    fiche = entrer(a_juger.instructeur).get(adresse(a_juger, "dossier"))
    assert fiche.context["pieces_jugees"] == (0, len(demandees) - len(libres))


def test_accuse_ne_dit_pas_a_l_agent_que_le_dossier_est_le_sien(depose: Monde) -> None:
    lus = [entrer(qui).get(adresse(depose, "accuse")) for qui in (depose.porteur, depose.instructeur)]
    phrases = [f"{de_qui} dossier est déposé sous le numéro" for de_qui in ("Votre", "Ce")]
    textes = [lu.content.decode() for lu in lus]
    assert [[texte.count(phrase) for phrase in phrases] for texte in textes] == [[1, 0], [0, 1]]


def test_grille_d_un_dossier_arrete_n_est_pas_une_note_nulle(a_juger: Monde) -> None:
    client = entrer(a_juger.instructeur)
    avant = [client.get(adresse(a_juger, ecran)).content.decode() for ecran in ("grille", "selection")]
    a_juger.amener(Etat.IRRECEVABLE)
    apres = [client.get(adresse(a_juger, ecran)).content.decode() for ecran in ("grille", "selection")]
    assert [page.count("0 sur 20") for page in (*avant, *apres)] == [0, 0, 0, 0]
    assert avant[0].count("La grille se remplit une fois l’instruction ouverte.") == 1
    assert avant[1].count("La sélection vient après l’instruction.") == 1
    assert apres[0].count("Ce dossier s’est arrêté avant d’être noté.") == 1
    assert apres[1].count("Ce dossier s’est arrêté avant la sélection.") == 1
