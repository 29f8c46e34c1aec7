"""The views on the relations, in SQL that DuckDB and PostgreSQL both read, each after those it is made of.

No view holds a figure whose placement is `undecided`; what may be added up counts a case once, however many versions of
it are among the inputs.
"""

from __future__ import annotations

from extract.records import record


@record
class View:
    """A view: its name, what a row of it shows, and its query."""

    name: str
    description: str
    query: str


#: A figure with less confidence makes a sum unsure.
SURE = "0.9"


def _economy(amount: str, level: str, join: str, left_out: str) -> str:
    """The query of a case's economy: which amount in which price level, and what of it cannot be taken."""
    return f"""
        WITH figures AS (
            SELECT t.case_id, l.component, a.year, {level} AS price_level, {amount} AS amount_dkk, a.confidence,
                   {left_out} AS left_out, t.kind = 'summary' AS of_summary
            FROM amounts a JOIN lines l ON l.line_id = a.line_id JOIN tables t ON t.table_id = l.table_id {join}
            WHERE l.role = 'detail' AND l.component IS NOT NULL AND a.amount_dkk IS NOT NULL AND a.year IS NOT NULL
        ),
        detailed AS (SELECT DISTINCT case_id, component FROM figures WHERE NOT of_summary),
        chosen AS (
            SELECT f.* FROM figures f LEFT JOIN detailed d ON d.case_id = f.case_id AND d.component = f.component
            WHERE f.of_summary = (d.case_id IS NULL)
        ),
        unplaced AS (SELECT case_id, count(*) AS figures FROM chosen WHERE left_out GROUP BY case_id),
        wrong AS (
            SELECT case_id, count(*) AS findings FROM open_findings WHERE severity = 'error' GROUP BY case_id
        )
        SELECT c.case_id, c.document_id, c.case_key, c.municipality, c.budget_round, c.code, c.title, f.year,
               f.price_level,
               sum(CASE WHEN f.component = 'recurring' THEN f.amount_dkk END) AS recurring_dkk,
               sum(CASE WHEN f.component = 'service' THEN f.amount_dkk END) AS service_dkk,
               sum(CASE WHEN f.component = 'capital' THEN f.amount_dkk END) AS capital_dkk,
               sum(f.amount_dkk) AS total_dkk,
               count(*) AS figures, min(f.confidence) AS confidence,
               coalesce(max(u.figures), 0) AS undecided_left_out, coalesce(max(w.findings), 0) AS open_errors,
               max(u.figures) IS NULL AND max(w.findings) IS NULL AND min(f.confidence) >= {SURE} AS sure
        FROM counted_cases c JOIN chosen f ON f.case_id = c.case_id
        LEFT JOIN unplaced u ON u.case_id = c.case_id LEFT JOIN wrong w ON w.case_id = c.case_id
        WHERE c.kind = 'case' AND NOT f.left_out
        GROUP BY c.case_id, c.document_id, c.case_key, c.municipality, c.budget_round, c.code, c.title, f.year,
                 f.price_level
    """


VIEWS = (
    View(
        "counted_cases",
        "The cases and catalogues that count: of several versions of a case only one.",
        """
        SELECT c.* FROM cases c
        WHERE c.kind <> 'document' AND c.version_of IS NULL
        """,
    ),
    View(
        "amounts_long",
        "Every figure that has its place, with its file, case, table and row written out.",
        """
        SELECT d.file_name, d.path, c.municipality, c.budget_round, c.code AS case_code, c.title AS case_title,
               c.version_of, t.label AS table_label, t.kind, t.measure, t.unit, l.label AS line_label, l.role,
               l.component, a.steering_area, a.appropriation, a.committee, a.year, a.column_label, a.printed, a.value,
               a.amount_dkk, a.price_level, a.placement, a.confidence, a.page, a.source_line, a.amount_id, a.line_id,
               a.table_id, a.case_id, c.document_id
        FROM amounts a JOIN lines l ON l.line_id = a.line_id JOIN tables t ON t.table_id = l.table_id
        JOIN cases c ON c.case_id = t.case_id JOIN documents d ON d.document_id = c.document_id
        WHERE a.placement <> 'undecided'
        """,
    ),
    View(
        "open_findings",
        "Errors and warnings that are causes of their own and that nobody has dismissed, with file, case, "
        "table and row "
        "written out.",
        """
        SELECT f.finding_id, f.severity, f."check", d.file_name, c.code AS case_code, c.title AS case_title,
               t.label AS table_label, l.label AS line_label, f.year, f.stated, f.expected, f.difference, f.tolerance,
               f.difference * f.unit AS difference_dkk,
               f.message_da, f.message_en, f.cause, f.page, f.source_line, f.case_id, f.table_id, f.line_id,
               f.document_id,
               (SELECT count(*) FROM findings s WHERE s.consequence_of = f.finding_id) AS consequences
        FROM findings f JOIN documents d ON d.document_id = f.document_id JOIN cases c ON c.case_id = f.case_id
        LEFT JOIN tables t ON t.table_id = f.table_id LEFT JOIN lines l ON l.line_id = f.line_id
        WHERE f.severity IN ('error', 'warning') AND f.consequence_of IS NULL
          AND NOT EXISTS (SELECT 1 FROM decisions x WHERE x.finding_id = f.finding_id AND x.decision = 'dismissed')
        """,
    ),
    View(
        "lowest_level_dkk",
        "Detail rows of the cases that count, in kroner: may be added up without counting a krone twice "
        "within a table.",
        """
        SELECT a.case_id, a.table_id, t.kind, l.label AS line_label, l.component, a.steering_area, a.appropriation,
               a.committee, a.year, a.price_level, a.amount_dkk, a.confidence, a.amount_id
        FROM amounts a JOIN lines l ON l.line_id = a.line_id JOIN tables t ON t.table_id = l.table_id
        JOIN counted_cases c ON c.case_id = t.case_id
        WHERE l.role = 'detail' AND a.amount_dkk IS NOT NULL AND a.year IS NOT NULL AND a.placement <> 'undecided'
        """,
    ),
    View(
        "case_economy",
        "What a case costs (plus) and saves (minus) in a year, in kroner of one price level: lasting changes, "
        "implementation on service and on capital, and all of it. Taken from the detailed tables, or from the summary "
        "where the case has none of that part. `sure` is true where no figure had to be left out, the case has no open "
        f"error, and every figure has a confidence of {SURE} or more.",
        _economy("a.amount_dkk", "a.price_level", "", "a.placement = 'undecided'"),
    ),
    View(
        "case_economy_one_level",
        "The same in the one price level that the run was asked for, empty where it was asked for none. Figures that "
        "could not be brought there are left out and counted in `undecided_left_out`; those that the rates leave as "
        "they are (`unprojected`) are in.",
        _economy(
            "p.amount_dkk", "p.price_level", "JOIN projections p ON p.amount_id = a.amount_id", "p.amount_dkk IS NULL"
        ),
    ),
    View(
        "amounts_one_level",
        "Every figure of money in the one price level that the run was asked for, beside what is printed; "
        "`reason` says "
        "why one is missing. Empty where the run was asked for none.",
        """
        SELECT l.*, p.price_level AS one_level, p.amount_dkk AS amount_one_level, p.reason, p.rates
        FROM amounts_long l JOIN projections p ON p.amount_id = l.amount_id
        """,
    ),
    View(
        "finding_amounts",
        "A figure that a finding rests on.",
        "SELECT finding_id, unnest(evidence) AS amount_id FROM findings",
    ),
    View(
        "dim_document",
        "Star: the file.",
        """
        SELECT document_id, file_name, path, source_folder, sha256, media_type, pages, status, reason_code
        FROM documents
        """,
    ),
    View(
        "dim_case",
        "Star: the case, with the first administration that proposes it.",
        """
        SELECT c.case_id, c.document_id, c.case_key, c.municipality, c.budget_round, c.code, c.title, c.kind,
               c.confidential, a.administration, a.shared_by AS administrations,
               EXISTS (SELECT 1 FROM counted_cases n WHERE n.case_id = c.case_id) AS counted
        FROM cases c LEFT JOIN case_administrations a
          ON a.case_id = c.case_id AND a.part = 'proposes' AND a.ordinal = 0
        """,
    ),
    View(
        "dim_administration",
        "Star: an administration, by its name and the days on which it has it.",
        "SELECT DISTINCT administration, name_valid_from, name_valid_to FROM case_administrations",
    ),
    View(
        "dim_table",
        "Star: the table.",
        "SELECT table_id, case_id, label, title, kind, measure, unit, price_level, first_page FROM tables",
    ),
    View(
        "dim_line",
        "Star: the row of a table.",
        "SELECT line_id, table_id, ordinal, label, role, component, steering_area, appropriation, committee FROM lines",
    ),
    View(
        "dim_year",
        "Star: the years that figures are of.",
        "SELECT DISTINCT year FROM amounts WHERE year IS NOT NULL AND placement <> 'undecided'",
    ),
    View(
        "fact_amount",
        "Star: a figure that has its place. Where `additive` is true, amounts of one `kind`, or of one "
        "`component` within "
        "one `kind`, may be added up.",
        """
        SELECT a.amount_id, a.line_id, t.table_id, c.case_id, c.document_id, a.year, t.kind, l.component, l.role,
               t.measure, a.steering_area, a.appropriation, a.committee, a.price_level, a.value, a.amount_dkk,
               a.confidence, l.role = 'detail' AND n.case_id IS NOT NULL AS additive
        FROM amounts a JOIN lines l ON l.line_id = a.line_id JOIN tables t ON t.table_id = l.table_id
        JOIN cases c ON c.case_id = t.case_id LEFT JOIN counted_cases n ON n.case_id = c.case_id
        WHERE a.placement <> 'undecided'
        """,
    ),
    View(
        "fact_finding",
        "Star: a discrepancy, with its difference in kroner where it is one of money.",
        """
        SELECT f.finding_id, f.document_id, f.case_id, f.table_id, f.line_id, f.year, f."check", f.severity, f.verdict,
               f.cause, f.reread, f.consequence_of, f.stated, f.expected, f.difference,
               f.difference * f.unit AS difference_dkk,
               (SELECT max(x.decision) FROM decisions x WHERE x.finding_id = f.finding_id) AS decision
        FROM findings f
        """,
    ),
)
