-- What a document holds besides figures: active content, personal numbers, whether it is confidential.

ALTER TABLE "documents" ADD COLUMN "active_content" text[];

ALTER TABLE "documents_history" ADD COLUMN "active_content" text[];

UPDATE "documents" SET "active_content" = ARRAY[]::text[];

ALTER TABLE "documents" ALTER COLUMN "active_content" SET NOT NULL;

ALTER TABLE "documents" ADD COLUMN "cpr_numbers" integer;

ALTER TABLE "documents_history" ADD COLUMN "cpr_numbers" integer;

UPDATE "documents" SET "cpr_numbers" = 0;

ALTER TABLE "documents" ALTER COLUMN "cpr_numbers" SET NOT NULL;

ALTER TABLE "documents" ADD COLUMN "confidential" boolean;

ALTER TABLE "documents_history" ADD COLUMN "confidential" boolean;

UPDATE "documents" SET "confidential" = false;

ALTER TABLE "documents" ALTER COLUMN "confidential" SET NOT NULL;
