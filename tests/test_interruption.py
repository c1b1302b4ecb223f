"""Ctrl-C waits where it is held back, and only there."""

from __future__ import annotations

import signal
from threading import Thread

import pytest

from ui.interruption import interruption_held


def interrupt():
    signal.raise_signal(signal.SIGINT)


def interrupted(steps, *, is_held):
    with interruption_held() as hold:
        if is_held:
            hold()
        interrupt()
        interrupt()
        steps.append("done")


@pytest.mark.parametrize(("is_held", "done"), [(False, []), (True, ["done"])])
def test_it_takes_effect_at_once_until_it_is_held_and_at_the_end_of_the_block_from_then_on(is_held, done):
    steps = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(steps, is_held=is_held)
    assert steps == done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_one_nothing_happens():
    with interruption_held() as hold:
        hold()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def failing():
    with interruption_held() as hold:
        hold()
        interrupt()
        raise ValueError


def test_it_takes_effect_after_an_error_too():
    with pytest.raises(KeyboardInterrupt):
        failing()


def test_where_it_is_ignored_it_stays_ignored():
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption_held() as hold:
            hold()
            interrupt()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, usual)


def test_a_thread_holds_nothing():
    done = []

    def work():
        with interruption_held() as hold:
            hold()
            done.append(signal.getsignal(signal.SIGINT) is signal.default_int_handler)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
