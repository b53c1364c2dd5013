"""What the database itself refuses in the whole life cycle: a state that jumps, a sealed row that changes.

The pairs are those of instruction/etats.py on the day of this migration; a test compares both tables, so
that a new gesture comes with its own migration.
"""

from django.db import migrations

PAIRES = (
    ("brouillon", "depose"),
    ("depose", "brouillon"),
    ("recevabilite", "brouillon"),
    ("depose", "recevabilite"),
    ("recevabilite", "complements_demandes"),
    ("complements_demandes", "recevabilite"),
    ("recevabilite", "recevable"),
    ("recevabilite", "irrecevable"),
    ("recevabilite", "ineligible"),
    ("recevabilite", "reoriente"),
    ("recevable", "en_instruction"),
    ("en_instruction", "instruit"),
    ("instruit", "retenu"),
    ("liste_complementaire", "retenu"),
    ("instruit", "liste_complementaire"),
    ("instruit", "non_retenu"),
    ("liste_complementaire", "non_retenu"),
    ("depose", "desiste"),
    ("recevabilite", "desiste"),
    ("complements_demandes", "desiste"),
    ("recevable", "desiste"),
    ("en_instruction", "desiste"),
    ("instruit", "desiste"),
    ("liste_complementaire", "desiste"),
    ("retenu", "desiste"),
    ("convention_a_signer", "desiste"),
    ("retenu", "convention_a_signer"),
    ("convention_a_signer", "conventionne"),
    ("conventionne", "en_deploiement"),
    ("en_deploiement", "solde_demande"),
    ("solde_demande", "en_deploiement"),
    ("solde_demande", "solde"),
    ("solde", "clos"),
    ("irrecevable", "clos"),
    ("ineligible", "clos"),
    ("reoriente", "clos"),
    ("non_retenu", "clos"),
    ("desiste", "clos"),
)

CYCLE = f"""
CREATE OR REPLACE FUNCTION dossier_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.etat <> 'brouillon' THEN
            RAISE EXCEPTION 'Un dossier commence en brouillon, non à l’état « % ».', NEW.etat
                USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_cycle';
        END IF;
    ELSIF NEW.etat <> OLD.etat AND (OLD.etat, NEW.etat) NOT IN ({", ".join(f"('{a}', '{b}')" for a, b in PAIRES)}) THEN
        RAISE EXCEPTION 'Un dossier ne passe pas de « % » à « % ».', OLD.etat, NEW.etat
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_cycle';
    ELSIF OLD.numero IS NOT NULL AND NEW.numero IS DISTINCT FROM OLD.numero THEN
        RAISE EXCEPTION 'Le numéro d’un dossier ne change pas.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_cycle';
    ELSIF OLD.rang_complementaire IS NOT NULL
          AND NEW.rang_complementaire IS DISTINCT FROM OLD.rang_complementaire THEN
        RAISE EXCEPTION 'Le rang d’un dossier sur la liste complémentaire ne change pas.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_cycle';
    END IF;
    IF NEW.depot_courant_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM instruction_depot WHERE id = NEW.depot_courant_id AND dossier_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'Le dépôt d’un dossier est le sien.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dossier_cycle';
    END IF;
    RETURN NEW;
END $$;
"""  # noqa: S608 - names of states, written above

TABLES = (
    "retraitdedepot",
    "elementdemande",
    "complement",
    "desistement",
    "mesuredesolde",
)
IMMUABLES = "".join(
    f"""
CREATE TRIGGER {table}_immuable BEFORE UPDATE OR DELETE ON instruction_{table}
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
"""
    for table in TABLES
)

# A request is written once, then closed once; the answer stays as it was sent.
DEMANDES = """
CREATE FUNCTION instruction_demande_figee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.issue <> '' OR
       (to_jsonb(NEW) - ARRAY['issue', 'motif', 'finie_le', 'finie_par_id'])
       <> (to_jsonb(OLD) - ARRAY['issue', 'motif', 'finie_le', 'finie_par_id']) THEN
        RAISE EXCEPTION 'Une demande ne se modifie ni ne s’efface : elle se clôt une fois (%).', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'instruction_demande_figee';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER demande_figee BEFORE UPDATE OR DELETE ON instruction_demandedecomplements
    FOR EACH ROW EXECUTE FUNCTION instruction_demande_figee();
CREATE TRIGGER demande_de_solde_figee BEFORE UPDATE OR DELETE ON instruction_demandedesolde
    FOR EACH ROW EXECUTE FUNCTION instruction_demande_figee();

CREATE FUNCTION instruction_reponse_ouverte() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR EXISTS (
        SELECT 1 FROM instruction_elementdemande e JOIN instruction_demandedecomplements d ON d.id = e.demande_id
        WHERE e.id = NEW.element_id AND d.issue <> ''
    ) THEN
        RAISE EXCEPTION 'Une demande de compléments close ne reçoit plus de réponse.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'instruction_reponse_ouverte';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reponse_ouverte BEFORE INSERT OR UPDATE OR DELETE ON instruction_reponseelement
    FOR EACH ROW EXECUTE FUNCTION instruction_reponse_ouverte();
"""


class Migration(migrations.Migration):
    dependencies = [("instruction", "0006_cycle_de_vie")]

    operations = [migrations.RunSQL(CYCLE + IMMUABLES + DEMANDES, migrations.RunSQL.noop)]
