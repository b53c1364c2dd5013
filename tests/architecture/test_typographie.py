"""French spacing: no ordinary space before : ; ! ? », nor after «; one way to write hours, days, sizes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.arbre import APPLICATIONS, fichiers, lire, nom

BALISES = re.compile(
    r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL
)
COMMENTAIRES = re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
# What a tag or an attribute says (« legende="…" », « title="…" »).
PAROLES = re.compile(r"\"([^\"\n]*)\"")
# Not read by who uses the portal: messages of the loader of editions, commands, fictional names, a diagram;
# and the labels of the rules, which sealed results hold as they are.
HORS_ECRAN = re.compile(
    r"/(?:migrations|management)/|^esms/(?:aap|demo)/|^esms/settings\.py$|presentation/cycle\.py$"
)
POUR_LE_JOURNAL_DU_SERVEUR = re.compile(r"%s|%\.\d")
FAUTES = {
    "espace ordinaire avant une ponctuation double": re.compile(r" [:;!?»](?=[\s.,)]|$)", re.MULTILINE),
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


def _textes(source: Path) -> Iterator[str]:
    """The strings of a Python file that may be read: neither docstrings nor what the server logs."""
    arbre = ast.parse(lire(source))
    tus = {id(noeud.value) for noeud in ast.walk(arbre) if isinstance(noeud, ast.Expr)}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.JoinedStr):
            tus.update(id(valeur) for valeur in noeud.values)
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in noeud.values)
            continue
        valeur = noeud.value if isinstance(noeud, ast.Constant) and id(noeud) not in tus else None
        if isinstance(valeur, str) and not POUR_LE_JOURNAL_DU_SERVEUR.search(valeur):
            yield valeur


def test_texte_ecrit_en_python_respecte_la_typographie_francaise() -> None:
    """A label, a hint, an error message: the same spaces as in a template."""
    faute = re.compile(r"(?<=[\w)»”’€%\]…]) [:;!?»](?=\s|$|\.)|« |[a-zéèàêA-ZÉ]'[a-zéèàêA-ZÉ]|[a-zé]\.\.\.")
    sources = [s for s in fichiers(*(f"{a}/*.py" for a in APPLICATIONS)) if not HORS_ECRAN.search(nom(s))]
    assert len(sources) > 300
    suspectes = [s for s in sources if faute.search(lire(s))]  # most files are not even parsed
    trouvees = [f"{nom(s)} : {texte[:80]}" for s in suspectes for texte in _textes(s) if faute.search(texte)]
    assert trouvees == []


def test_texte_donne_a_une_balise_respecte_la_typographie_francaise() -> None:
    """`{% include … with legende="…" %}`, `title="…"`: what the other test takes for tags."""
    faute = re.compile(r"[\w)»] [:;!?»](?=$|[\s.{])|« |\w'\w")
    trouvees = [
        f"{nom(page)} : {parole[:80]}"
        for page in fichiers("templates/*.html")
        for parole in PAROLES.findall(COMMENTAIRES.sub("", lire(page)))
        if faute.search(parole)
    ]
    assert trouvees == []


def test_un_jour_et_une_taille_s_ecrivent_d_une_seule_facon() -> None:
    """« 22 novembre 2026 », not « 22/11/2026 »; « 25,1 ko », not « 25,1 Kio » beside « 20 Mo au plus »."""
    autrement = re.compile(r"filesizeformat|\|date:\"d/m/Y\"")
    assert [nom(page) for page in fichiers("templates/*.html") if autrement.search(lire(page))] == []


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
