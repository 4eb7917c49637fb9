-- AlterTable
ALTER TABLE "Reconciling" ADD COLUMN     "again" BOOLEAN NOT NULL DEFAULT false;
