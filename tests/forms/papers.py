"""Slips as they come out of a real counter: an ordinary one, and changes to it."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.domain.dossier import Channel, FeeKind, FeeLine, Payment, Requirement, ReturnBy
from desk.forms.slip import SlipPaper, SlipPerson
from sync.protocol.slip_number import SlipNumber, write_slip_number

CODE = "H05.09.169-250701-1017023"
RECEIVED = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)
DUE = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

LONG_TITLE = (
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam; cơ quan, tổ chức "
    "có thẩm quyền của nước ngoài; cơ quan, tổ chức có thẩm quyền của Việt Nam liên kết với cơ quan, tổ chức có thẩm "
    "quyền của nước ngoài cấp hoặc chứng nhận"
)


def slip(**facts: Any) -> SlipPaper:
    """Lan's certified copies of two papers."""
    paper = SlipPaper(
        parent_agency="ỦY BAN NHÂN DÂN PHƯỜNG VŨ NINH",
        agency="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        receiver="Trung tâm Phục vụ hành chính công phường Vũ Ninh",
        place="Vũ Ninh",
        code=CODE,
        channel=Channel.DIRECT,
        applicant=SlipPerson(
            name="Nguyễn Thị Lan",
            address="Số 12 đường Nguyễn Đăng Đạo, khu 3, phường Vũ Ninh, tỉnh Bắc Ninh",
            phone="0912345678",
            email="lan.nguyen@example.vn",
            personal_id="027180001234",
        ),
        request=LONG_TITLE,
        requirements=(
            Requirement("Bản chính Giấy khai sinh", originals=1, copies=2, pages=1),
            Requirement("Bản chính Bằng tốt nghiệp đại học", originals=1, copies=3, pages=2),
        ),
        time_limit="Trong ngày làm việc, hoặc trong ngày làm việc tiếp theo nếu nhận sau 15 giờ",
        received_at=RECEIVED,
        due_at=DUE,
        return_by=ReturnBy.COUNTER,
        return_place="Trung tâm Phục vụ hành chính công phường Vũ Ninh, số 2 đường Kinh Dương Vương",
        fees=(FeeLine("Phí chứng thực bản sao từ bản chính", FeeKind.FEE, 2_000, 7, Payment.CASH),),
        register_book="2025-1017",
        register_line=23,
        lookup_url=f"https://dichvucong.bacninh.example/tra-cuu?ma={CODE}",
        number=number(),
        hotline="0222 3822 512",
        clerk="Trần Thị Hường",
        issued_at=RECEIVED,
    )
    return replace(paper, **facts)


def number(full_name: str = "Nguyễn Thị Lan") -> str:
    """The self-proving number of that dossier."""
    return write_slip_number(
        SlipNumber(
            desk_number=1017,
            epoch=1,
            dossier=UUID(int=random.Random(full_name).getrandbits(128)),
            code=CODE,
            procedure="2.000815",
            received_at=RECEIVED,
            due_at=DUE,
            channel="direct",
            return_by="counter",
            kind="citizen",
            full_name=full_name,
            personal_id="027180001234",
            date_of_birth="1980-02-03",
            phone="0912345678",
            papers=2,
            fee=14_000,
            receiving_agency="H05.09.169",
            resolving_agency="H05.09.169",
            register_line=23,
        ),
        KEY,
    )


def many(count: int) -> tuple[Requirement, ...]:
    """Papers with long names."""
    name = "Giấy tờ chứng minh quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất của hộ gia đình"
    return tuple(
        Requirement(f"{name}, số {n}", originals=n % 2, certified=1, copies=n % 3) for n in range(1, count + 1)
    )
