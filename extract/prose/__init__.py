"""Running text of pages: lines chained to paragraphs, headings told from them, page furniture."""
