import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("financement", "0006_gardes_annulation"),
        ("grappes", "0006_index_de_l_organisme"),
        ("instruction", "0013_fiche_et_textes_retires"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_par_depot",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_par_porteur",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_par_montant",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_par_instructeur",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_par_etat",
        ),
        migrations.AlterField(
            model_name="dossier",
            name="campagne",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="grappes.campagne",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="cree_par",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="depose_par",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="etat",
            field=django_fsm.FSMField(
                choices=[
                    ("brouillon", "Brouillon"),
                    ("depose", "Déposé"),
                    ("recevabilite", "En recevabilité"),
                    ("complements_demandes", "Compléments demandés"),
                    ("recevable", "Recevable"),
                    ("irrecevable", "Irrecevable"),
                    ("ineligible", "Inéligible"),
                    ("reoriente", "Réorienté"),
                    ("en_instruction", "En instruction"),
                    ("instruit", "Instruit"),
                    ("retenu", "Retenu"),
                    ("liste_complementaire", "Liste complémentaire"),
                    ("non_retenu", "Non retenu"),
                    ("desiste", "Désisté"),
                    ("convention_a_signer", "Convention à signer"),
                    ("conventionne", "Conventionné"),
                    ("en_deploiement", "En déploiement"),
                    ("solde_demande", "Solde demandé"),
                    ("solde", "Soldé"),
                    ("clos", "Clos"),
                ],
                default="brouillon",
                max_length=50,
                protected=True,
                verbose_name="état",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="instructeur",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["-depose_le", "id"],
                include=("campagne", "grappe"),
                name="dossier_par_depot",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["nom_porteur", "id"],
                include=("campagne", "grappe"),
                name="dossier_par_porteur",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["-montant", "id"],
                include=("campagne", "grappe"),
                name="dossier_par_montant",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["instructeur", "-depose_le", "id"],
                include=("campagne", "grappe"),
                name="dossier_par_instructeur",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["etat", "-depose_le", "id"],
                include=("campagne", "grappe"),
                name="dossier_par_etat",
            ),
        ),
    ]
