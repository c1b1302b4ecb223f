"""Evals: reference questions put to the product, and what must hold of its answers.

Read `runner.run` first: it puts each eval case to an answerer and keeps a score for each rule.

================================  ==================================================
module                            holds
================================  ==================================================
`errors`                          what can go wrong, with the exit code of each
`metrics`                         pure formulas, each with its paper
`cases`                           eval cases and the YAML files they stand in
`answers`                         reading an answer's JSON
`wording`                         whether a text says something
`results`                         scores, results, a run
`scorers`                         one rule each
`runner`                          cases in, run out
`figures`                         a run's metrics, each with n and an interval
`gates`                           thresholds, and the verdict
`reports`                         the report, its lines, and its JSON
`terminal`, `junit`, `markdown`   the same report for a person, for CI, for a pull request
================================  ==================================================

Imports only point upwards in that table. The dev part is for tuning; of the test part every report
shows totals and nothing else.
"""
