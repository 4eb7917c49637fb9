-- A mark stands on a line of its own incident, a timer is of its incident's team.

-- DropForeignKey
ALTER TABLE "Mark" DROP CONSTRAINT "Mark_entryId_fkey";

-- DropForeignKey
ALTER TABLE "Timer" DROP CONSTRAINT "Timer_incidentId_fkey";

-- CreateIndex
CREATE UNIQUE INDEX "Entry_id_incidentId_key" ON "Entry"("id", "incidentId");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_id_teamId_key" ON "Incident"("id", "teamId");

-- Marks that were retired before a merge stayed behind when their lines moved.
UPDATE "Mark" m SET "incidentId" = e."incidentId" FROM "Entry" e
WHERE e.id = m."entryId" AND m."incidentId" <> e."incidentId" AND m."retiredAt" IS NOT NULL;

-- AddForeignKey. A merge moves marks before their lines: checked at the end of the transaction.
ALTER TABLE "Mark" ADD CONSTRAINT "Mark_entryId_incidentId_fkey" FOREIGN KEY ("entryId", "incidentId") REFERENCES "Entry"("id", "incidentId") ON DELETE RESTRICT ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- AddForeignKey
ALTER TABLE "Timer" ADD CONSTRAINT "Timer_incidentId_teamId_fkey" FOREIGN KEY ("incidentId", "teamId") REFERENCES "Incident"("id", "teamId") ON DELETE RESTRICT ON UPDATE CASCADE;
