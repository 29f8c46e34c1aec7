-- The relations of the contract's first version, each with the rows that are valid now, and beside it those that were.
-- `document_id` of a row is the document that it came with: the loader changes all rows of a document together.
-- SQL that PostgreSQL and DuckDB both read; what only one of them needs stands below "-- only: <database>".
-- A closed row keeps what it said, from when to when it was valid, and the load that closed it.
-- DuckDB holds no keys and references here, since it cannot replace rows that others refer to: the loader checks them.

CREATE TABLE "documents" (
    "document_id" text NOT NULL,
    "file_name" text NOT NULL,
    "sha256" text NOT NULL,
    "media_type" text NOT NULL,
    "pages" integer NOT NULL,
    "status" text NOT NULL,
    "reason" text,
    "duplicate_of" text,
    "cases" integer NOT NULL,
    "tables" integer NOT NULL,
    "figures" integer NOT NULL,
    "reason_code" text,
    "reason_en" text,
    "tokens" integer NOT NULL,
    "orphans" integer NOT NULL,
    "scanned_pages" integer[] NOT NULL,
    "second_opinion_pages" integer[] NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "documents_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "documents" WHERE false;

-- only: postgres
ALTER TABLE "documents" ADD PRIMARY KEY ("document_id");

-- only: postgres
CREATE INDEX ON "documents_history" ("document_id");

CREATE TABLE "cases" (
    "case_id" text NOT NULL,
    "document_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "code" text,
    "title" text,
    "summary" text,
    "administrations" text[] NOT NULL,
    "affected" text[],
    "budget_round" text,
    "confidential" boolean NOT NULL,
    "first_page" integer NOT NULL,
    "last_page" integer NOT NULL,
    "kind" text NOT NULL,
    "stated_price_level" integer,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "cases_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "cases" WHERE false;

-- only: postgres
ALTER TABLE "cases" ADD PRIMARY KEY ("case_id");

-- only: postgres
CREATE INDEX ON "cases" (document_id);

-- only: postgres
CREATE INDEX ON "cases_history" ("case_id");

-- only: postgres
ALTER TABLE "cases" ADD CONSTRAINT "cases_document_id" FOREIGN KEY ("document_id") REFERENCES "documents" ("document_id");

CREATE TABLE "headings" (
    "heading_id" text NOT NULL,
    "case_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "number" text,
    "title" text NOT NULL,
    "level" integer NOT NULL,
    "page" integer,
    "line" integer,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "headings_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "headings" WHERE false;

-- only: postgres
ALTER TABLE "headings" ADD PRIMARY KEY ("heading_id");

-- only: postgres
CREATE INDEX ON "headings" (document_id);

-- only: postgres
CREATE INDEX ON "headings_history" ("heading_id");

-- only: postgres
ALTER TABLE "headings" ADD CONSTRAINT "headings_case_id" FOREIGN KEY ("case_id") REFERENCES "cases" ("case_id");

-- only: postgres
CREATE INDEX ON "headings" ("case_id");

CREATE TABLE "tables" (
    "table_id" text NOT NULL,
    "case_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "label" text,
    "title" text,
    "kind" text NOT NULL,
    "measure" text NOT NULL,
    "unit" integer,
    "price_level" integer,
    "first_page" integer NOT NULL,
    "last_page" integer NOT NULL,
    "price_level_printed" text,
    "cost_sign" integer NOT NULL,
    "column_labels" text[] NOT NULL,
    "column_kinds" text[] NOT NULL,
    "notes" text[] NOT NULL,
    "reader" text NOT NULL,
    "tokens" integer NOT NULL,
    "orphans" text[] NOT NULL,
    "x0" float8,
    "y0" float8,
    "x1" float8,
    "y1" float8,
    "source_line" integer,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "tables_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "tables" WHERE false;

-- only: postgres
ALTER TABLE "tables" ADD PRIMARY KEY ("table_id");

-- only: postgres
CREATE INDEX ON "tables" (document_id);

-- only: postgres
CREATE INDEX ON "tables_history" ("table_id");

-- only: postgres
ALTER TABLE "tables" ADD CONSTRAINT "tables_case_id" FOREIGN KEY ("case_id") REFERENCES "cases" ("case_id");

-- only: postgres
CREATE INDEX ON "tables" ("case_id");

CREATE TABLE "lines" (
    "line_id" text NOT NULL,
    "table_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "label" text NOT NULL,
    "role" text NOT NULL,
    "steering_area" text,
    "appropriation" text,
    "committee" text,
    "section_line_id" text,
    "texts" text[] NOT NULL,
    "page" integer,
    "x0" float8,
    "y0" float8,
    "x1" float8,
    "y1" float8,
    "source_line" integer,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "lines_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "lines" WHERE false;

-- only: postgres
ALTER TABLE "lines" ADD PRIMARY KEY ("line_id");

-- only: postgres
CREATE INDEX ON "lines" (document_id);

-- only: postgres
CREATE INDEX ON "lines_history" ("line_id");

-- only: postgres
ALTER TABLE "lines" ADD CONSTRAINT "lines_table_id" FOREIGN KEY ("table_id") REFERENCES "tables" ("table_id");

-- only: postgres
CREATE INDEX ON "lines" ("table_id");

CREATE TABLE "amounts" (
    "amount_id" text NOT NULL,
    "line_id" text NOT NULL,
    "table_id" text NOT NULL,
    "case_id" text NOT NULL,
    "year" integer,
    "column_label" text NOT NULL,
    "printed" text NOT NULL,
    "value" numeric(28, 6),
    "amount_dkk" numeric(28, 6),
    "price_level" integer,
    "placement" text NOT NULL,
    "confidence" float8 NOT NULL,
    "page" integer,
    "x0" float8,
    "y0" float8,
    "x1" float8,
    "y1" float8,
    "source_line" integer,
    "column_index" integer NOT NULL,
    "half_step" numeric(28, 6),
    "alternatives" numeric(28, 6)[] NOT NULL,
    "second_reading" text,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "amounts_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "amounts" WHERE false;

-- only: postgres
ALTER TABLE "amounts" ADD PRIMARY KEY ("amount_id");

-- only: postgres
CREATE INDEX ON "amounts" (document_id);

-- only: postgres
CREATE INDEX ON "amounts_history" ("amount_id");

-- only: postgres
ALTER TABLE "amounts" ADD CONSTRAINT "amounts_line_id" FOREIGN KEY ("line_id") REFERENCES "lines" ("line_id");

-- only: postgres
CREATE INDEX ON "amounts" ("line_id");

CREATE TABLE "findings" (
    "finding_id" text NOT NULL,
    "case_id" text NOT NULL,
    "check" text NOT NULL,
    "severity" text NOT NULL,
    "table_id" text,
    "line_id" text,
    "year" integer,
    "other_table_id" text,
    "other_line_id" text,
    "stated" numeric(28, 6),
    "expected" numeric(28, 6),
    "difference" numeric(28, 6),
    "tolerance" numeric(28, 6),
    "message_da" text NOT NULL,
    "message_en" text NOT NULL,
    "evidence" text[] NOT NULL,
    "document_id" text NOT NULL,
    "message" text NOT NULL,
    "verdict" text NOT NULL,
    "cause" text,
    "cause_da" text,
    "cause_en" text,
    "consequence_of" text,
    "reread" boolean NOT NULL,
    "quote" text,
    "page" integer,
    "source_line" integer,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "findings_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "findings" WHERE false;

-- only: postgres
ALTER TABLE "findings" ADD PRIMARY KEY ("finding_id");

-- only: postgres
CREATE INDEX ON "findings" (document_id);

-- only: postgres
CREATE INDEX ON "findings_history" ("finding_id");

-- only: postgres
ALTER TABLE "findings" ADD CONSTRAINT "findings_case_id" FOREIGN KEY ("case_id") REFERENCES "cases" ("case_id");

-- only: postgres
CREATE INDEX ON "findings" ("case_id");

-- only: postgres
ALTER TABLE "findings" ADD CONSTRAINT "findings_table_id" FOREIGN KEY ("table_id") REFERENCES "tables" ("table_id");

-- only: postgres
CREATE INDEX ON "findings" ("table_id");

-- only: postgres
ALTER TABLE "findings" ADD CONSTRAINT "findings_line_id" FOREIGN KEY ("line_id") REFERENCES "lines" ("line_id");

-- only: postgres
CREATE INDEX ON "findings" ("line_id");

-- only: postgres
ALTER TABLE "findings" ADD CONSTRAINT "findings_document_id" FOREIGN KEY ("document_id") REFERENCES "documents" ("document_id");

CREATE TABLE "statements" (
    "statement_id" text NOT NULL,
    "case_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "kind" text NOT NULL,
    "value" numeric(28, 6),
    "half_step" numeric(28, 6),
    "printed" text NOT NULL,
    "sentence" text NOT NULL,
    "years" integer[] NOT NULL,
    "onwards" boolean NOT NULL,
    "per_year" boolean NOT NULL,
    "total" boolean NOT NULL,
    "approximate" boolean NOT NULL,
    "table_id" text,
    "line_id" text,
    "heading_id" text,
    "page" integer,
    "x0" float8,
    "y0" float8,
    "x1" float8,
    "y1" float8,
    "source_line" integer,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "statements_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "statements" WHERE false;

-- only: postgres
ALTER TABLE "statements" ADD PRIMARY KEY ("statement_id");

-- only: postgres
CREATE INDEX ON "statements" (document_id);

-- only: postgres
CREATE INDEX ON "statements_history" ("statement_id");

-- only: postgres
ALTER TABLE "statements" ADD CONSTRAINT "statements_case_id" FOREIGN KEY ("case_id") REFERENCES "cases" ("case_id");

-- only: postgres
CREATE INDEX ON "statements" ("case_id");

-- only: postgres
ALTER TABLE "statements" ADD CONSTRAINT "statements_table_id" FOREIGN KEY ("table_id") REFERENCES "tables" ("table_id");

-- only: postgres
CREATE INDEX ON "statements" ("table_id");

-- only: postgres
ALTER TABLE "statements" ADD CONSTRAINT "statements_line_id" FOREIGN KEY ("line_id") REFERENCES "lines" ("line_id");

-- only: postgres
CREATE INDEX ON "statements" ("line_id");

-- only: postgres
ALTER TABLE "statements" ADD CONSTRAINT "statements_heading_id" FOREIGN KEY ("heading_id") REFERENCES "headings" ("heading_id");

-- only: postgres
CREATE INDEX ON "statements" ("heading_id");

CREATE TABLE "document_digests" (
    "document_id" text NOT NULL,
    "digest" text NOT NULL
);

CREATE TABLE "loads" (
    "load_id" text NOT NULL,
    "run_id" text NOT NULL,
    "schema_version" integer NOT NULL,
    "program_version" text NOT NULL,
    "status" text NOT NULL,
    "started_at" timestamptz NOT NULL,
    "finished_at" timestamptz NOT NULL,
    "source" text NOT NULL,
    "documents" integer NOT NULL,
    "rows_added" integer NOT NULL,
    "rows_changed" integer NOT NULL,
    "rows_closed" integer NOT NULL,
    "inputs" text[] NOT NULL
);

-- only: postgres
ALTER TABLE "loads" ADD PRIMARY KEY ("load_id");
