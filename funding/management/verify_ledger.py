"""Checks an export of the ledger, alone: this file, Python, nothing else.

    python verify_ledger.py export.jsonl [--anchor 1234:9f86d0…]

Proves that no transfer was changed, removed, added or reordered, that no account ever
passed below zero, and that balances are what the transfers make them. An anchor noted
outside the base (a printed document, a mail) also proves that nothing since was cut or
rewritten; the one in the file only speaks for the file.
"""

import argparse
import hashlib
import json
import re
import sys
from decimal import Decimal, InvalidOperation

FORMAT = "iae-ledger-1"
HEADER = ["format", "anchor", "transfers"]
ACCOUNT = ["account", "bucket", "envelope", "annexe", "balance", "head"]
HASHED = ["id", "kind", "source", "target", "amount", "on", "reference", "key"]
HASHED += ["corrects", "by", "at", "source_previous", "target_previous"]
TRANSFER = [*HASHED, "hash"]


class Broken(Exception):
    """What does not hold, and where."""


def verify(lines, anchor=None):
    """Number of transfers proved. Raises Broken, naming the first that does not hold."""
    lines = enumerate(lines, 1)
    header = parse(next(lines, (1, b"")), HEADER)
    accounts, heads, balances = {}, {}, {}
    last, count, anchored = 0, 0, None
    until = int(anchor.partition(":")[0]) if anchor else 0
    for line in lines:
        if b'"account"' in line[1][:10]:
            account = parse(line, ACCOUNT)
            if accounts.setdefault(account["account"], account) is not account:
                raise Broken(f"ligne {line[0]} : compte donné deux fois")
            continue
        transfer = parse(line, TRANSFER)
        if anchor and anchored is None and transfer["id"] > until:
            anchored = digest(accounts, heads, balances)
        check(transfer, last, accounts, heads, balances)
        last, count = transfer["id"], count + 1
    check_end(header, count, last, accounts, heads, balances)
    if anchor:
        found = f"{until}:{anchored or digest(accounts, heads, balances)}"
        if found != anchor or until > last:
            told = f"le grand livre jusqu’au mouvement {until} n’est plus celui de ce jour-là"
            raise Broken(f"l’ancre donnée ne se retrouve pas : {told}")
    return count


def parse(line, fields):
    """The line’s fields; every byte counts, so it must be written as we write it."""
    number, raw = line
    try:
        row = json.loads(raw)
        written = json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
        if list(row) != fields or written.encode() != raw:
            raise ValueError
    except (ValueError, TypeError):
        name = re.search(rb'"id":(\d+)', raw)
        name = f" (mouvement {name[1].decode()})" if name else ""
        raise Broken(f"ligne {number}{name} : illisible ou retouchée") from None
    return row


def check(transfer, last, accounts, heads, balances):
    """One transfer: its place, its hash, the links before it, the money it moves."""
    name, source, target = transfer["id"], transfer["source"], transfer["target"]
    if sha256(text(transfer)) != transfer["hash"]:
        raise Broken(f"mouvement {name} : son contenu n’est pas celui de son empreinte")
    if name <= last:
        raise Broken(f"mouvement {name} : il n’est pas à sa place, après le {last}")
    for account, side in ((source, "source"), (target, "target")):
        if account not in accounts:
            raise Broken(f"mouvement {name} : le compte {account} manque")
        if transfer[f"{side}_previous"] != heads.get(account, ""):
            told = f"il ne suit pas le dernier mouvement connu du compte {account}"
            raise Broken(f"mouvement {name} : {told} ; un autre manque ou a changé")
        heads[account] = transfer["hash"]
    amount = Decimal(transfer["amount"])
    balances[source] = balances.get(source, Decimal(0)) - amount
    balances[target] = balances.get(target, Decimal(0)) + amount
    if not amount > 0:
        raise Broken(f"mouvement {name} : montant {amount}")
    if balances[source] < 0 and accounts[source]["bucket"] != "OUTSIDE":
        raise Broken(f"mouvement {name} : le compte {source} passe sous zéro")


def check_end(header, count, last, accounts, heads, balances):
    """What the file says of itself: count, balances, heads, anchor."""
    if header["format"] != FORMAT:
        raise Broken(f"format inconnu : {header['format']}")
    if count != header["transfers"]:
        raise Broken(f"{header['transfers']} mouvements annoncés, {count} présents")
    if [a["bucket"] for a in accounts.values()].count("OUTSIDE") > 1:
        raise Broken("plus d’un compte hors budget")
    for account, row in accounts.items():
        balance = balances.get(account, Decimal(0))
        if (f"{balance:.2f}", heads.get(account)) != (row["balance"], row["head"]):
            told = f"des mouvements manquent après le {last}, ou il a changé"
            raise Broken(f"compte {account} : solde ou empreinte faux ; {told}")
    if f"{last}:{digest(accounts, heads, balances)}" != header["anchor"]:
        raise Broken("l’ancre de l’en-tête n’est pas celle des mouvements")


def digest(accounts, heads, balances):
    """One hash over the accounts that moved: who they are, what they hold, their head."""
    lines = ""
    for account in sorted(heads):
        named = [accounts[account][it] for it in ("bucket", "envelope", "annexe")]
        words = [account, *named, f"{balances[account]:.2f}", heads[account]]
        lines += ",".join("-" if word is None else str(word) for word in words) + "\n"
    return sha256(lines)


def text(transfer):
    """What the database hashes: each field with its length in bytes, nothing as “-”."""
    values = (transfer[name] for name in HASHED)
    parts = ("-" if it is None else f"{len(str(it).encode())}:{it}" for it in values)
    return ",".join([FORMAT, *parts])


def sha256(words):
    return hashlib.sha256(words.encode()).hexdigest()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Vérifie un export du grand livre.")
    parser.add_argument("export")
    parser.add_argument("--anchor", help="l’ancre notée hors de la base")
    options = parser.parse_args(arguments)
    try:
        with open(options.export, "rb") as lines:
            count = verify(lines, options.anchor)
    except (Broken, InvalidOperation, ValueError) as error:
        print(f"FAUX : {error}.")
        return 1
    print(f"Exact : {count} mouvements, chaque empreinte et chaque solde retrouvés.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
