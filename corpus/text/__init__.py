"""From characters to terms, sentences and extracts."""
