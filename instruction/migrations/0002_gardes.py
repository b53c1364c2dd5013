"""What the database itself refuses: a state that jumps, a filing, a receipt or a decision that changes.

The pairs are those of instruction/etats.py on the day of this migration; a test compares both tables, so
that a new
gesture comes with its own migration.
"""

from django.db import migrations

PAIRES = (
    ("brouillon", "depose"),
    ("depose", "recevable"),
    ("depose", "irrecevable"),
    ("depose", "ineligible"),
    ("recevable", "en_instruction"),
    ("en_instruction", "instruit"),
    ("instruit", "retenu"),
    ("instruit", "non_retenu"),
    ("retenu", "convention_a_signer"),
    ("convention_a_signer", "conventionne"),
    ("conventionne", "en_deploiement"),
)

CYCLE = f"""
CREATE FUNCTION dossier_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
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
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossier_cycle BEFORE INSERT OR UPDATE ON instruction_dossier
    FOR EACH ROW EXECUTE FUNCTION dossier_cycle();
"""

ECRIT_UNE_FOIS = """
CREATE FUNCTION instruction_ecrit_une_fois() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Ce qui est déposé ou décidé ne se modifie ni ne s’efface (%).', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'instruction_ecrit_une_fois';
END $$;
CREATE TRIGGER depot_immuable BEFORE UPDATE OR DELETE ON instruction_depot
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
CREATE TRIGGER accuse_immuable BEFORE UPDATE OR DELETE ON instruction_accusedereception
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
CREATE TRIGGER decision_immuable BEFORE UPDATE OR DELETE ON instruction_decision
    FOR EACH ROW EXECUTE FUNCTION instruction_ecrit_une_fois();
"""

RETOUR = """
DROP TRIGGER decision_immuable ON instruction_decision;
DROP TRIGGER accuse_immuable ON instruction_accusedereception;
DROP TRIGGER depot_immuable ON instruction_depot;
DROP FUNCTION instruction_ecrit_une_fois();
DROP TRIGGER dossier_cycle ON instruction_dossier;
DROP FUNCTION dossier_cycle();
"""


class Migration(migrations.Migration):
    dependencies = [("instruction", "0001_dossier")]

    operations = [migrations.RunSQL(CYCLE + ECRIT_UNE_FOIS, RETOUR)]
