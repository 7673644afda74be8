"""Dates and money as a Vietnamese official paper writes them."""

from datetime import date, datetime

from desk.domain.clock import civil

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))


def day_words(day: date) -> str:
    """ "ngày 01 tháng 7 năm 2025": days below 10 and months 1 and 2 get a zero (Decree 30/2020/NĐ-CP, annex I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_words(instant: datetime) -> str:
    """ "16 giờ 30 phút, ngày 01 tháng 7 năm 2025", at +07:00."""
    moment = civil(instant)
    return f"{moment:%H} giờ {moment:%M} phút, {day_words(moment.date())}"


def dong(amount: int) -> str:
    """ "14.000 đồng"."""
    return f"{amount:,} đồng".replace(",", ".")


def dong_in_words(amount: int) -> str:
    """ "Mười bốn nghìn đồng"."""
    words = f"{number_words(amount)} đồng"
    return words[0].upper() + words[1:]


def number_words(number: int) -> str:
    """A whole number from 0 on, read aloud."""
    return _read(number) if number else _DIGITS[0]


def _read(number: int, *, full: bool = False) -> str:
    """`full`: something stands before, so that empty hundreds are read too ("một nghìn không trăm linh năm")."""
    for scale, name in _SCALES:
        if number >= scale:
            many, rest = divmod(number, scale)
            head = f"{_read(many, full=full)} {name}"
            return f"{head} {_read(rest, full=True)}" if rest else head
    return _below_thousand(number, full=full)


def _below_thousand(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not full:
        return _below_hundred(rest)
    head = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return head
    return f"{head} linh {_DIGITS[rest]}" if rest < 10 else f"{head} {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return head
    changed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{head} {changed.get(ones, _DIGITS[ones])}"
