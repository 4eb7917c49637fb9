-- AlterTable
ALTER TABLE "Postmortem" ADD COLUMN     "postChannel" TEXT,
ADD COLUMN     "postTs" TEXT,
ADD COLUMN     "toldVersion" INTEGER;

-- AlterTable
ALTER TABLE "Publication" ADD COLUMN     "page" JSONB,
ADD COLUMN     "version" INTEGER;

-- Which version an earlier publishing made: that of its own transaction.
ALTER TABLE "Publication" DISABLE TRIGGER "Publication_append_only";
UPDATE "Publication" p SET version = v.number FROM "PostmortemVersion" v
  WHERE v."postmortemId" = p."postmortemId" AND v.at = p.at AND v.reason = 'published';
ALTER TABLE "Publication" ENABLE TRIGGER "Publication_append_only";

-- AddForeignKey
-- Looked at when a transaction ends: whoever erases may take either table first.
ALTER TABLE "Publication" ADD CONSTRAINT "Publication_frozen_fkey" FOREIGN KEY ("postmortemId", "version") REFERENCES "PostmortemVersion"("postmortemId", "number") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED;

-- A message has both or neither.
ALTER TABLE "Postmortem" ADD CONSTRAINT "Postmortem_post" CHECK (("postChannel" IS NULL) = ("postTs" IS NULL));
