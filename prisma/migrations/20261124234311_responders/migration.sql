-- DropIndex
DROP INDEX "Activity_incidentId_idx";

-- AlterTable
ALTER TABLE "Activity" ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Entry" ADD COLUMN     "movedFrom" TEXT;

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "closeReason" TEXT,
ADD COLUMN     "mergedIntoId" UUID;

-- CreateTable
CREATE TABLE "ChannelMember" (
    "teamId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "present" BOOLEAN NOT NULL,
    "eventTs" TEXT NOT NULL,

    CONSTRAINT "ChannelMember_pkey" PRIMARY KEY ("teamId","channelId","userId")
);

-- CreateTable
CREATE TABLE "RoleHolder" (
    "incidentId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "RoleHolder_pkey" PRIMARY KEY ("incidentId","role")
);

-- CreateTable
CREATE TABLE "Relation" (
    "oneId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Relation_pkey" PRIMARY KEY ("oneId","otherId")
);

-- CreateIndex
CREATE INDEX "Activity_incidentId_subject_idx" ON "Activity"("incidentId", "subject");

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleHolder" ADD CONSTRAINT "RoleHolder_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_oneId_fkey" FOREIGN KEY ("oneId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_otherId_fkey" FOREIGN KEY ("otherId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "Incident"
  ADD CONSTRAINT "Incident_merged_check" CHECK (("mergedIntoId" IS NOT NULL) = ("status" = 'merged')),
  ADD CONSTRAINT "Incident_merged_self_check" CHECK ("mergedIntoId" <> "id");
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_self_check" CHECK ("oneId" <> "otherId");
