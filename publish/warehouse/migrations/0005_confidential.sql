-- Whether the case that a row belongs to is confidential.

ALTER TABLE "case_administrations" ADD COLUMN "confidential" boolean;

ALTER TABLE "case_administrations_history" ADD COLUMN "confidential" boolean;

UPDATE "case_administrations" SET "confidential" = coalesce((SELECT c."confidential" FROM "cases" c WHERE c."case_id" = "case_administrations"."case_id"), false);

ALTER TABLE "case_administrations" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "headings" ADD COLUMN "confidential" boolean;

ALTER TABLE "headings_history" ADD COLUMN "confidential" boolean;

UPDATE "headings" SET "confidential" = coalesce((SELECT c."confidential" FROM "cases" c WHERE c."case_id" = "headings"."case_id"), false);

ALTER TABLE "headings" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "tables" ADD COLUMN "confidential" boolean;

ALTER TABLE "tables_history" ADD COLUMN "confidential" boolean;

UPDATE "tables" SET "confidential" = coalesce((SELECT c."confidential" FROM "cases" c WHERE c."case_id" = "tables"."case_id"), false);

ALTER TABLE "tables" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "lines" ADD COLUMN "confidential" boolean;

ALTER TABLE "lines_history" ADD COLUMN "confidential" boolean;

UPDATE "lines" SET "confidential" = coalesce((SELECT t."confidential" FROM "tables" t WHERE t."table_id" = "lines"."table_id"), false);

ALTER TABLE "lines" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "amounts" ADD COLUMN "confidential" boolean;

ALTER TABLE "amounts_history" ADD COLUMN "confidential" boolean;

UPDATE "amounts" SET "confidential" = coalesce((SELECT c."confidential" FROM "cases" c WHERE c."case_id" = "amounts"."case_id"), false);

ALTER TABLE "amounts" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "projections" ADD COLUMN "confidential" boolean;

ALTER TABLE "projections_history" ADD COLUMN "confidential" boolean;

UPDATE "projections" SET "confidential" = coalesce((SELECT a."confidential" FROM "amounts" a WHERE a."amount_id" = "projections"."amount_id"), false);

ALTER TABLE "projections" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "findings" ADD COLUMN "confidential" boolean;

ALTER TABLE "findings_history" ADD COLUMN "confidential" boolean;

UPDATE "findings" SET "confidential" = coalesce((SELECT c."confidential" FROM "cases" c WHERE c."case_id" = "findings"."case_id"), false);

ALTER TABLE "findings" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "statements" ADD COLUMN "confidential" boolean;

ALTER TABLE "statements_history" ADD COLUMN "confidential" boolean;

UPDATE "statements" SET "confidential" = coalesce((SELECT c."confidential" FROM "cases" c WHERE c."case_id" = "statements"."case_id"), false);

ALTER TABLE "statements" ALTER COLUMN "confidential" SET NOT NULL;

ALTER TABLE "decisions" ADD COLUMN "confidential" boolean;

ALTER TABLE "decisions_history" ADD COLUMN "confidential" boolean;

UPDATE "decisions" SET "confidential" = (SELECT f."confidential" FROM "findings" f WHERE f."finding_id" = "decisions"."finding_id");
