"""What speaks for and against a line being a case's title or beginning, each term with a weight in bits.

A weight is how much more often the thing is seen where the reading is right than where it is wrong, as a logarithm to
base 2.  They were set by hand on the templates that the bench knows and are measured there as a whole.
"""

from __future__ import annotations

from extract.models import Place
from extract.records import record


@record
class Term:
    """One piece of evidence: its name in the catalogue of texts, its bits, and where it is printed."""

    name: str
    bits: float
    place: Place | None = None


@record
class TitleWeights:
    """Bits for and against a line of the head block being the title."""

    labelled: float = 16.0  # the value of a title field
    labelled_weakly: float = 7.0  # of a field whose label is as often a section's heading ("Forslag")
    coded: float = 9.0  # a code stands before it
    numbered: float = 5.0  # a bare number or an unknown word with a number stands before it
    below_code: float = 6.0  # it stands right below a code alone on its line
    above_code: float = 3.0  # likewise right above it
    below_office: float = 2.5  # it stands right below an office's name
    value: float = 3.0  # it is a field's value, in a head of nothing but fields
    stated: float = 6.0  # a field of the head says the same
    largest: float = 5.0  # it is printed larger than the other lines of the head
    smaller: float = -3.0  # for each larger size in the head
    level_share: float = 0.1  # of that, where no size is printed and headings only have levels
    heading: float = 2.0  # it is printed as a heading
    heading_level: float = 1.0  # its text has no sizes, and what stands around it makes it one
    before_body: float = 1.5  # it is the last line before fields, prose or tables
    only: float = 1.0  # no other line of the head may be the title
    longest: float = 2.0  # it has more words than the other lines of the head
    opener: float = -0.5  # it is the first of them
    few_words: float = -0.6  # it is a word or two
    told: float = 1.0  # times the share of its words that come again below the head
    above_table: float = -1.5  # it stands right above a table, and other lines above it
    listed: float = 10.0  # an overview of the same file lists it
    catalogue: float = 3.0  # it names an overview of many proposals
    municipality: float = -14.0
    paper: float = -5.0  # it only says what kind of paper it is, above other lines
    paper_last: float = -0.5  # likewise, below all of them
    shorter: float = -5.0  # another line of the head says the same and more
    paper_of: float = 5.0  # it says what kind of paper it is, and of what or when
    year_alone: float = -9.0  # a year, as a column's header has it
    after_municipality: float = -4.0  # the other half of a running head that begins with the municipality alone
    banner: float = -9.0
    office: float = -7.0
    annex: float = -9.0
    addressed: float = -6.0  # it says to whom the paper goes
    item: float = -12.0
    fact: float = -14.0  # a label and its value, a date, a journal number
    section: float = -12.0
    prose: float = -14.0
    capitals: float = -4.0  # all capitals above a line that is not
    running: float = -8.0  # it comes again as the head of other pages
    again: float = -8.0  # other cases of the file have it as well
    dated: float = -5.0  # it ends in a date, and no kind of paper is named
    asks: float = -3.0  # it is a question
    later: float = -0.6  # for each line further down
    long: float = -6.0  # more than 160 characters
    least: float = -7.0  # a line with less is no title at all
    margin: float = 3.0  # a title with less than this before the next best is doubtful


@record
class CodeWeights:
    """Bits for and against a bare number before a title being the case's code; above 0 it is."""

    number: float = 2.0  # of two digits
    digit: float = -2.0
    agenda: float = -3.0  # for each heading that the items of agendas have
    journal: float = -1.5  # the case has a journal number


@record
class StartWeights:
    """Bits for and against a case beginning at a line, and for what a case holds."""

    prior: float = -9.0  # a line amid a document
    prior_first: float = -1.0  # the first case after a cover
    banner: float = 9.0
    title_field: float = 13.0
    title_field_weak: float = 5.0
    own_code: float = 5.0
    running_code: float = 6.0  # a known word and a number
    running_unknown: float = 2.0  # an unknown word and a number
    running_part: float = -1.0  # a word that numbers parts as often as cases
    number_code: float = 3.0  # a number with two parts or three digits
    thin_number: float = -4.0  # a single digit or two
    item: float = 6.0
    marked: float = 1.5  # a colon, a dash or a bar parts code and title
    heading: float = 2.0
    alone: float = 0.5
    capitals: float = 1.0
    large: float = 3.0  # as large as anything below the cover
    high: float = 1.5  # likewise by its level, where no size is printed
    small: float = -5.0  # larger headings stand within the case
    page_start: float = 1.5
    in_table: float = -4.5  # a row of a table's grid
    fields_below: float = 4.0
    field_below: float = 2.5  # one of them, or the line of an office
    section_below: float = 2.5  # a section's heading that any case may have, below the line or its fields
    first_section: float = 4.0  # a heading with the number 1, whatever it says
    below_office: float = 2.5  # an office's name is the heading above
    template: float = 3.0  # labels, headings and lines follow that followed another head in the same order
    catalogued: float = 12.0  # an overview of the same file lists it
    section: float = -11.0
    subsection: float = -14.0  # its number goes on that of the section it stands in
    annex: float = -12.0
    office: float = -7.0
    paper: float = -6.0  # what kind of paper it is, which a cover says or each case's head
    above_table: float = -6.0  # an unknown word and a number right above a table: its caption
    long: float = -4.0
    # from one case to the next
    next_number: float = 6.0
    later_number: float = 4.0
    earlier_number: float = -5.0
    earlier_code: float = -1.5  # codes with letters stand in any order
    same_family: float = 3.0
    other_family: float = -4.0
    same_shape: float = 1.5
    parallel: float = 10.0  # all that follows the one follows the other: fields, headings, captions, sentences
    same_title: float = -40.0  # the title once more, at a page's top
    # within a case
    figures: float = 0.5
    rows_alone: float = -8.0  # a row of figures to a title, and no word besides: rows of a list
    form: float = 0.0
    empty: float = -14.0
    prose_only: float = -4.0
    field_again: float = -4.0
    caption_again: float = -5.0
    number_again: float = -4.0
    heading_again: float = -3.0
    text_again: float = -2.0
    most_again: float = -8.0  # what comes again can say no more than this
    # what stands before the first case
    front_overview: float = 3.0
    front_figures: float = -5.0
    front_prose: float = -8.0
    front_lead: float = -3.0  # a line or three of prose, as below a paper's name or in a letterhead
    front_cover: float = -1.0  # prose below the name of an overview of many proposals


TITLE = TitleWeights()
CODE = CodeWeights()
START = StartWeights()
