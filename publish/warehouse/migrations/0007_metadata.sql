-- Fields of a case's head that no column holds; whether a case's title is in doubt.

ALTER TABLE "cases" ADD COLUMN "title_doubtful" boolean;

ALTER TABLE "cases_history" ADD COLUMN "title_doubtful" boolean;

UPDATE "cases" SET "title_doubtful" = false;

ALTER TABLE "cases" ALTER COLUMN "title_doubtful" SET NOT NULL;

CREATE TABLE "case_metadata" (
    "case_metadata_id" text NOT NULL,
    "case_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "name" text NOT NULL,
    "label" text NOT NULL,
    "value" text NOT NULL,
    "page" integer,
    "line" integer,
    "confidential" boolean NOT NULL,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "case_metadata_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "case_metadata" WHERE false;

-- only: postgres
ALTER TABLE "case_metadata" ADD PRIMARY KEY ("case_metadata_id");

-- only: postgres
CREATE INDEX ON "case_metadata" (document_id);

-- only: postgres
CREATE INDEX ON "case_metadata_history" ("case_metadata_id");

-- only: postgres
ALTER TABLE "case_metadata" ADD CONSTRAINT "case_metadata_case_id" FOREIGN KEY ("case_id") REFERENCES "cases" ("case_id");

-- only: postgres
CREATE INDEX ON "case_metadata" ("case_id");
