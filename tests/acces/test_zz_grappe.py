import os
from pathlib import Path
import pytest
from tests.acces.distribution import COLONNES, monde, personnes
from tests.acces.test_matrice import _demander
from tests.acces.table import Ligne, ecrire
SEEDS=[l.split() for l in Path(os.environ["SEEDS"]).read_text().splitlines() if l.strip()]
SORTIE=Path(os.environ["SORTIE"])
@pytest.mark.django_db
@pytest.mark.parametrize("etat", ["brouillon","depose"])
def test_gen(etat):
    m=monde(); m.completer(); m.amener(etat)
    d=personnes(m)
    for nom,methode,etats in SEEDS:
        if etat not in etats.split(","): continue
        ob={c:{} for c in COLONNES}
        for p in d:
            try: s=_demander(Ligne(nom,methode,(etat,),{}),m,p)
            except Exception as e: s="ERR:"+type(e).__name__+str(e)[:60].replace(" ","_")
            ob[p.colonne][p.role]=s
        with SORTIE.open("a") as f: f.write(ecrire(nom,methode,(etat,),ob)+"\n")
