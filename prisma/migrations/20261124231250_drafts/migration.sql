-- AlterTable
ALTER TABLE "PostmortemVersion" ADD COLUMN     "facts" JSONB NOT NULL;

-- CreateTable
CREATE TABLE "SectionEdit" (
    "incidentId" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "base" TEXT NOT NULL,
    "text" TEXT,
    "facts" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SectionEdit_pkey" PRIMARY KEY ("incidentId","section","version")
);

-- CreateTable
CREATE TABLE "CheckDismissal" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "undoneAt" TIMESTAMPTZ(6),
    "undoneBy" TEXT,

    CONSTRAINT "CheckDismissal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CheckDismissal_incidentId_key_idx" ON "CheckDismissal"("incidentId", "key");

-- AddForeignKey
ALTER TABLE "SectionEdit" ADD CONSTRAINT "SectionEdit_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CheckDismissal" ADD CONSTRAINT "CheckDismissal_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.

-- A check is dismissed once at a time.
CREATE UNIQUE INDEX "CheckDismissal_active_key" ON "CheckDismissal" ("incidentId", "key") WHERE "undoneAt" IS NULL;

CREATE TRIGGER "SectionEdit_append_only" BEFORE UPDATE ON "SectionEdit"
  FOR EACH ROW EXECUTE FUNCTION debrief_append_only();
CREATE TRIGGER "PostmortemVersion_append_only" BEFORE UPDATE ON "PostmortemVersion"
  FOR EACH ROW EXECUTE FUNCTION debrief_append_only();
