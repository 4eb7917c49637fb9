-- CreateTable
CREATE TABLE "SettingsVersion" (
    "teamId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SettingsVersion_pkey" PRIMARY KEY ("teamId","version")
);

CREATE TRIGGER "SettingsVersion_append_only" BEFORE UPDATE ON "SettingsVersion"
  FOR EACH ROW EXECUTE FUNCTION debrief_append_only();
