"""One index per sort of the lists, and one that counts the agent's rows."""

from django.db import migrations, models

DEPOSES = ~models.Q(etat="brouillon")


class Migration(migrations.Migration):
    """Indexes only."""

    dependencies = [("instruction", "0002_gardes")]

    operations = [
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["-depose_le", "id"], condition=DEPOSES, name="dossier_par_depot"),
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["nom_porteur", "id"], condition=DEPOSES, name="dossier_par_porteur"),
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["-montant", "id"], condition=DEPOSES, name="dossier_par_montant"),
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["campagne", "grappe"], condition=DEPOSES, name="dossier_compte"),
        ),
        migrations.RemoveIndex("dossier", "dossier_organisme"),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["organisme", "-cree_le", "id"], name="dossier_du_porteur"),
        ),
    ]
