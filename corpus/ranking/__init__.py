"""Terms to ranked papers: postings on disk, BM25 over them, the exact best."""
