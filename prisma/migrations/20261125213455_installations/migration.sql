-- CreateTable
CREATE TABLE "Installation" (
    "teamId" TEXT NOT NULL,
    "teamName" TEXT NOT NULL,
    "botId" TEXT NOT NULL,
    "botUserId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "refreshToken" TEXT,
    "expiresAt" TIMESTAMPTZ(6),
    "installedBy" TEXT NOT NULL,
    "installedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("teamId")
);

-- CreateTable
CREATE TABLE "UsedState" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "UsedState_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Standstill" (
    "teamId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "until" TIMESTAMPTZ(6),

    CONSTRAINT "Standstill_pkey" PRIMARY KEY ("teamId")
);

ALTER TABLE "Installation"
  ADD CONSTRAINT "Installation_rotation_check" CHECK (("refreshToken" IS NULL) = ("expiresAt" IS NULL));
ALTER TABLE "Standstill" ADD CONSTRAINT "Standstill_until_check" CHECK ("until" > "since");
