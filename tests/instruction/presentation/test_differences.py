"""Differences word by word, and answers as a person reads them."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from instruction.presentation.differences import Morceau, changements, comparer
from instruction.presentation.reponses import Reponse, deplier


def test_un_mot_change_au_milieu() -> None:
    assert comparer("Le projet avance bien.", "Le projet avance vite.") == (
        Morceau("egal", "Le projet avance "),
        Morceau("retire", "bien"),
        Morceau("ajoute", "vite"),
        Morceau("egal", "."),
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_les_morceaux_refont_les_deux_textes(avant: str, apres: str) -> None:
    morceaux = comparer(avant, apres)
    assert "".join(m.texte for m in morceaux if m.nature != "ajoute") == avant
    assert "".join(m.texte for m in morceaux if m.nature != "retire") == apres


def test_deux_longs_textes_sans_rapport_se_comparent_vite() -> None:
    avant, apres = ("\n".join(f"{lettre}{n} mot" for n in range(4_000)) for lettre in "ab")
    debut = process_time()
    comparer(avant, apres)
    assert process_time() - debut < 2


def test_seules_les_reponses_qui_different_sont_dites() -> None:
    avant = [Reponse("a", "A", "1"), Reponse("b", "B", "2"), Reponse("d", "D", "4")]
    apres = [Reponse("a", "A", "1"), Reponse("b", "B", "deux"), Reponse("c", "C", "3")]
    assert [(c.champ, c.avant, c.apres) for c in changements(avant, apres)] == [
        ("b", "2", "deux"),
        ("c", "", "3"),
        ("d", "4", ""),
    ]


def test_un_tableau_se_deplie_ligne_par_ligne() -> None:
    lignes = [{"risque": "Retard", "gravite": 3, "ecarte": False, "appuis": ["a", "b"], "note": None}]
    assert list(deplier("risques", "Risque", lignes, {"gravite": "Gravité", "ecarte": "Écarté"})) == [
        Reponse("risques.0.risque", "Risque 1, risque", "Retard"),
        Reponse("risques.0.gravite", "Risque 1, Gravité", "3"),
        Reponse("risques.0.ecarte", "Risque 1, Écarté", "Non"),
        Reponse("risques.0.appuis", "Risque 1, appuis", "a, b"),
        Reponse("risques.0.note", "Risque 1, note", ""),
    ]
    assert Reponse("risques.0.note", "", "").racine == "risques"
