-- What is on record is neither changed nor taken away.
DO $$
DECLARE
  kept TEXT;
BEGIN
  FOREACH kept IN ARRAY ARRAY['EntryRevision', 'Activity', 'SectionText', 'SectionEdit', 'PostmortemVersion', 'SettingsVersion'] LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I', kept || '_append_only', kept);
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION debrief_append_only()',
      kept || '_append_only', kept);
  END LOOP;
END $$;
