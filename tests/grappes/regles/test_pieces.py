"""P1 to P11: which documents a project brings, and why."""

from grappes.regles import Amoa, Materiel, Organisme, Solution, pieces_demandees
from tests.moteur import GRAND, GUA, OCC, PETIT, essms, projet

TOUJOURS = ["P1", "P2", "P3", "P4"]


def _demandees(un_projet, edition=OCC) -> list[str]:
    return [demandee.piece.regle for demandee in pieces_demandees(un_projet, edition) if demandee.obligatoire]


def test_p1_a_p4_toujours() -> None:
    assert _demandees(projet()) == TOUJOURS


def test_p2_quatre_jalons() -> None:
    piece = OCC.piece("P2")
    assert piece is not None
    assert [jalon.cle for jalon in piece.jalons] == ["demarrage", "va", "vsr", "cibles"]
    assert GUA.piece("P2") is None


def test_p3_et_p4_en_guadeloupe_avec_p11() -> None:
    assert _demandees(projet(), GUA) == ["P1", "P3", "P4", "P11"]


def test_p4_lettre_d_engagement_dit_pourquoi() -> None:
    assert [d.explication for d in pieces_demandees(projet(), OCC) if d.piece.regle == "P4"] == [
        "Exigée de tout projet."
    ]


def test_p5_heures_si_un_saad() -> None:
    assert _demandees(projet((*essms(14), *essms(1, prefixe="84", saad=True)))) == [*TOUJOURS, "P5"]


def test_p6_entite_nationale() -> None:
    national = Organisme(finess_ej=GRAND, region="76", essms_geres=85, entite_nationale=True)
    assert _demandees(projet(organismes=(national,))) == [*TOUJOURS, "P6"]


def test_p7_dpi_de_ght_ou_ahi_pjm_seuls() -> None:
    assert _demandees(projet(solution=Solution(dpi_ght=True))) == [*TOUJOURS, "P7"]
    assert _demandees(projet((*essms(8, public="PJM"), *essms(7, prefixe="84", public="AHI")))) == [
        *TOUJOURS,
        "P7",
    ]
    assert _demandees(projet((*essms(8, public="PJM"), *essms(7, prefixe="84", public="PA")))) == TOUJOURS


def test_p8_regroupement_de_petits() -> None:
    organismes = (
        Organisme(finess_ej=GRAND, region="76", essms_geres=14),
        Organisme(finess_ej=PETIT, region="76", essms_geres=3),
    )
    lignes = (*essms(14), *essms(3, prefixe="84", finess_ej=PETIT))
    assert _demandees(projet(lignes, organismes=organismes)) == [*TOUJOURS, "P8"]
    assert _demandees(projet(14, organismes=organismes[:1])) == TOUJOURS


def test_p9a_p9b_p9c_materiel() -> None:
    demandees = pieces_demandees(projet(essms(15, materiel=Materiel())), OCC)
    materiel = [demandee.piece for demandee in demandees if demandee.piece.regle.startswith("P9")]
    assert [(piece.regle, piece.minimum) for piece in materiel] == [("P9a", 1), ("P9b", 1), ("P9c", 2)]


def test_p9b_demande_consolidee_seulement_si_materiel() -> None:
    assert "P9b" not in _demandees(projet())


def test_p9c_deux_devis_au_minimum() -> None:
    piece = OCC.piece("P9c")
    assert piece is not None
    assert (piece.minimum, piece.souhaite) == (2, 2)


def test_p10_devis_d_amoa() -> None:
    assert _demandees(projet(amoa=Amoa(pilotage=True))) == [*TOUJOURS, "P10"]
    piece = OCC.piece("P10")
    assert piece is not None
    assert (piece.minimum, piece.souhaite) == (1, 2)


def test_p11_facultative_en_occitanie() -> None:
    assert [d.piece.regle for d in pieces_demandees(projet(), OCC) if not d.obligatoire] == ["P11"]


def _fondees(un_projet, edition) -> dict[str, tuple[str, str]]:
    """Code of each document of a project → rule and article that ask for it."""
    return {d.piece.regle: (d.regle, d.article) for d in pieces_demandees(un_projet, edition)}


def _tout_demander() -> object:
    """A grappe of small organisms, one of them national, with home help, equipment and help to the owner."""
    organismes = (
        Organisme(finess_ej=GRAND, region="76", essms_geres=7),
        Organisme(finess_ej=PETIT, region="76", essms_geres=3, entite_nationale=True),
    )
    lignes = (*essms(7, saad=True, materiel=Materiel()), *essms(3, prefixe="84", finess_ej=PETIT))
    return projet(lignes, organismes=organismes, amoa=Amoa(marche=True, pilotage=True))


def test_p1_a_p11_citent_l_article_qui_les_demande_en_occitanie() -> None:
    annexe = {code: (code, "annexe 2") for code in (*TOUJOURS, "P8", "P9a", "P9b", "P9c", "P10")}
    propres = {"P5": ("F6", "annexe 1"), "P6": ("E11", "4.2.2"), "P11": ("E19", "4.2.5")}
    assert _fondees(_tout_demander(), OCC) == annexe | propres


def test_p1_a_p11_citent_l_article_qui_les_demande_en_guadeloupe() -> None:
    formulaires = {code: (code, "9") for code in ("P1", "P3", "P4", "P9a", "P9b", "P9c", "P10")}
    assert _fondees(_tout_demander(), GUA) == formulaires | {"P6": ("E11", "4.2B"), "P11": ("E19", "4.2E")}


def test_p7_cite_l_exception_pour_un_dpi_et_la_liste_des_pieces_sinon() -> None:
    assert _fondees(projet(solution=Solution(dpi_ght=True)), OCC)["P7"] == ("E16", "4.2.3")
    assert _fondees(projet(essms(15, public="AHI")), OCC)["P7"] == ("P7", "annexe 2")


def test_p9c_p10_aucun_nombre_de_devis_en_guadeloupe() -> None:
    """Its text pays flat amounts (5.3) and words no number of quotes: one of each is enough."""
    devis = [piece for piece in GUA.pieces if piece.regle in ("P9c", "P10")]
    assert [(piece.minimum, piece.souhaite) for piece in devis] == [(1, 1), (1, 1)]
