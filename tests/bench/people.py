"""People such as a commune has them: two in five are Nguyễn, and most women's middle name is Thị."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sync.protocol.entries.dossier_accepted import SaidAddress, SaidParty


def _shares(written: str) -> dict[str, float]:
    """Each name with the number behind it."""
    pairs = (one.strip().rpartition(" ") for one in written.split(","))
    return {name: float(share) for name, _, share in pairs}


def _words(written: str) -> tuple[str, ...]:
    return tuple(written.split())


# Shares in per cent, rounded, as published for the whole country; the last ones stand for a long tail of rare names.
SURNAMES = _shares(
    "Nguyễn 38.4, Trần 12.1, Lê 9.5, Phạm 7.0, Hoàng 3.6, Huỳnh 1.5, Phan 4.5, Vũ 2.4, Võ 1.5, Đặng 2.1, "
    "Bùi 2.0, Đỗ 1.4, Hồ 1.3, Ngô 1.3, Dương 1.0, Lý 0.5, Đinh 0.9, Trịnh 0.8, Đoàn 0.7, Mai 0.6, Đào 0.6, "
    "Lương 0.6, Trương 0.9, Cao 0.5, Hà 0.4, Chu 0.3, Tạ 0.3, Lưu 0.3, Tô 0.3, Phùng 0.3, Vương 0.3, Quách 0.2, "
    "Nghiêm 0.1, Khúc 0.05, Ngạc 0.01"
)
MIDDLE_OF_WOMEN = _shares("Thị 62, Thị Thu 5, Thị Ngọc 5, Ngọc 8, Thu 6, Phương 5, Thanh 5, Minh 4")
MIDDLE_OF_MEN = _shares("Văn 44, Đức 9, Minh 8, Quang 7, Xuân 6, Hữu 6, Đình 6, Công 5, Ngọc 5, Bá 4")
GIVEN_TO_WOMEN = _words(
    "Lan Huệ Hoa Hương Hường Hằng Hạnh Hiền Hồng Huyền Linh Loan Mai My Nga Ngân Nhung Oanh Phượng Quyên Quỳnh Tâm "
    "Thảo Thắm Thoa Thủy Thúy Trang Trinh Tuyết Vân Xuân Yến Anh Bích Chi Cúc Diệp Dung Duyên Giang Hà Khánh Liên "
    "Lụa Nguyệt Nhàn Thơm Tươi Vui"
)
GIVEN_TO_MEN = _words(
    "An Bình Cường Chiến Chung Dũng Dương Đạt Đông Đức Giang Hải Hiếu Hòa Hoàng Hùng Huy Khánh Khôi Kiên Lâm Long "
    "Lực Mạnh Minh Nam Nghĩa Phong Phúc Quân Quang Quyết Sơn Tài Tân Thắng Thành Thịnh Thọ Tiến Toàn Trung Trường "
    "Tú Tuấn Tùng Việt Vinh Vượng Ước"
)
STARTS_OF_PHONES = _words("032 033 034 035 036 037 038 039 070 079 081 086 090 091 097 098")
PROVINCES_OF_IDS = _shares("027 60, 024 25, 001 5, 030 4, 038 3, 033 3")


@dataclass(frozen=True)
class Population:
    """The same persons every time, and each comes back now and then."""

    persons: tuple[SaidParty, ...]

    def anybody(self, chance: Random) -> SaidParty:
        return self.persons[int(chance.random() * len(self.persons))]


def populate(size: int, *, seed: int = 20250701) -> Population:
    chance = Random(seed)
    return Population(tuple(person(chance) for _ in range(size)))


def person(chance: Random) -> SaidParty:
    """A citizen with an identity number that agrees with sex and birth, a mobile phone and an address."""
    is_woman = chance.random() < 0.5
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(67 * 365))
    middle = MIDDLE_OF_WOMEN if is_woman else MIDDLE_OF_MEN
    given = GIVEN_TO_WOMEN if is_woman else GIVEN_TO_MEN
    return SaidParty(
        kind="citizen",
        full_name=f"{_weighted(chance, SURNAMES)} {_weighted(chance, middle)} {chance.choice(given)}",
        personal_id=_identity(chance, born, is_woman=is_woman),
        date_of_birth=born.isoformat(),
        sex="female" if is_woman else "male",
        phone=chance.choice(STARTS_OF_PHONES) + f"{chance.randrange(10**7):07d}",
        email=None,
        address=SaidAddress(commune="09169", detail=f"Khu {chance.randint(1, 12)}"),
    )


def _identity(chance: Random, born: date, *, is_woman: bool) -> str:
    """Province of registration, century and sex, year, six digits."""
    province = _weighted(chance, PROVINCES_OF_IDS)
    century = 2 * (born.year // 100 - 19) + is_woman
    return f"{province}{century}{born:%y}{chance.randrange(10**6):06d}"


def _weighted(chance: Random, shares: dict[str, float]) -> str:
    return chance.choices(tuple(shares), weights=tuple(shares.values()))[0]
