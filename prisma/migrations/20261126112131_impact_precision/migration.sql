-- AlterTable
ALTER TABLE "ImpactWindow" ADD COLUMN     "fromPrecision" "Precision" NOT NULL DEFAULT 'exact',
ADD COLUMN     "toPrecision" "Precision" NOT NULL DEFAULT 'exact';
