"""An import of the FINESS register, from the content of a file."""

import pytest

from grappes.actions.importer_finess import importer_finess


@pytest.fixture
def importer(tmp_path):
    def _importer(contenu, **options):
        chemin = tmp_path / "fichier"
        chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        return importer_finess(fichier=chemin, par=None, **options)

    return _importer
