-- AlterTable
ALTER TABLE "Entry" ADD COLUMN     "files" JSONB;
