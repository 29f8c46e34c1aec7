-- Figures that found no place are named.

CREATE TABLE "unplaced" (
    "unplaced_id" text NOT NULL,
    "document_id" text NOT NULL,
    "ordinal" integer NOT NULL,
    "printed" text NOT NULL,
    "page" integer NOT NULL,
    "line" integer,
    "confidential" boolean NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "unplaced_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "unplaced" WHERE false;

-- only: postgres
ALTER TABLE "unplaced" ADD PRIMARY KEY ("unplaced_id");

-- only: postgres
CREATE INDEX ON "unplaced" (document_id);

-- only: postgres
CREATE INDEX ON "unplaced_history" ("unplaced_id");

-- only: postgres
ALTER TABLE "unplaced" ADD CONSTRAINT "unplaced_document_id" FOREIGN KEY ("document_id") REFERENCES "documents" ("document_id");
