-- AlterTable
ALTER TABLE "ActionItem" ADD COLUMN     "channelId" TEXT,
ADD COLUMN     "doneBy" TEXT,
ADD COLUMN     "dropReason" TEXT,
ADD COLUMN     "droppedBy" TEXT,
ADD COLUMN     "kept" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "messageTs" TEXT,
ADD COLUMN     "permalink" TEXT;

-- AlterTable
ALTER TABLE "Factor" ADD COLUMN     "channelId" TEXT,
ADD COLUMN     "messageTs" TEXT,
ADD COLUMN     "permalink" TEXT;

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "announceChannel" TEXT,
ADD COLUMN     "announceTs" TEXT,
ADD COLUMN     "watchedFrom" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "Timer" (
    "id" UUID NOT NULL,
    "teamId" TEXT NOT NULL,
    "incidentId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(6) NOT NULL,
    "payload" JSONB NOT NULL,
    "setAt" TIMESTAMPTZ(6) NOT NULL,
    "firedAt" TIMESTAMPTZ(6),
    "canceledAt" TIMESTAMPTZ(6),

    CONSTRAINT "Timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Nudge" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "keys" TEXT[],
    "stage" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "channelId" TEXT,
    "messageTs" TEXT,
    "answer" TEXT,
    "answeredBy" TEXT,
    "answeredAt" TIMESTAMPTZ(6),

    CONSTRAINT "Nudge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Update" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "entryId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "impact" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "nextBy" TIMESTAMPTZ(6),

    CONSTRAINT "Update_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "teamId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("teamId","userId","kind","value")
);

-- CreateIndex
CREATE INDEX "Timer_incidentId_key_idx" ON "Timer"("incidentId", "key");

-- CreateIndex
CREATE INDEX "Nudge_incidentId_idx" ON "Nudge"("incidentId");

-- CreateIndex
CREATE UNIQUE INDEX "Update_incidentId_number_key" ON "Update"("incidentId", "number");

-- CreateIndex
CREATE INDEX "Subscription_teamId_kind_value_idx" ON "Subscription"("teamId", "kind", "value");

-- AddForeignKey
ALTER TABLE "Timer" ADD CONSTRAINT "Timer_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Nudge" ADD CONSTRAINT "Nudge_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Update" ADD CONSTRAINT "Update_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.

-- One active timer a key.
CREATE UNIQUE INDEX "Timer_active_key" ON "Timer" ("incidentId", "key")
  WHERE "firedAt" IS NULL AND "canceledAt" IS NULL;
-- Open timers are few among many that are done.
CREATE INDEX "Timer_open_idx" ON "Timer" ("dueAt") WHERE "firedAt" IS NULL AND "canceledAt" IS NULL;
ALTER TABLE "Timer"
  ADD CONSTRAINT "Timer_ended_once_check" CHECK ("firedAt" IS NULL OR "canceledAt" IS NULL);

-- One standing action item and one standing factor a message.
CREATE UNIQUE INDEX "ActionItem_active_message_key" ON "ActionItem" ("incidentId", "channelId", "messageTs")
  WHERE "droppedAt" IS NULL AND "messageTs" IS NOT NULL;
CREATE UNIQUE INDEX "Factor_active_message_key" ON "Factor" ("incidentId", "channelId", "messageTs")
  WHERE "removedAt" IS NULL AND "messageTs" IS NOT NULL;

ALTER TABLE "Nudge"
  ADD CONSTRAINT "Nudge_stage_check" CHECK ("stage" IN ('lead', 'channel', 'escalation')),
  ADD CONSTRAINT "Nudge_answer_check" CHECK ("answer" IN ('snoozed', 'dismissed', 'done')),
  ADD CONSTRAINT "Nudge_answered_check" CHECK (("answer" IS NULL) = ("answeredAt" IS NULL));
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_kind_check" CHECK ("kind" IN ('service', 'severity'));
