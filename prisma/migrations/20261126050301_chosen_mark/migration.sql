-- AlterTable
ALTER TABLE "Mark" ADD COLUMN     "chosen" BOOLEAN NOT NULL DEFAULT false;
