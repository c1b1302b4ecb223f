"""Evals: reference questions put to the product, and what must hold of its answers.

Read `runner.run` first: it puts each eval case to an answerer and keeps a score for each rule.

================================  ==================================================
module                            holds
================================  ==================================================
`errors`                          what can go wrong, with the exit code of each
`metrics`, `ranking`              pure formulas, each with its paper
`intervals`, `coverage`           95 % intervals of related cases, and how often they cover
`misfits`, `linting`, `cases`     eval cases, the YAML files they stand in, and what is wrong with one
`answers`, `traces`               reading an answer's JSON, and what it was made from
`wording`                         whether a text says something
`results`, `expense`, `codebase`  scores, results, a run, what its answers cost, and the code it was made with
`judging`                         what a rule is, and its score
`ending`, `citing`, `saying`,     the rules, one function each
`gathering`
`scorers`                         the rules in force
`metamorphic`                     a case asked in two ways, and what must then hold of the two answers
`choosing`, `ahead`, `runner`     what a run takes; answers made ahead on all cores; cases in, run out
`figures`                         a run's metrics, each with n and an interval
`recording`, `pairing`            what is kept of a case, and the same case in two runs
`phrasing`                        figures in words
`thresholds`, `gates`             floors and bands, and the verdict
`documents`, `baseline`           the files that a run leaves, read and written
`reports`                         the report, its lines, and its JSON
`comparing`, `sidebyside`         two runs side by side, and how the terminal shows them
`terminal`, `junit`, `markdown`   the same report for a person, for CI, for a pull request
`charts`, `html`                  what a page draws of it, and the page; its templates lie in ``page/``
`beir`, `searched`, `rankers`     a retrieval set, what it is searched in, and ways to rank
`retrieval`, `retrieval_reports`  rankings against judgements, and the report of it
`plugin`                          eval cases as tests of pytest
`mutation`                        good answers broken in one way each, and whether the guardrails notice
`screening`, `attacks`,           phrasings and attacks of people who had not seen the code; a model that obeys
`obeying`                         the attacker
`placing`, `support`              which subject a question lands on; claims in the eyes of two readers
`fitting`, `scoping`, `suspicion` linear models that come with the package: how they are trained, and how good they are
`serving`, `load`, `crashing`     the app as a process, many people at it, and its sudden death
`bench`, `soak`                   figures of the program, and what kills and load do to it; run by name
================================  ==================================================

Imports only point upwards in that table. The dev part is for tuning; of the test part every report
shows totals and nothing else.
"""
