-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "triedSince" TIMESTAMPTZ(6);
