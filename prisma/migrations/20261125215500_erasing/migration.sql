-- What is on record is neither changed nor taken away, unless an operator's command or retention erases it and says
-- so for its transaction: SET LOCAL debrief.erasing = 'yes'.
CREATE OR REPLACE FUNCTION debrief_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('debrief.erasing', true) = 'yes' AND TG_OP <> 'TRUNCATE' THEN
    RETURN NULL; -- Of a statement's trigger the result is not looked at.
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER "Read_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Read"
  FOR EACH STATEMENT EXECUTE FUNCTION debrief_append_only();
