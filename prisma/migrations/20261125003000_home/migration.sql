-- CreateTable
CREATE TABLE "Home" (
    "id" UUID NOT NULL,
    "teamId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "filter" TEXT NOT NULL DEFAULT 'all',
    "openedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Home_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Home_teamId_openedAt_idx" ON "Home"("teamId", "openedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Home_teamId_userId_key" ON "Home"("teamId", "userId");
