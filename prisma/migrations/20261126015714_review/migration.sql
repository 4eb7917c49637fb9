-- AlterTable
ALTER TABLE "SlackUser" ADD COLUMN     "isBot" BOOLEAN;

-- CreateTable
CREATE TABLE "ReviewRequest" (
    "id" UUID NOT NULL,
    "postmortemId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "reviewerId" TEXT NOT NULL,
    "askedBy" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(6) NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL,
    "channelId" TEXT,
    "messageTs" TEXT,
    "answer" TEXT,
    "comment" TEXT NOT NULL DEFAULT '',
    "answeredAt" TIMESTAMPTZ(6),
    "ended" TEXT,
    "endedBy" TEXT,
    "endedAt" TIMESTAMPTZ(6),

    CONSTRAINT "ReviewRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReviewRequest_postmortemId_idx" ON "ReviewRequest"("postmortemId");

-- AddForeignKey
ALTER TABLE "ReviewRequest" ADD CONSTRAINT "ReviewRequest_postmortemId_fkey" FOREIGN KEY ("postmortemId") REFERENCES "Postmortem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.

-- A person is asked once at a time.
CREATE UNIQUE INDEX "ReviewRequest_open_key" ON "ReviewRequest" ("postmortemId", "reviewerId")
  WHERE "answeredAt" IS NULL AND "endedAt" IS NULL;

ALTER TABLE "ReviewRequest"
  ADD CONSTRAINT "ReviewRequest_answer_check" CHECK ("answer" IN ('approved', 'changes')),
  ADD CONSTRAINT "ReviewRequest_answered_check" CHECK (("answer" IS NULL) = ("answeredAt" IS NULL)),
  ADD CONSTRAINT "ReviewRequest_comment_check" CHECK ("answer" IS DISTINCT FROM 'changes' OR "comment" <> ''),
  ADD CONSTRAINT "ReviewRequest_ended_check" CHECK
    (("ended" IS NULL) = ("endedAt" IS NULL) AND ("ended" IS NULL) = ("endedBy" IS NULL)),
  ADD CONSTRAINT "ReviewRequest_end_check" CHECK
    ("ended" IN ('changes', 'draft', 'published', 'reopened', 'canceled', 'merged', 'unreachable')),
  ADD CONSTRAINT "ReviewRequest_over_once_check" CHECK ("answeredAt" IS NULL OR "endedAt" IS NULL);

-- What is on record is not taken away.
CREATE TRIGGER "ReviewRequest_kept" BEFORE DELETE OR TRUNCATE ON "ReviewRequest"
  FOR EACH STATEMENT EXECUTE FUNCTION debrief_append_only();
