-- What auditors said of the structure of tables; what the figures of a finding count.

ALTER TABLE "findings" ADD COLUMN "measure" text;

ALTER TABLE "findings_history" ADD COLUMN "measure" text;

ALTER TABLE "findings" ADD COLUMN "unit" integer;

ALTER TABLE "findings_history" ADD COLUMN "unit" integer;

CREATE TABLE "structure_totals" (
    "word_id" text NOT NULL,
    "document_id" text NOT NULL,
    "case_name" text,
    "table_name" text,
    "label" text NOT NULL,
    "parts" text[] NOT NULL,
    "minus" text[] NOT NULL,
    "places" integer NOT NULL,
    "note" text,
    "said_by" text,
    "said_at" timestamptz,
    "confidential" boolean NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "structure_totals_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "structure_totals" WHERE false;

-- only: postgres
ALTER TABLE "structure_totals" ADD PRIMARY KEY ("word_id");

-- only: postgres
CREATE INDEX ON "structure_totals" (document_id);

-- only: postgres
CREATE INDEX ON "structure_totals_history" ("word_id");

-- only: postgres
ALTER TABLE "structure_totals" ADD CONSTRAINT "structure_totals_document_id" FOREIGN KEY ("document_id") REFERENCES "documents" ("document_id");

CREATE TABLE "structure_same" (
    "word_id" text NOT NULL,
    "document_id" text NOT NULL,
    "case_name" text,
    "table_name" text,
    "label" text NOT NULL,
    "other_table_name" text,
    "other_label" text NOT NULL,
    "places" integer NOT NULL,
    "note" text,
    "said_by" text,
    "said_at" timestamptz,
    "confidential" boolean NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "structure_same_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "structure_same" WHERE false;

-- only: postgres
ALTER TABLE "structure_same" ADD PRIMARY KEY ("word_id");

-- only: postgres
CREATE INDEX ON "structure_same" (document_id);

-- only: postgres
CREATE INDEX ON "structure_same_history" ("word_id");

-- only: postgres
ALTER TABLE "structure_same" ADD CONSTRAINT "structure_same_document_id" FOREIGN KEY ("document_id") REFERENCES "documents" ("document_id");

CREATE TABLE "structure_no_errors" (
    "word_id" text NOT NULL,
    "document_id" text NOT NULL,
    "case_name" text,
    "table_name" text,
    "check" text NOT NULL,
    "label" text,
    "places" integer NOT NULL,
    "note" text,
    "said_by" text,
    "said_at" timestamptz,
    "confidential" boolean NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "structure_no_errors_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "structure_no_errors" WHERE false;

-- only: postgres
ALTER TABLE "structure_no_errors" ADD PRIMARY KEY ("word_id");

-- only: postgres
CREATE INDEX ON "structure_no_errors" (document_id);

-- only: postgres
CREATE INDEX ON "structure_no_errors_history" ("word_id");

-- only: postgres
ALTER TABLE "structure_no_errors" ADD CONSTRAINT "structure_no_errors_document_id" FOREIGN KEY ("document_id") REFERENCES "documents" ("document_id");
