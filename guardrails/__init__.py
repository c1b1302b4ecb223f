"""The viewpoint contract: what a case, a claim and an answer are, and the checks an answer must pass."""
