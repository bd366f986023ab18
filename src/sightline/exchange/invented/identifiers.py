"""Numbers that nobody bears: NHS numbers from the 999 range, telephone numbers reserved for drama, made-up UPN and PNC."""

from collections.abc import Iterator
from random import Random

_SERIALS = 1_000_000
_SERIALS_A_BLOCK = 130
_SCRAMBLE = 387_421  # odd and no multiple of five: serials are spread over the range, each used once


def nhs_check_digit(first_nine: str) -> int | None:
    """The check digit of an NHS number (modulus 11), or None where no valid number begins like that."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return None if check == 10 else check


def nhs_numbers(block: int) -> Iterator[str]:
    """The valid NHS numbers of a block, all from the 999 range, which holds some 900,000: whoever comes after them has none."""
    for serial in range(block * _SERIALS_A_BLOCK, min((block + 1) * _SERIALS_A_BLOCK, _SERIALS)):
        nine = f"999{serial * _SCRAMBLE % _SERIALS:06d}"
        check = nhs_check_digit(nine)
        if check is not None:
            yield f"{nine}{check}"


def mobile(rng: Random) -> str:
    """A mobile number from the range that Ofcom keeps for drama."""
    return f"07700 900{rng.randrange(1000):03d}"


def landline(rng: Random) -> str:
    """A landline number from the range without an area that Ofcom keeps for drama."""
    return f"01632 960{rng.randrange(1000):03d}"


_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn(number: int, born_year: int) -> str:
    """A unique pupil number of an authority that does not exist (990), with its check letter."""
    digits = f"990{number // 1000 % 10_000:04d}{born_year % 100:02d}{number % 1000:03d}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True)) % 23
    return f"{_UPN_LETTERS[check]}{digits}"


def pnc(number: int, year: int) -> str:
    """A PNC identity in the usual shape; the 0 and 9 in front of the serial mark it as made up."""
    letters = "ZABCDEFGHJKLMNPQRTUVWXY"
    serial = 9_000_000 + number % 1_000_000
    return f"{year}/{serial:07d}{letters[(year % 100 * 10_000_000 + serial) % 23]}"
