-- Amounts in one price level, and the rates that lead there.

CREATE TABLE "rates" (
    "rate_id" text NOT NULL,
    "series" text NOT NULL,
    "year" integer NOT NULL,
    "percent" numeric(28, 6) NOT NULL,
    "vintage" date NOT NULL,
    "source" text NOT NULL,
    "made_up" boolean NOT NULL,
    "document_id" text,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "rates_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "rates" WHERE false;

-- only: postgres
ALTER TABLE "rates" ADD PRIMARY KEY ("rate_id");

CREATE TABLE "projections" (
    "projection_id" text NOT NULL,
    "amount_id" text NOT NULL,
    "price_level" integer NOT NULL,
    "amount_dkk" numeric(28, 6),
    "reason" text,
    "rates" text[] NOT NULL,
    "document_id" text NOT NULL,
    "load_id" text NOT NULL,
    "valid_from" timestamptz NOT NULL
);

CREATE TABLE "projections_history" AS
SELECT *, CAST(NULL AS timestamptz) AS "valid_to", CAST(NULL AS text) AS "closed_by" FROM "projections" WHERE false;

-- only: postgres
ALTER TABLE "projections" ADD PRIMARY KEY ("projection_id");

-- only: postgres
CREATE INDEX ON "projections" (document_id);

-- only: postgres
CREATE INDEX ON "projections_history" ("projection_id");

-- only: postgres
ALTER TABLE "projections" ADD CONSTRAINT "projections_amount_id" FOREIGN KEY ("amount_id") REFERENCES "amounts" ("amount_id");

-- only: postgres
CREATE INDEX ON "projections" ("amount_id");
