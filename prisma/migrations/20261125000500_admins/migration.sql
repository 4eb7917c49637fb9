-- AlterTable
ALTER TABLE "SlackUser" ADD COLUMN     "isAdmin" BOOLEAN;
