"""The same question put in two ways: what must not change the answer, and what must.

Nobody can write down the right answer to every wording; but two wordings of one question, or one question with the
evidence in another order, have the same right answer, whatever it is. With a finding that changes everything they have
another.

==================  ================================================================
module              holds
==================  ================================================================
`types`             a wording, a relation, a pair of wordings
`spelling`          British and American words
`slips`             slips of the fingers
`manners`           a greeting, a thank-you, a fact that has nothing to do with it
`schools`           which school is named first
`additions`         a red flag, an operation, a number on the other side of a threshold
`written`           paraphrases, shorthand and prose, written by people
`relations`         every relation, and the pairs that it makes of the eval cases
`comparing`         whether two answers are the same where they must be, or differ
`running`           pairs in, results out
==================  ================================================================

Source:
    Chen TY, Cheung SC, Yiu SM 1998, Metamorphic testing: a new approach for generating next test cases, HKUST-CS98-01;
    Ribeiro MT et al. 2020, Beyond accuracy: behavioral testing of NLP models with CheckList, ACL (invariance and
    directional expectation tests).
"""
