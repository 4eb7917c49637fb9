-- CreateTable
CREATE TABLE "SectionOpened" (
    "incidentId" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "base" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SectionOpened_pkey" PRIMARY KEY ("incidentId","section","hash")
);

-- AddForeignKey
ALTER TABLE "SectionOpened" ADD CONSTRAINT "SectionOpened_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
