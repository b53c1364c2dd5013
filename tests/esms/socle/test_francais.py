"""Template filters: French amounts, numbers and rates; available everywhere without loading them."""

from decimal import Decimal

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("gabarit", "valeur", "attendu"),
    [
        ("{{ v|euros }}", Decimal("1084000"), "1\u202f084\u202f000\u00a0€"),
        ("{{ v|euros }}", "12.50", "12,50\u00a0€"),
        ("{{ v|euros }}", None, ""),
        ("{{ v|nombre }}", 5000, "5\u202f000"),
        ("{{ v|taille }}", 1, "1\u00a0octet"),
        ("{{ v|taille }}", 784, "784\u00a0octets"),
        ("{{ v|taille }}", 25_700, "25,1\u00a0ko"),
        ("{{ v|taille }}", 20 * 1024 * 1024, "20,0\u00a0Mo"),
        ("{{ v|taux }}", "1", "100\u00a0%"),
        ("{{ v|taux }}", "4/5", "80\u00a0%"),
        ("{{ v|taux }}", "1267/2000", "63,35\u00a0%"),
        ("{{ v|taux }}", "1/3", "33,33\u00a0%"),
    ],
)
def test_filtre_ecrit_a_la_francaise(gabarit, valeur, attendu):
    assert Template(gabarit).render(Context({"v": valeur})) == attendu
