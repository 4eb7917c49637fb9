-- Text anywhere within another is found by its groups of three letters.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateIndex
CREATE INDEX "Incident_title_idx" ON "Incident" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Entry_text_idx" ON "Entry" USING GIN ("text" gin_trgm_ops);
