"""The whole life cycle: filings that may be made again, complements, complementary list, balance."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

# Every dossier filed so far has one filing, and its opinions are about that one.
REMPLIR = """
UPDATE instruction_dossier d SET depot_courant_id = p.id FROM instruction_depot p WHERE p.dossier_id = d.id;
UPDATE instruction_aviscontrole a SET depot_id = p.id FROM instruction_depot p WHERE p.dossier_id = a.dossier_id;
UPDATE instruction_avispiece a SET depot_id = p.id FROM instruction_depot p WHERE p.dossier_id = a.dossier_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("financement", "0005_annulation"),
        ("grappes", "0003_participations_et_solutions"),
        ("instruction", "0005_sections_gardees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scelle", models.TextField(verbose_name="contenu scellé")),
                ("empreinte", models.CharField(max_length=64, unique=True, verbose_name="empreinte SHA-256")),
                ("le", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "complément",
            },
        ),
        migrations.CreateModel(
            name="DemandeDeComplements",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveIntegerField(verbose_name="rang de la demande")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("echeance", models.DateTimeField(verbose_name="à répondre avant")),
                ("le", models.DateTimeField(verbose_name="le")),
                (
                    "issue",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("repondue", "Répondue"),
                            ("echue", "Échue sans réponse"),
                            ("retiree", "Retirée"),
                        ],
                        max_length=10,
                        verbose_name="issue",
                    ),
                ),
                ("motif", models.TextField(blank=True, verbose_name="motif du retrait")),
                ("finie_le", models.DateTimeField(null=True, verbose_name="finie le")),
            ],
            options={
                "verbose_name": "demande de compléments",
                "ordering": ("depot", "rang"),
            },
        ),
        migrations.CreateModel(
            name="DemandeDeSolde",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveIntegerField(verbose_name="rang de la demande")),
                ("mesuree_le", models.DateField(verbose_name="date de la mesure")),
                ("le", models.DateTimeField(verbose_name="le")),
                (
                    "issue",
                    models.CharField(
                        blank=True,
                        choices=[("verse", "Solde versé"), ("rejete", "Rejetée")],
                        max_length=10,
                        verbose_name="issue",
                    ),
                ),
                ("motif", models.TextField(blank=True, verbose_name="motif du rejet")),
                ("finie_le", models.DateTimeField(null=True, verbose_name="finie le")),
            ],
            options={
                "verbose_name": "demande de solde",
                "ordering": ("dossier", "rang"),
            },
        ),
        migrations.CreateModel(
            name="Desistement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("motif", models.TextField(verbose_name="motif")),
                ("le", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "désistement",
            },
        ),
        migrations.CreateModel(
            name="ElementDemande",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordre", models.PositiveIntegerField(verbose_name="ordre")),
                (
                    "objet",
                    models.CharField(
                        choices=[
                            ("piece", "Pièce"),
                            ("section", "Section de la candidature"),
                            ("libre", "Autre"),
                        ],
                        max_length=10,
                        verbose_name="objet",
                    ),
                ),
                ("cle", models.CharField(blank=True, max_length=60, verbose_name="clé")),
                ("libelle", models.CharField(max_length=250, verbose_name="libellé")),
                ("raison", models.TextField(verbose_name="raison")),
            ],
            options={
                "verbose_name": "élément demandé",
                "ordering": ("demande", "ordre"),
            },
        ),
        migrations.CreateModel(
            name="MesureDeSolde",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("regle", models.CharField(max_length=10, verbose_name="règle")),
                ("numerateur", models.PositiveIntegerField(verbose_name="numérateur")),
                ("denominateur", models.PositiveIntegerField(default=0, verbose_name="dénominateur")),
                ("retranches", models.PositiveIntegerField(default=0, verbose_name="personnes retranchées")),
                ("atteinte", models.BooleanField(null=True, verbose_name="cible atteinte")),
                ("explication", models.TextField(verbose_name="explication")),
            ],
            options={
                "verbose_name": "mesure d’usage",
                "ordering": ("demande", "regle"),
            },
        ),
        migrations.CreateModel(
            name="ReponseElement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texte", models.TextField(blank=True, verbose_name="réponse")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("le", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "réponse à un élément",
            },
        ),
        migrations.CreateModel(
            name="RetraitDeDepot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("le", models.DateTimeField(verbose_name="le")),
            ],
            options={
                "verbose_name": "retrait de dépôt",
            },
        ),
        migrations.AlterModelOptions(
            name="depot",
            options={"ordering": ("dossier", "rang"), "verbose_name": "dépôt"},
        ),
        migrations.RemoveConstraint(
            model_name="aviscontrole",
            name="avis_unique_par_controle",
        ),
        migrations.RemoveConstraint(
            model_name="avispiece",
            name="avis_unique_par_piece",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_etat_connu",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_numero_au_depot",
        ),
        migrations.AddField(
            model_name="aviscontrole",
            name="depot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis_controles",
                to="instruction.depot",
            ),
        ),
        migrations.AddField(
            model_name="aviscontrole",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="avispiece",
            name="depot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis_pieces",
                to="instruction.depot",
            ),
        ),
        migrations.AddField(
            model_name="avispiece",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="decision",
            name="destinataire",
            field=models.CharField(blank=True, max_length=200, verbose_name="guichet destinataire"),
        ),
        migrations.AddField(
            model_name="depot",
            name="rang",
            field=models.PositiveIntegerField(default=1, verbose_name="rang du dépôt"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="complements_avant",
            field=models.DateTimeField(null=True, verbose_name="compléments attendus avant"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="depot_courant",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="instruction.depot",
                verbose_name="dépôt courant",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="rang_complementaire",
            field=models.PositiveIntegerField(null=True, verbose_name="rang sur la liste complémentaire"),
        ),
        migrations.AlterField(
            model_name="accusedereception",
            name="numero",
            field=models.CharField(db_index=True, max_length=20, verbose_name="numéro"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="nature",
            field=models.CharField(
                choices=[
                    ("recevabilite", "Éligibilité et recevabilité"),
                    ("liste", "Liste complémentaire"),
                    ("selection", "Sélection"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="sens",
            field=models.CharField(
                choices=[
                    ("recevable", "Recevable"),
                    ("irrecevable", "Irrecevable"),
                    ("ineligible", "Inéligible"),
                    ("reoriente", "Réorienté"),
                    ("liste_complementaire", "Inscrit sur la liste complémentaire"),
                    ("retenu", "Retenu"),
                    ("non_retenu", "Non retenu"),
                ],
                max_length=30,
                verbose_name="sens",
            ),
        ),
        migrations.AlterField(
            model_name="depot",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="depots", to="instruction.dossier"
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
                db_index=True,
                default="brouillon",
                max_length=50,
                protected=True,
                verbose_name="état",
            ),
        ),
        migrations.RunSQL(REMPLIR, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="aviscontrole",
            name="dossier",
        ),
        migrations.RemoveField(
            model_name="avispiece",
            name="dossier",
        ),
        migrations.AlterField(
            model_name="aviscontrole",
            name="depot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis_controles",
                to="instruction.depot",
            ),
        ),
        migrations.AlterField(
            model_name="avispiece",
            name="depot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avis_pieces",
                to="instruction.depot",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["instructeur", "-depose_le", "id"],
                name="dossier_par_instructeur",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("etat", "brouillon"), _negated=True),
                fields=["etat", "-depose_le", "id"],
                name="dossier_par_etat",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("complements_avant__isnull", False)),
                fields=["complements_avant", "id"],
                name="dossier_echeance",
            ),
        ),
        migrations.AddConstraint(
            model_name="aviscontrole",
            constraint=models.UniqueConstraint(
                fields=("depot", "regle", "portee"),
                name="avis_unique_par_controle",
                violation_error_message="Ce contrôle a déjà son avis.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avispiece",
            constraint=models.UniqueConstraint(
                fields=("depot", "code"),
                name="avis_unique_par_piece",
                violation_error_message="Cette pièce a déjà son avis.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sens", "reoriente"),
                        models.Q(("motif", ""), _negated=True),
                        models.Q(("destinataire", ""), _negated=True),
                    ),
                    models.Q(models.Q(("sens", "reoriente"), _negated=True), ("destinataire", "")),
                    _connector="OR",
                ),
                name="decision_reoriente_vers_un_guichet",
                violation_error_message="Une réorientation est motivée et nomme le guichet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="depot",
            constraint=models.UniqueConstraint(
                fields=("dossier", "rang"),
                name="depot_rang_unique",
                violation_error_message="Ce dépôt du dossier existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="depot",
            constraint=models.CheckConstraint(
                condition=models.Q(("rang__gte", 1)),
                name="depot_rang_positif",
                violation_error_message="Les dépôts d’un dossier se comptent à partir de 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "etat__in",
                        [
                            "brouillon",
                            "depose",
                            "recevabilite",
                            "complements_demandes",
                            "recevable",
                            "irrecevable",
                            "ineligible",
                            "reoriente",
                            "en_instruction",
                            "instruit",
                            "retenu",
                            "liste_complementaire",
                            "non_retenu",
                            "desiste",
                            "convention_a_signer",
                            "conventionne",
                            "en_deploiement",
                            "solde_demande",
                            "solde",
                            "clos",
                        ],
                    )
                ),
                name="dossier_etat_connu",
                violation_error_message="Cet état n’existe pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("depose_le__isnull", True), ("depot_courant__isnull", True), ("etat", "brouillon")
                    ),
                    models.Q(
                        models.Q(("etat", "brouillon"), _negated=True),
                        ("depose_le__isnull", False),
                        ("depot_courant__isnull", False),
                        ("numero__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dossier_numero_au_depot",
                violation_error_message="Un dossier a un numéro, un dépôt et sa date une fois déposé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("complements_avant__isnull", False), ("etat", "complements_demandes")),
                    models.Q(
                        models.Q(("etat", "complements_demandes"), _negated=True),
                        ("complements_avant__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="dossier_complements_echeance",
                violation_error_message="Des compléments s’attendent jusqu’à une échéance.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rang_complementaire__gte", 1),
                    models.Q(
                        ("rang_complementaire__isnull", True),
                        models.Q(("etat", "liste_complementaire"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dossier_liste_complementaire_avec_rang",
                violation_error_message="Sur la liste complémentaire, un dossier a un rang à partir de 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rang_complementaire__isnull", False)),
                fields=("campagne", "rang_complementaire"),
                name="dossier_rang_complementaire_unique",
                violation_error_message="Ce rang de la liste complémentaire est déjà pris.",
            ),
        ),
        migrations.AddField(
            model_name="complement",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="demandedecomplements",
            name="depot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="demandes", to="instruction.depot"
            ),
        ),
        migrations.AddField(
            model_name="demandedecomplements",
            name="finie_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="demandedecomplements",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="complement",
            name="demande",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complement",
                to="instruction.demandedecomplements",
            ),
        ),
        migrations.AddField(
            model_name="demandedesolde",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="demandes_de_solde",
                to="instruction.dossier",
            ),
        ),
        migrations.AddField(
            model_name="demandedesolde",
            name="etat_recapitulatif",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="instruction.piece",
                verbose_name="état récapitulatif des dépenses",
            ),
        ),
        migrations.AddField(
            model_name="demandedesolde",
            name="finie_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="demandedesolde",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="desistement",
            name="dossier",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="desistement",
                to="instruction.dossier",
            ),
        ),
        migrations.AddField(
            model_name="desistement",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="elementdemande",
            name="demande",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="elements",
                to="instruction.demandedecomplements",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="element",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pieces",
                to="instruction.elementdemande",
                verbose_name="répond à",
            ),
        ),
        migrations.AddField(
            model_name="mesuredesolde",
            name="demande",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mesures",
                to="instruction.demandedesolde",
            ),
        ),
        migrations.AddField(
            model_name="mesuredesolde",
            name="preuve",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="instruction.piece",
            ),
        ),
        migrations.AddField(
            model_name="reponseelement",
            name="element",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reponse",
                to="instruction.elementdemande",
            ),
        ),
        migrations.AddField(
            model_name="reponseelement",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="retraitdedepot",
            name="depot",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="retrait", to="instruction.depot"
            ),
        ),
        migrations.AddField(
            model_name="retraitdedepot",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedecomplements",
            constraint=models.UniqueConstraint(
                fields=("depot", "rang"),
                name="demande_rang_unique",
                violation_error_message="Cette demande existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedecomplements",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issue", "")),
                fields=("depot",),
                name="demande_une_seule_ouverte",
                violation_error_message="Une demande de compléments est déjà ouverte.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedecomplements",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finie_le__isnull", True), ("finie_par__isnull", True), ("issue", "")),
                    models.Q(
                        models.Q(("issue", ""), _negated=True),
                        ("finie_le__isnull", False),
                        ("finie_par__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="demande_issue_le_et_par",
                violation_error_message="Une demande finie dit quand et par qui.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedecomplements",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issue", "retiree"), models.Q(("motif", ""), _negated=True)),
                    models.Q(models.Q(("issue", "retiree"), _negated=True), ("motif", "")),
                    _connector="OR",
                ),
                name="demande_retiree_avec_motif",
                violation_error_message="Une demande se retire avec un motif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedecomplements",
            constraint=models.CheckConstraint(
                condition=models.Q(("echeance__gt", models.F("le"))),
                name="demande_echeance_a_venir",
                violation_error_message="L’échéance suit la demande.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedesolde",
            constraint=models.UniqueConstraint(
                fields=("dossier", "rang"),
                name="solde_rang_unique",
                violation_error_message="Cette demande existe déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedesolde",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issue", "")),
                fields=("dossier",),
                name="solde_une_seule_demande_ouverte",
                violation_error_message="Une demande de solde est déjà ouverte.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedesolde",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finie_le__isnull", True), ("finie_par__isnull", True), ("issue", "")),
                    models.Q(
                        models.Q(("issue", ""), _negated=True),
                        ("finie_le__isnull", False),
                        ("finie_par__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="solde_issue_le_et_par",
                violation_error_message="Une demande finie dit quand et par qui.",
            ),
        ),
        migrations.AddConstraint(
            model_name="demandedesolde",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issue", "rejete"), models.Q(("motif", ""), _negated=True)),
                    models.Q(models.Q(("issue", "rejete"), _negated=True), ("motif", "")),
                    _connector="OR",
                ),
                name="solde_rejete_avec_motif",
                violation_error_message="Un rejet est motivé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="desistement",
            constraint=models.CheckConstraint(
                condition=models.Q(("motif", ""), _negated=True),
                name="desistement_motive",
                violation_error_message="Un désistement est motivé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="elementdemande",
            constraint=models.UniqueConstraint(
                fields=("demande", "ordre"),
                name="element_ordre_unique",
                violation_error_message="Cette place est déjà prise.",
            ),
        ),
        migrations.AddConstraint(
            model_name="elementdemande",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("raison", ""), _negated=True), models.Q(("libelle", ""), _negated=True)
                ),
                name="element_avec_raison",
                violation_error_message="Un élément demandé dit quoi et pourquoi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="elementdemande",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cle", ""), ("objet", "libre")),
                    models.Q(
                        models.Q(("objet", "libre"), _negated=True), models.Q(("cle", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="element_cle_selon_l_objet",
                violation_error_message="Une pièce et une section ont leur clé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mesuredesolde",
            constraint=models.UniqueConstraint(
                fields=("demande", "regle"),
                name="mesure_une_fois_par_regle",
                violation_error_message="Cette mesure est déjà donnée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mesuredesolde",
            constraint=models.CheckConstraint(
                condition=models.Q(("retranches__lte", models.F("denominateur"))),
                name="mesure_retranches_de_l_effectif",
                violation_error_message="On ne retranche pas plus de personnes qu’il n’y en a.",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="arret",
            field=models.CharField(
                blank=True,
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
                max_length=50,
                verbose_name="dernier état avant la fin",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat__in", ("desiste", "clos")), models.Q(("arret", ""), _negated=True)),
                    models.Q(models.Q(("etat__in", ("desiste", "clos")), _negated=True), ("arret", "")),
                    _connector="OR",
                ),
                name="dossier_fini_dit_d_ou",
                violation_error_message="Un dossier fini dit l’état d’où il vient, et lui seul.",
            ),
        ),
    ]
