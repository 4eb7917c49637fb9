-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "looked" JSONB;
