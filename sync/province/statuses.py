"""The ten national dossier statuses, as the portal's own table of codes gives them."""

from sync.province.errors import Sentence

STATUSES = {
    1: Sentence("Mới đăng ký", "Newly registered"),
    2: Sentence("Được tiếp nhận", "Received"),
    3: Sentence("Không được tiếp nhận", "Not received"),
    4: Sentence("Đang xử lý", "In process"),
    5: Sentence("Yêu cầu bổ sung giấy tờ", "More papers asked for"),
    6: Sentence("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked for"),
    7: Sentence("Công dân yêu cầu rút hồ sơ", "Withdrawn by the citizen"),
    8: Sentence("Dừng xử lý", "Stopped"),
    9: Sentence("Đã xử lý xong", "Decided"),
    10: Sentence("Đã trả kết quả", "Result handed over"),
}
RECEIVED = 2
HANDED_OVER = 10
CLOSED = (3, 7, 8, 10)
"""Nothing is left to do at a counter; 9 still waits for somebody to fetch the result."""
