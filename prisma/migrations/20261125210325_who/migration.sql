-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "deleteAt" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "SlackUser" ADD COLUMN     "isOutsider" BOOLEAN;

-- CreateTable
CREATE TABLE "Read" (
    "id" BIGSERIAL NOT NULL,
    "incidentId" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Read_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Read_incidentId_id_idx" ON "Read"("incidentId", "id");

-- AddForeignKey
ALTER TABLE "Read" ADD CONSTRAINT "Read_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
