"""What the papers have in common: letters, lines, pages, the national header, codes, words for dates and money."""
