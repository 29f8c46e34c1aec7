-- Paths, counts of what was not placed, identity and versions of cases, administrations as rows, what is carried down
-- to each figure, decisions.

ALTER TABLE "documents" ADD COLUMN "path" text;

ALTER TABLE "documents_history" ADD COLUMN "path" text;

ALTER TABLE "documents" ADD COLUMN "source_folder" text;

ALTER TABLE "documents_history" ADD COLUMN "source_folder" text;

ALTER TABLE "documents" ADD COLUMN "unplaced_figures" integer;

ALTER TABLE "documents_history" ADD COLUMN "unplaced_figures" integer;

ALTER TABLE "documents" ADD COLUMN "captions_without_table" integer;

ALTER TABLE "documents_history" ADD COLUMN "captions_without_table" integer;

ALTER TABLE "documents" ADD COLUMN "partial_pages" integer[];

ALTER TABLE "documents_history" ADD COLUMN "partial_pages" integer[];

UPDATE "documents" SET "partial_pages" = ARRAY[]::integer[];

ALTER TABLE "documents" ALTER COLUMN "partial_pages" SET NOT NULL;

ALTER TABLE "cases" ADD COLUMN "case_key" text;

ALTER TABLE "cases_history" ADD COLUMN "case_key" text;

ALTER TABLE "cases" ADD COLUMN "version_of" text;

ALTER TABLE "cases_history" ADD COLUMN "version_of" text;

ALTER TABLE "cases" ADD COLUMN "municipality" text;

ALTER TABLE "cases_history" ADD COLUMN "municipality" text;

CREATE TABLE "case_administrations" (
    "case_administration_id" text NOT NULL,
    "case_id" text NOT NULL,
    "part" text NOT NULL,
    "ordinal" integer NOT NULL,
    "shared_by" integer NOT NULL,
    "administration" text NOT NULL,
    "name_valid_from" date,
    "name_valid_to" date,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "case_administrations_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "case_administrations" WHERE false;

-- only: postgres
ALTER TABLE "case_administrations" ADD PRIMARY KEY ("case_administration_id");

-- only: postgres
CREATE INDEX ON "case_administrations" (document_id);

-- only: postgres
CREATE INDEX ON "case_administrations_history" ("case_administration_id");

-- only: postgres
ALTER TABLE "case_administrations" ADD CONSTRAINT "case_administrations_case_id" FOREIGN KEY ("case_id") REFERENCES "cases" ("case_id");

-- only: postgres
CREATE INDEX ON "case_administrations" ("case_id");

ALTER TABLE "tables" ADD COLUMN "unplaced_figures" integer;

ALTER TABLE "tables_history" ADD COLUMN "unplaced_figures" integer;

ALTER TABLE "lines" ADD COLUMN "component" text;

ALTER TABLE "lines_history" ADD COLUMN "component" text;

ALTER TABLE "amounts" ADD COLUMN "steering_area" text;

ALTER TABLE "amounts_history" ADD COLUMN "steering_area" text;

ALTER TABLE "amounts" ADD COLUMN "appropriation" text;

ALTER TABLE "amounts_history" ADD COLUMN "appropriation" text;

ALTER TABLE "amounts" ADD COLUMN "committee" text;

ALTER TABLE "amounts_history" ADD COLUMN "committee" text;

CREATE TABLE "decisions" (
    "decision_id" text NOT NULL,
    "finding_id" text NOT NULL,
    "decision" text NOT NULL,
    "note" text,
    "decided_by" text,
    "decided_at" timestamptz,
    "document_id" text,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "decisions_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "decisions" WHERE false;

-- only: postgres
ALTER TABLE "decisions" ADD PRIMARY KEY ("decision_id");

-- only: postgres
CREATE INDEX ON "decisions" (document_id);

-- only: postgres
CREATE INDEX ON "decisions_history" ("decision_id");
