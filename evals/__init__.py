"""Evals: reference questions put to the product, and what must hold of its answers.

Read `runner.run` first: it puts each eval case to an answerer and keeps a score for each rule.

================================  ==================================================
module                            holds
================================  ==================================================
`errors`                          what can go wrong, with the exit code of each
`metrics`, `ranking`              pure formulas, each with its paper
`intervals`, `coverage`           95 % intervals of related cases, and how often they cover
`linting`, `cases`                eval cases, the YAML files they stand in, and what is wrong with one
`answers`, `traces`               reading an answer's JSON, and what it was made from
`wording`                         whether a text says something
`results`, `expense`              scores, results, a run, and what its answers cost
`judging`                         what a rule is, and its score
`ending`, `citing`, `saying`,     the rules, one function each
`gathering`
`scorers`                         the rules in force
`metamorphic`                     a case asked in two ways, and what must then hold of the two answers
`runner`                          cases in, run out
`figures`                         a run's metrics, each with n and an interval
`recording`, `pairing`            what is kept of a case, and the same case in two runs
`thresholds`, `gates`             floors and bands, and the verdict
`documents`, `baseline`           the files that a run leaves, read and written
`phrasing`, `reports`             figures in words, the report, its lines, and its JSON
`comparing`, `sidebyside`         two runs side by side, and how the terminal shows them
`terminal`, `junit`, `markdown`   the same report for a person, for CI, for a pull request
`charts`, `html`                  what a page draws of it, and the page; its templates lie in ``page/``
`beir`, `searched`, `rankers`     a retrieval set, what it is searched in, and ways to rank
`retrieval`, `retrieval_reports`  rankings against judgements, and the report of it
`plugin`                          eval cases as tests of pytest
================================  ==================================================

Imports only point upwards in that table. The dev part is for tuning; of the test part every report
shows totals and nothing else.
"""
