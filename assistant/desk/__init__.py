"""The one place through which screens and HTTP reach what is kept, and where "may this profile do this" is asked.

facade -> cases, people, responding, queueing, reviewing, sampling, shelving, talking, working_out    what people do
       -> agreeing, digesting, liking, referencing                             what comes of the reviews
       -> approving, seeing                        what was accepted, and what may be seen
       -> sitting -> access                        who sits there, and the table of rules
"""

from assistant.desk.access import Action, NotAllowedError, may
from assistant.desk.facade import Desk

__all__ = ["Action", "Desk", "NotAllowedError", "may"]
