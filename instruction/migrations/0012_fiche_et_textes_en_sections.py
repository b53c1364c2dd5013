"""The fiche de synthèse and the project texts become sections, with their last version, author and date."""

from typing import Any

from django.db import migrations

CONTACTS = (
    "contact_nom",
    "contact_fonction",
    "contact_courriel",
    "contact_telephone",
    "representant_nom",
    "representant_fonction",
    "representant_courriel",
)


def en_sections(apps: Any, schema_editor: Any) -> None:
    """One version each: older ones were never kept. What was never saved stays never saved."""
    for fiche in apps.get_model("instruction", "FicheSynthese").objects.exclude(version=0).order_by("pk"):
        contenu = {champ: getattr(fiche, champ) for champ in CONTACTS}
        _ecrire(apps, fiche.dossier_id, "contacts", contenu, fiche.modifiee_le, fiche.modifiee_par_id)
    textes: dict[Any, list[Any]] = {}
    for texte in apps.get_model("instruction", "Texte").objects.exclude(version=0).order_by("modifie_le"):
        textes.setdefault(texte.dossier_id, []).append(texte)
    for dossier, ecrits in textes.items():
        contenu = {texte.critere: texte.contenu for texte in ecrits}
        dernier = ecrits[-1]
        _ecrire(apps, dossier, "projet", contenu, dernier.modifie_le, dernier.modifie_par_id)


def _ecrire(apps: Any, dossier: Any, cle: str, contenu: dict[str, str], le: Any, par: Any) -> None:
    section = apps.get_model("instruction", "Section").objects.create(
        dossier_id=dossier, cle=cle, contenu=contenu, version=1, modifiee_le=le, modifiee_par_id=par
    )
    apps.get_model("instruction", "VersionDeSection").objects.create(
        section=section, version=1, contenu=contenu, le=le, par_id=par
    )


class Migration(migrations.Migration):
    dependencies = [("instruction", "0011_certifications_gardees")]

    operations = [migrations.RunPython(en_sections)]
