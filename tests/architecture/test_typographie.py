"""French spacing in the text of the templates: no ordinary space before : ; ! ? », nor after «."""

import re

import pytest

from tests.architecture.arbre import fichiers, lire, nom

BALISES = re.compile(
    r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL
)
FAUTES = {
    "espace ordinaire avant une ponctuation double": re.compile(r" [:;!?»](?=\s|$)", re.MULTILINE),
    "espace ordinaire après «": re.compile("« "),
    "apostrophe droite": re.compile(r"\w'\w"),
    "trois points": re.compile(r"\.\.\."),
}


@pytest.mark.parametrize("faute", FAUTES)
def test_gabarit_respecte_la_typographie_francaise(faute: str) -> None:
    pages = fichiers("templates/*.html")
    assert pages != []
    trouvees = [
        f"{nom(page)} : {texte.strip()[:80]}"
        for page in pages
        for texte in BALISES.split(lire(page))
        if FAUTES[faute].search(texte)
    ]
    assert trouvees == []


def test_une_seule_horloge_dit_les_heures_et_les_clotures() -> None:
    """Hours and closings come from `esms.socle.dates`: « 14 h 05 », « 23 h 59 min 59 s (heure de Paris) »."""
    autrement = re.compile(
        r"\|(?:date|time):\"[^\"]*[GHgh]|\bminuit\b|strftime\([^)]*%H|%d/%m/%Y %H|%H:%M\b|%Hh%M"
    )
    sources = fichiers("templates/*.html", "templates/*.txt", "instruction/*.py", "financement/*.py")
    assert len(sources) > 300
    assert [nom(source) for source in sources if autrement.search(lire(source))] == []


def test_instant_d_un_dossier_se_dit_a_l_heure_de_son_ars() -> None:
    """In Guadeloupe as in Paris. The outbox is not one dossier's."""
    sans_fuseau = re.compile(r"\|instant\s*(?!:)(?:\}\}|%\}|\|)")
    pages = [page for page in fichiers("templates/instruction/*.html") if sans_fuseau.search(lire(page))]
    assert [nom(page) for page in pages] == ["templates/instruction/courriels.html"]
