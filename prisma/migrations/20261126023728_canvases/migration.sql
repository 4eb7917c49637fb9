-- AlterTable
ALTER TABLE "Postmortem" ADD COLUMN     "canvasId" TEXT,
ADD COLUMN     "canvasUrl" TEXT;
