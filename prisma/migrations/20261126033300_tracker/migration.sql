-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "tracker" TEXT;

-- Nothing else becomes a link.
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_tracker_web" CHECK ("tracker" ~ '^https?://');
