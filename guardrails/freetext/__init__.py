"""What a sentence of a language model must show before it may stand in an answer (docs/decisions.md, 18)."""
