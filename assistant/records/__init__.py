"""Conversations, answers, traces and the mentors' reviews, kept whole in one database.

Read ``store`` first: `Records` is what the rest of the project uses; screens go through ``assistant.desk``, which asks
who may. ``spool`` keeps an answer without a database, for a command that must start fast. This file imports nothing,
so that ``spool`` stays light.

    store -> queries -> models          what is asked of the database, and its tables
          -> upgrading -> migrations    the database's shape, brought up to date on opening
          -> engine, failures           how we speak to it, and what it says when it refuses
    people, queueing, reviews, approvals -> models    the same, for ``assistant.desk``
    spool -> validating -> types, errors    the standard library only
"""
