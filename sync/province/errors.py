"""What an officer at the province can run into, each with its sentence in both languages.

    ProvinceError
    ├── NotThere             what was named does not exist
    ├── AlreadyThere         what should be made exists, and is never overwritten
    ├── NotPossible          a rule says no; nothing was written
    ├── WrongFile            a document that is not what it should be
    └── DatabaseTrouble      the database, not the officer
        ├── OtherSchema
        └── Crowded          others were at it for longer than one could wait

What desks say wrongly is a `sync.protocol.problems.Problem` and goes back over the wire.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """One thing said in both languages."""

    vi: str
    en: str


class ProvinceError(Exception):
    """A failure that the command line says in both languages."""

    @property
    def sentence(self) -> Sentence:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.sentence.en


@dataclass(eq=False)
class NotThere(ProvinceError):
    """`what` is one of the words below, `name` how the officer called it."""

    what: str
    name: str

    @property
    def sentence(self) -> Sentence:
        return Sentence(f"Không có {_VI[self.what]} “{self.name}”.", f"There is no {self.what} “{self.name}”.")

    __str__ = ProvinceError.__str__


@dataclass(eq=False)
class AlreadyThere(ProvinceError):
    """`what` is one of the words below."""

    what: str
    name: str

    @property
    def sentence(self) -> Sentence:
        return Sentence(
            f"Đã có {_VI[self.what]} “{self.name}”; không ghi đè.",
            f"There already is a {self.what} “{self.name}”; it is not overwritten.",
        )

    __str__ = ProvinceError.__str__


@dataclass(eq=False)
class NotPossible(ProvinceError):
    """A rule says no; the rule's own sentence."""

    vi: str
    en: str

    @property
    def sentence(self) -> Sentence:
        return Sentence(self.vi, self.en)

    __str__ = ProvinceError.__str__


@dataclass(eq=False)
class WrongFile(ProvinceError):
    """A document that cannot be published or a key file that cannot be read; `where` is a path inside it."""

    file: str
    where: str
    reason: str

    @property
    def sentence(self) -> Sentence:
        at = f" ({self.where})" if self.where else ""
        return Sentence(f"Tệp {self.file} không dùng được{at}: {self.reason}.", f"{self.file}{at}: {self.reason}.")

    __str__ = ProvinceError.__str__


@dataclass(eq=False)
class DatabaseTrouble(ProvinceError):
    """The database cannot be reached or opened; `reason` is its own word, without statement or values."""

    reason: str

    @property
    def sentence(self) -> Sentence:
        return Sentence(
            f"Không mở được cơ sở dữ liệu: {self.reason}. Không có gì bị mất.",
            f"The database cannot be used: {self.reason}. Nothing was lost.",
        )

    __str__ = ProvinceError.__str__


class Crowded(DatabaseTrouble):
    """Others tell the desks something, and go on for longer than this one can wait."""


@dataclass(eq=False)
class OtherSchema(DatabaseTrouble):
    """The database was made by another version of this program."""

    reason: str
    found: int
    expected: int


_VI = {
    "agency": "cơ quan",
    "person": "nhân sự",
    "supervisor": "người phụ trách",
    "dossier": "hồ sơ",
    "desk": "quầy",
    "catalogue": "danh mục phiên bản",
    "calendar": "lịch phiên bản",
    "key": "khóa",
    "file": "tệp",
}
