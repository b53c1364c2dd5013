"""The guides in French: spaced as French is, outside commands and addresses."""

import re

import pytest

from tests.architecture.arbre import fichiers, lire

GUIDES = ("porteur", "instructeur", "administrateur", "exploitant", "glossaire")
SANS_PROSE = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|^\|[-|]+\|$", re.DOTALL | re.MULTILINE)
FAUTES = {
    "espace ordinaire avant une ponctuation double": re.compile(r"\S* [:;!?»](?=\s|$)", re.MULTILINE),
    "espace ordinaire après «": re.compile(r"« \S*"),
    "apostrophe droite": re.compile(r"\w'\w"),
    "trois points": re.compile(r"\.\.\."),
}


@pytest.mark.parametrize("guide", GUIDES)
def test_guide_respecte_la_typographie_francaise(guide: str) -> None:
    (page,) = fichiers(f"docs/{guide}.md")
    prose = SANS_PROSE.sub("x", lire(page))
    trouvees = [f"{faute} : {t.group()}" for faute, motif in FAUTES.items() for t in motif.finditer(prose)]
    assert trouvees == []
