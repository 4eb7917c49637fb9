-- CreateEnum
CREATE TYPE "Severity" AS ENUM ('SEV1', 'SEV2', 'SEV3', 'SEV4');

-- CreateEnum
CREATE TYPE "Status" AS ENUM ('investigating', 'identified', 'monitoring', 'resolved', 'canceled', 'merged');

-- CreateEnum
CREATE TYPE "Precision" AS ENUM ('exact', 'about', 'by');

-- CreateEnum
CREATE TYPE "TimeFrom" AS ENUM ('person', 'message', 'system');

-- CreateEnum
CREATE TYPE "Source" AS ENUM ('command', 'reaction', 'shortcut', 'modal', 'web', 'api', 'integration', 'system');

-- CreateEnum
CREATE TYPE "Milestone" AS ENUM ('impact_started', 'detected', 'first_report', 'escalated', 'incident_called', 'root_cause_identified', 'fix_created', 'fix_merged', 'fix_released', 'mitigated', 'resolved');

-- CreateEnum
CREATE TYPE "Provenance" AS ENUM ('observed', 'asserted', 'inferred');

-- CreateEnum
CREATE TYPE "PostmortemState" AS ENUM ('draft', 'in_review', 'published');

-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL,
    "lastIncident" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlackUser" (
    "teamId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT,
    "fetchedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SlackUser_pkey" PRIMARY KEY ("teamId","id")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" UUID NOT NULL,
    "teamId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "severity" "Severity" NOT NULL,
    "status" "Status" NOT NULL DEFAULT 'investigating',
    "isPrivate" BOOLEAN NOT NULL DEFAULT false,
    "isTest" BOOLEAN NOT NULL DEFAULT false,
    "retrospective" BOOLEAN NOT NULL DEFAULT false,
    "services" TEXT[],
    "regions" TEXT[],
    "channelId" TEXT,
    "channelName" TEXT,
    "headlineTs" TEXT,
    "leadId" TEXT,
    "declaredBy" TEXT NOT NULL,
    "declaredAt" TIMESTAMPTZ(6) NOT NULL,
    "closedAt" TIMESTAMPTZ(6),
    "zone" TEXT NOT NULL,
    "lastEntry" INTEGER NOT NULL DEFAULT 0,
    "lastAction" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "occurredAt" TIMESTAMPTZ(6) NOT NULL,
    "recordedAt" TIMESTAMPTZ(6) NOT NULL,
    "precision" "Precision" NOT NULL DEFAULT 'exact',
    "timeFrom" "TimeFrom" NOT NULL,
    "text" TEXT NOT NULL,
    "textEdited" BOOLEAN NOT NULL DEFAULT false,
    "source" "Source" NOT NULL,
    "channelId" TEXT,
    "messageTs" TEXT,
    "permalink" TEXT,
    "authorId" TEXT,
    "capturedBy" TEXT NOT NULL,
    "kept" BOOLEAN NOT NULL,
    "retractedAt" TIMESTAMPTZ(6),
    "messageGoneAt" TIMESTAMPTZ(6),
    "messageChange" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EntryRevision" (
    "id" BIGSERIAL NOT NULL,
    "entryId" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "EntryRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mark" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "entryId" UUID NOT NULL,
    "milestone" "Milestone" NOT NULL,
    "provenance" "Provenance" NOT NULL,
    "markedBy" TEXT NOT NULL,
    "markedAt" TIMESTAMPTZ(6) NOT NULL,
    "byReaction" BOOLEAN NOT NULL DEFAULT false,
    "retiredAt" TIMESTAMPTZ(6),
    "retiredBy" TEXT,

    CONSTRAINT "Mark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reaction" (
    "teamId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "messageTs" TEXT NOT NULL,
    "emoji" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "present" BOOLEAN NOT NULL,
    "eventTs" TEXT NOT NULL,

    CONSTRAINT "Reaction_pkey" PRIMARY KEY ("teamId","channelId","messageTs","emoji","userId")
);

-- CreateTable
CREATE TABLE "ImpactWindow" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "from" TIMESTAMPTZ(6),
    "fromEntryId" UUID,
    "to" TIMESTAMPTZ(6),
    "toEntryId" UUID,
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(6) NOT NULL,
    "removedAt" TIMESTAMPTZ(6),

    CONSTRAINT "ImpactWindow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CustomerImpact" (
    "incidentId" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "CustomerImpact_pkey" PRIMARY KEY ("incidentId","service")
);

-- CreateTable
CREATE TABLE "Factor" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "removedAt" TIMESTAMPTZ(6),

    CONSTRAINT "Factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActionItem" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "ownerId" TEXT,
    "due" TEXT,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "doneAt" TIMESTAMPTZ(6),
    "droppedAt" TIMESTAMPTZ(6),

    CONSTRAINT "ActionItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SectionText" (
    "incidentId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SectionText_pkey" PRIMARY KEY ("incidentId","name","version")
);

-- CreateTable
CREATE TABLE "Activity" (
    "id" BIGSERIAL NOT NULL,
    "incidentId" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Postmortem" (
    "id" UUID NOT NULL,
    "incidentId" UUID NOT NULL,
    "state" "PostmortemState" NOT NULL DEFAULT 'draft',
    "createdAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "Postmortem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PostmortemVersion" (
    "postmortemId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "markdown" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "PostmortemVersion_pkey" PRIMARY KEY ("postmortemId","number")
);

-- CreateTable
CREATE TABLE "Choice" (
    "id" UUID NOT NULL,
    "teamId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "readings" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "answeredAt" TIMESTAMPTZ(6),

    CONSTRAINT "Choice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Inbox" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(6) NOT NULL,
    "touchedAt" TIMESTAMPTZ(6) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "doneAt" TIMESTAMPTZ(6),
    "error" TEXT,

    CONSTRAINT "Inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" BIGSERIAL NOT NULL,
    "lane" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL,
    "runAfter" TIMESTAMPTZ(6),
    "claimedUntil" TIMESTAMPTZ(6),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "doneAt" TIMESTAMPTZ(6),
    "result" JSONB,
    "error" TEXT,

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Incident_teamId_status_idx" ON "Incident"("teamId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_teamId_number_key" ON "Incident"("teamId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_teamId_channelId_key" ON "Incident"("teamId", "channelId");

-- CreateIndex
CREATE INDEX "Entry_channelId_messageTs_idx" ON "Entry"("channelId", "messageTs");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_incidentId_number_key" ON "Entry"("incidentId", "number");

-- CreateIndex
CREATE INDEX "EntryRevision_entryId_idx" ON "EntryRevision"("entryId");

-- CreateIndex
CREATE INDEX "Mark_incidentId_milestone_idx" ON "Mark"("incidentId", "milestone");

-- CreateIndex
CREATE INDEX "ImpactWindow_incidentId_idx" ON "ImpactWindow"("incidentId");

-- CreateIndex
CREATE INDEX "Factor_incidentId_idx" ON "Factor"("incidentId");

-- CreateIndex
CREATE UNIQUE INDEX "ActionItem_incidentId_number_key" ON "ActionItem"("incidentId", "number");

-- CreateIndex
CREATE INDEX "Activity_incidentId_idx" ON "Activity"("incidentId");

-- CreateIndex
CREATE UNIQUE INDEX "Postmortem_incidentId_key" ON "Postmortem"("incidentId");

-- CreateIndex
CREATE UNIQUE INDEX "Inbox_key_key" ON "Inbox"("key");

-- CreateIndex
CREATE INDEX "Inbox_doneAt_receivedAt_idx" ON "Inbox"("doneAt", "receivedAt");

-- CreateIndex
CREATE INDEX "Outbox_lane_id_idx" ON "Outbox"("lane", "id");

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntryRevision" ADD CONSTRAINT "EntryRevision_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mark" ADD CONSTRAINT "Mark_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mark" ADD CONSTRAINT "Mark_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "Entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImpactWindow" ADD CONSTRAINT "ImpactWindow_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerImpact" ADD CONSTRAINT "CustomerImpact_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Factor" ADD CONSTRAINT "Factor_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActionItem" ADD CONSTRAINT "ActionItem_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SectionText" ADD CONSTRAINT "SectionText_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Postmortem" ADD CONSTRAINT "Postmortem_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostmortemVersion" ADD CONSTRAINT "PostmortemVersion_postmortemId_fkey" FOREIGN KEY ("postmortemId") REFERENCES "Postmortem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.

-- One active entry per source message.
CREATE UNIQUE INDEX "Entry_active_message_key" ON "Entry" ("incidentId", "channelId", "messageTs")
  WHERE "retractedAt" IS NULL AND "messageTs" IS NOT NULL;

-- One active mark per milestone.
CREATE UNIQUE INDEX "Mark_active_milestone_key" ON "Mark" ("incidentId", "milestone") WHERE "retiredAt" IS NULL;

-- Open rows are few among many done ones.
CREATE INDEX "Outbox_open_idx" ON "Outbox" ("lane", "id") WHERE "doneAt" IS NULL;
CREATE INDEX "Inbox_open_idx" ON "Inbox" ("touchedAt") WHERE "doneAt" IS NULL;

ALTER TABLE "Incident"
  ADD CONSTRAINT "Incident_number_check" CHECK ("number" > 0),
  ADD CONSTRAINT "Incident_title_check" CHECK ("title" <> ''),
  ADD CONSTRAINT "Incident_closed_check" CHECK (("closedAt" IS NULL) = ("status" IN ('investigating', 'identified', 'monitoring')));
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_number_check" CHECK ("number" > 0);
ALTER TABLE "ImpactWindow"
  ADD CONSTRAINT "ImpactWindow_order_check" CHECK ("from" IS NULL OR "to" IS NULL OR "from" <= "to"),
  ADD CONSTRAINT "ImpactWindow_from_fkey" FOREIGN KEY ("fromEntryId") REFERENCES "Entry" ("id"),
  ADD CONSTRAINT "ImpactWindow_to_fkey" FOREIGN KEY ("toEntryId") REFERENCES "Entry" ("id");
ALTER TABLE "ActionItem" ADD CONSTRAINT "ActionItem_due_check" CHECK ("due" ~ '^\d{4}-\d{2}-\d{2}$');

-- Revisions and activity are append-only.
CREATE FUNCTION debrief_append_only() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END';
CREATE TRIGGER "EntryRevision_append_only" BEFORE UPDATE ON "EntryRevision"
  FOR EACH ROW EXECUTE FUNCTION debrief_append_only();
CREATE TRIGGER "Activity_append_only" BEFORE UPDATE ON "Activity"
  FOR EACH ROW EXECUTE FUNCTION debrief_append_only();
