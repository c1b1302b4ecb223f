"""The library and how it is found: types, loading, lint, encoder, index, retriever."""
