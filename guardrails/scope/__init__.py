"""What Counterpoint does not answer, and how it says so.

``deciding`` composes the parts: sure rules, each of which knows one kind of question that others should answer
(``laypeople``, ``medicines``, ``regions``, ``subjects``), and a model (``learned``, over ``signs``) for the rest.
"""

from guardrails.scope.deciding import NOT_OF_A_KNEE, NOTHING_ASKED, OWN_KNEE, in_scope, outside
from guardrails.scope.regions import NEXT_TURN
from guardrails.scope.signs import without_patient

__all__ = ["NEXT_TURN", "NOTHING_ASKED", "NOT_OF_A_KNEE", "OWN_KNEE", "in_scope", "outside", "without_patient"]
