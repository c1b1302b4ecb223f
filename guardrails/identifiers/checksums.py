"""Numbers that prove themselves: those whose digits satisfy the check of the body that gives them out."""

from __future__ import annotations

import re

from stdnum import iban, luhn
from stdnum.gb import nhs

_CARD_DIGITS = (13, 19)


def is_nhs_number(text: str) -> bool:
    """Return whether the ten digits in `text` pass the NHS number's modulus-11 check.

    Source: NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, check digit 11 minus remainder.
    """
    return bool(nhs.is_valid(_digits(text)))


def is_bank_account(text: str) -> bool:
    """Return whether `text` is an International Bank Account Number with the right check digits."""
    return bool(iban.is_valid(text))


def is_card(text: str) -> bool:
    """Return whether `text` is as long as a payment or health card's number and passes Luhn's check."""
    digits = _digits(text)
    return _CARD_DIGITS[0] <= len(digits) <= _CARD_DIGITS[1] and bool(luhn.is_valid(digits))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
