"""Answers broken on purpose in one way each, and harmless rewordings beside them.

Written blind: by somebody who had read the contract and the library, and none of the checks.
"""
