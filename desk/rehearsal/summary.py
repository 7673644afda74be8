"""What the rehearsal proved, for people and for machines."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desk.domain.clock import civil
from desk.rehearsal.comparison import Difference, count_fields, differences
from desk.rehearsal.morning import Morning
from desk.services.ports.values import LampState


def summarise(morning: Morning, held: list[dict[str, Any]] | None, out: Path, province: str) -> dict[str, Any]:
    """All that was seen. `agree` is what the exit code says."""
    ours = morning.dossiers()
    found = differences(ours, held) if held is not None else _by_answers(ours)
    slips = sorted(path.name for path in (out / "slips").glob("*.pdf"))
    lamps = {name: getattr(morning.lamps, name).state.value for name in ("cut", "mended")}
    agree = not found and len(slips) >= len(ours) and lamps["cut"] != LampState.GREEN and lamps["mended"] == "green"
    return {
        "agree": agree,
        "province": province,
        "read_back": "from the province's own records" if held is not None else "from its answers to the desk",
        "dossiers": len(ours),
        "fields_compared": count_fields(ours) if held is not None else 0,
        "differences": [asdict(one) for one in found],
        "typed_by_hand": morning.codes[0],
        "unsent_while_cut": morning.lamps.cut.unsent_dossiers,
        "lamp": lamps,
        "slips": slips,
        "screens": sorted(path.name for path in (out / "screens").glob("*.png")),
        "codes": [
            {
                "code": file.dossier.code,
                "procedure": file.dossier.procedure,
                "received_at": civil(file.dossier.received_at).isoformat(),
                "due_at": civil(file.dossier.due_at).isoformat() if file.dossier.due_at else None,
                "fee": file.dossier.fee,
                "province": file.province.word.value,
            }
            for file in morning.files
        ],
    }


def write(summary: dict[str, Any], out: Path) -> str:
    """`summary.json` and `summary.txt`; the text."""
    text = "\n".join(_lines(summary, out)) + "\n"
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (out / "summary.txt").write_text(text, encoding="utf-8")
    return text


def _by_answers(ours: list[dict[str, Any]]) -> list[Difference]:
    """A province that can only be asked over the line: its chain of hashes holds ours, and its word is `applied`."""
    return [
        Difference(one["code"], "verdict", "applied", one["province"]) for one in ours if one["province"] != "applied"
    ]


def _lines(summary: dict[str, Any], out: Path) -> list[str]:
    both = "Hai bên khớp nhau. / Both sides agree." if summary["agree"] else "HAI BÊN KHÔNG KHỚP. / THEY DO NOT AGREE."
    lines = [
        both,
        f"Tỉnh / province: {summary['province']} ({summary['read_back']})",
        f"Hồ sơ / dossiers: {summary['dossiers']}, {summary['fields_compared']} giá trị so từng cái / values compared",
        f"Khi mất mạng / while cut: {summary['unsent_while_cut']} chỉ trên máy này / only on this computer,"
        f" đèn / lamp {summary['lamp']['cut']}",
        f"Khi có lại / when back: đèn / lamp {summary['lamp']['mended']}",
        f"Giấy / slips: {out / 'slips'} ({len(summary['slips'])})",
        f"Hình / screens: {out / 'screens'} ({len(summary['screens'])})",
    ]
    lines += [
        f"  ≠ {one['code']} {one['path']}: {one['desk']!r} | {one['province']!r}" for one in summary["differences"]
    ]
    lines += [
        f"  {one['code']}  {one['procedure']}  {one['received_at']}  {one['due_at'] or '-'}  {_dong(one['fee'])}"
        for one in summary["codes"]
    ]
    return lines


def _dong(amount: int) -> str:
    """As money is written here: 20.000 đ."""
    return f"{amount:,} đ".replace(",", ".")
