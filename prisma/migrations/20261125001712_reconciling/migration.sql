-- CreateTable
CREATE TABLE "Reconciling" (
    "incidentId" UUID NOT NULL,
    "sinceTs" TEXT NOT NULL DEFAULT '0',
    "passTs" TEXT,
    "phase" TEXT NOT NULL DEFAULT 'history',
    "cursor" TEXT,
    "todo" TEXT[],
    "nextAt" TIMESTAMPTZ(6) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(6),
    "updatedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Reconciling_pkey" PRIMARY KEY ("incidentId")
);

-- AddForeignKey
ALTER TABLE "Reconciling" ADD CONSTRAINT "Reconciling_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Reconciling" ADD CONSTRAINT "Reconciling_phase" CHECK (phase IN ('history', 'threads', 'gone'));
