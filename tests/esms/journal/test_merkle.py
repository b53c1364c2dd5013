"""The tree of RFC 6962: known values, and proofs that lead to the root and nowhere else."""

import hashlib

import pytest

from esms.journal.merkle import chemin, feuille, noeud, remonter, sommet

# Test vectors of the Certificate Transparency project: inputs, then the root of the first n of them.
ENTREES = [
    bytes.fromhex(texte)
    for texte in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
RACINES = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def feuilles(nombre: int) -> list[bytes]:
    return [feuille(str(rang).encode()) for rang in range(nombre)]


@pytest.mark.parametrize("nombre", range(9))
def test_sommet_est_celui_de_certificate_transparency(nombre: int) -> None:
    assert sommet(feuille(entree) for entree in ENTREES[:nombre]).hex() == RACINES[nombre]


def test_feuille_et_noeud_ne_se_confondent_pas() -> None:
    gauche, droite = feuilles(2)
    assert feuille(gauche + droite) != noeud(gauche, droite)
    assert noeud(gauche, droite) == hashlib.sha256(b"\x01" + gauche + droite).digest()


@pytest.mark.parametrize("nombre", [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33])
def test_chemin_remonte_a_la_racine_de_chaque_feuille(nombre: int) -> None:
    hachages = feuilles(nombre)
    for rang, depart in enumerate(hachages):
        assert remonter(depart, chemin(rang, hachages)) == sommet(hachages)
        assert remonter(feuille(b"autre"), chemin(rang, hachages)) != sommet(hachages)
        assert len(chemin(rang, hachages)) <= (nombre - 1).bit_length()


@pytest.mark.parametrize("rang", [-1, 3])
def test_chemin_d_une_feuille_absente_est_refuse(rang: int) -> None:
    with pytest.raises(IndexError):
        chemin(rang, feuilles(3))


@pytest.mark.parametrize("nombre", [1, 3, 4, 5, 8, 11, 12, 13, 16, 17])
def test_blocs_de_quatre_donnent_la_meme_racine(nombre: int) -> None:
    hachages = feuilles(nombre)
    blocs = [sommet(hachages[debut : debut + 4]) for debut in range(0, nombre, 4)]
    assert sommet(blocs) == sommet(hachages)
    for rang, depart in enumerate(hachages):
        bloc = rang // 4
        voisins = (*chemin(rang % 4, hachages[bloc * 4 : bloc * 4 + 4]), *chemin(bloc, blocs))
        assert voisins == chemin(rang, hachages)
        assert remonter(depart, voisins) == sommet(hachages)
