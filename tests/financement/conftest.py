"""What the tests of the conventions share."""

import hashlib
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from financement.actions.convention import annuler, marquer_signee
from financement.models import Convention, EtatConvention
from tests.financement import mondes

DOCUMENT = b"%PDF-1.7 document d'essai"


@pytest.fixture
def monde(db: None) -> mondes.Monde:
    return mondes.monde(nombre=3)


@pytest.fixture
def a_l_etat(monde: mondes.Monde) -> Callable[[str], Convention]:
    """The convention of `monde`, brought to a state; its document stands in for one that takes a second."""

    def amener(etat: str) -> Convention:
        if etat != EtatConvention.PREPAREE:
            Convention.objects.filter(pk=monde.convention.pk).update(
                etat=EtatConvention.EMISE,
                emise_le=timezone.now(),
                emise_par=monde.administrateur,
                document=default_storage.save("conventions/essai.pdf", ContentFile(DOCUMENT)),
                document_empreinte=hashlib.sha256(DOCUMENT).hexdigest(),
                document_taille=len(DOCUMENT),
            )
        if etat == EtatConvention.SIGNEE:
            marquer_signee(convention=monde.convention, le=mondes.aujourdhui(), par=monde.administrateur)
        if etat == EtatConvention.ANNULEE:
            annuler(convention=monde.convention, par=monde.administrateur)
        return Convention.objects.get(pk=monde.convention.pk)

    return amener
