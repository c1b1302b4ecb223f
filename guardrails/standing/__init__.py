"""Whether a raised red flag stands: what in the text calms, what alarms, and a model that weighs them."""

from guardrails.standing.learned import readings, reads_as_ordinary, sentences

__all__ = ["readings", "reads_as_ordinary", "sentences"]
