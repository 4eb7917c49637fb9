-- AlterTable
ALTER TABLE "SlackUser" ADD COLUMN     "isGone" BOOLEAN;
