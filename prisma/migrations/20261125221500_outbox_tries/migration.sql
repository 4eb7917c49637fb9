-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "unsureSince" TIMESTAMPTZ(6);

-- Of rows that were tried before nobody knows: they are looked up, as they were.
UPDATE "Outbox" SET "unsureSince" = "createdAt" WHERE "doneAt" IS NULL AND attempts > 0;
