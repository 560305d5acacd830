"""The stand-alone verifier: one file, no Django, and nothing escapes it."""

import ast
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command

from funding.enums import TransferKind
from funding.figures.ledger_export import export_lines
from funding.management import verify_ledger
from funding.management.verify_ledger import Broken, digest, verify
from tests.funding.ledger_world import DAY, copy, make_world, outside, row

FILE = Path(verify_ledger.__file__)


def exported():
    return [f"{line}\n".encode() for line in export_lines()]


@pytest.fixture
def lines(db):
    """Header, accounts, then five transfers, the last ones by one COPY."""
    world = make_world()
    world.give(world.region, 100)
    world.move(TransferKind.FREEZE, world.region, 40)
    available = world.available(world.france)
    copy(
        row(outside(), available, 7, TransferKind.NOTIFICATION),
        row(outside(), available, 8, TransferKind.NOTIFICATION),
    )
    return exported()


def written(fields):
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def transfers(lines):
    return [line for line in lines if line.startswith(b'{"id"')]


def test_an_export_holds(lines):
    assert verify(lines) == 5


def test_an_empty_ledger_holds(db):
    assert verify(exported()) == 0


def verdict(content):
    """What the verifier says of a file, or nothing."""
    try:
        verify(BytesIO(content))
    except Broken as broken:
        return str(broken)


def test_any_byte_changed_is_found(lines):
    whole = b"".join(lines)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        assert verdict(bytes(changed)), (
            f"byte {place}: {whole[place - 20 : place + 20]}"
        )


def test_any_byte_changed_in_a_transfer_names_it(lines):
    line = transfers(lines)[2]
    before, after = b"".join(lines).split(line)
    name = f"mouvement {json.loads(line)['id']}"
    for place in range(line.index(b","), len(line)):
        changed = bytearray(line)
        changed[place] ^= 1
        assert name in verdict(before + bytes(changed) + after)


@pytest.mark.parametrize(
    "field, value",
    [("amount", "41.00"), ("on", "2019-02-28"), ("reference", "x"), ("by", 3)],
)
def test_a_changed_field_names_the_transfer(lines, field, value):
    line = transfers(lines)[2]
    transfer = json.loads(line)
    lines[lines.index(line)] = written(transfer | {field: value})

    with pytest.raises(Broken, match=f"mouvement {transfer['id']} : son contenu"):
        verify(lines)


def test_a_removed_row_names_the_one_after_it(lines):
    first, second, *_ = transfers(lines)
    lines.remove(first)

    with pytest.raises(
        Broken, match=f"mouvement {json.loads(second)['id']} : .*manque"
    ):
        verify(lines)


def test_two_rows_in_another_order_are_found(lines):
    lines[-1], lines[-2] = lines[-2], lines[-1]

    with pytest.raises(Broken, match="mouvement"):
        verify(lines)


def test_a_row_given_twice_is_found(lines):
    with pytest.raises(Broken, match="il n’est pas à sa place"):
        verify([*lines, lines[-1]])


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_a_cut_tail_is_found(lines, cut):
    with pytest.raises(Broken, match="annoncés"):
        verify(lines[:-cut])


def test_a_rewritten_export_is_found_by_an_anchor_noted_outside(lines):
    """Whoever holds the base can export a shorter ledger, all its hashes right."""
    noted = json.loads(lines[0])["anchor"]
    shorter = without_last(lines)
    assert verify(shorter) == 4

    with pytest.raises(Broken, match="l’ancre donnée ne se retrouve pas"):
        verify(shorter, noted)
    assert verify(lines, noted) == 5


def without_last(lines):
    """The last transfer taken out, and everything else made to agree."""
    header, last = json.loads(lines[0]), json.loads(lines[-1])
    rows = [json.loads(line) for line in lines[1:-1]]
    for it in (r for r in rows if r.get("account") in (last["source"], last["target"])):
        side = "source" if it["account"] == last["source"] else "target"
        sign = 1 if side == "source" else -1
        amount = float(it["balance"]) + sign * float(last["amount"])
        it |= {"balance": f"{amount:.2f}", "head": last[f"{side}_previous"]}
    accounts = {it["account"]: it for it in rows if "account" in it}
    heads = {key: it["head"] for key, it in accounts.items()}
    balances = {key: float(it["balance"]) for key, it in accounts.items()}
    anchor = f"{rows[-1]['id']}:{digest(accounts, heads, balances)}"
    header |= {"anchor": anchor, "transfers": header["transfers"] - 1}
    return [written(it) for it in (header, *rows)]


def test_an_old_anchor_holds_in_a_later_export(lines):
    noted = json.loads(lines[0])["anchor"]
    world = make_world(year=2020)
    world.give(world.france, 3)

    assert verify(exported(), noted) == 6


def test_an_account_below_zero_is_found(lines):
    """As if the ledger had been made elsewhere: every hash right, the money not."""
    text = b"".join(lines).replace(b'"bucket":"OUTSIDE"', b'"bucket":"FROZEN"')

    with pytest.raises(Broken, match="passe sous zéro"):
        verify(text.splitlines(keepends=True))


def test_it_runs_alone(lines, tmp_path):
    """Another Python, isolated: neither our folder nor our packages."""
    export, alone = tmp_path / "export.jsonl", tmp_path / "verify_ledger.py"
    alone.write_bytes(FILE.read_bytes())
    for content, code, words in [(lines, 0, "Exact"), (lines[:-1], 1, "FAUX")]:
        export.write_bytes(b"".join(content))
        run = subprocess.run(
            [sys.executable, "-I", "-S", alone, export],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={"PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        assert (run.returncode, run.stdout[: len(words)]) == (code, words), run.stderr


def test_it_imports_the_standard_library_only():
    names = {
        alias.name
        for node in ast.walk(ast.parse(FILE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert names <= set(sys.stdlib_module_names)


def test_the_command_writes_what_the_verifier_reads(lines, tmp_path):
    export = tmp_path / "export.jsonl"

    call_command("export_ledger", export)

    assert export.read_bytes() == b"".join(lines)
    assert verify_ledger.main([str(export)]) == 0
    assert list(tmp_path.iterdir()) == [export]


def test_the_text_hashed_keeps_fields_apart(db):
    """A reference that looks like the next field must not pass for it."""
    world = make_world()
    source, target = outside(), world.available(world.france)
    copy(row(source, target, 1, TransferKind.NOTIFICATION))
    line = json.loads(exported()[-1])
    moved = line | {"reference": "1:a,2:bc", "on": str(DAY)}
    other = line | {"reference": "1:a", "on": f",2:bc{DAY}"}

    assert verify_ledger.text(moved) != verify_ledger.text(other)


def test_the_verifier_is_short_enough_to_be_read():
    assert len(Path(verify_ledger.__file__).read_text().splitlines()) <= 150
