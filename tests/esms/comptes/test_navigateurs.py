"""A browser named for people."""

import pytest

from esms.comptes.navigateurs import nom_du_navigateur

MOZILLA = "Mozilla/5.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "nom"),
    [
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0",
            "Firefox sur Windows",
        ),
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge sur Windows",
        ),
        (f"{MOZILLA} (X11; Linux x86_64) {WEBKIT} Chrome/130.0.0.0 Safari/537.36", "Chrome sur Linux"),
        (
            f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.4 Safari/605.1.15",
            "Safari sur Mac",
        ),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 17_4 like Mac OS X) {WEBKIT} CriOS/130.0 Safari/604.1",
            "Chrome sur iPhone",
        ),
        (
            f"{MOZILLA} (Linux; Android 14) {WEBKIT} SamsungBrowser/25.0 Chrome/121.0 Safari/537",
            "Samsung Internet sur Android",
        ),
        ("curl/8.5.0", "Navigateur inconnu"),
        ("<script>alert(1)</script> Android", "Navigateur inconnu sur Android"),
        ("", "Navigateur inconnu"),
    ],
)
def test_navigateur_est_nomme_comme_on_parle(agent: str, nom: str) -> None:
    assert nom_du_navigateur(agent) == nom
