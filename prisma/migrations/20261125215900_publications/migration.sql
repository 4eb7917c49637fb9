-- CreateTable
CREATE TABLE "Publication" (
    "id" BIGSERIAL NOT NULL,
    "postmortemId" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT NOT NULL,
    "unfinished" JSONB NOT NULL,

    CONSTRAINT "Publication_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Publication_postmortemId_idx" ON "Publication"("postmortemId");

-- AddForeignKey
ALTER TABLE "Publication" ADD CONSTRAINT "Publication_postmortemId_fkey" FOREIGN KEY ("postmortemId") REFERENCES "Postmortem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is on record is neither changed nor taken away.
CREATE TRIGGER "Publication_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Publication"
  FOR EACH STATEMENT EXECUTE FUNCTION debrief_append_only();
