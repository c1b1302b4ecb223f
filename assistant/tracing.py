"""Switches LangChain's tracing off; imported before anything of LangChain is.

Patient text must not leave the machine because a LangSmith variable happens to be set.
"""

from __future__ import annotations

import os

for _name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGSMITH_TRACING_V2"):
    os.environ[_name] = "false"
