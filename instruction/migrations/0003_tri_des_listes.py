"""One index per sort of the agent's list, and one that counts its rows."""

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
            models.Index(fields=["campagne", "grappe", "etat"], name="dossier_compte"),
        ),
    ]
