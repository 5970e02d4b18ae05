"""Papers in, similar papers out: everything that knows literature and nothing that knows chat."""
