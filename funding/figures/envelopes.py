"""The tree of envelopes with what is left of each, and the transfers behind a figure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, Sum, When

from funding.enums import Bucket, Level
from funding.models import Account, Envelope, Transfer
from structures.models import User

Balances = dict[str, Decimal]


@dataclass
class EnvelopeNode:
    """An envelope and the sums of its subtree, in euros, by bucket.

    `undelegated` is what it holds itself and may still share out among its children.
    """

    envelope: Envelope
    depth: int = 0
    balances: Balances = field(default_factory=lambda: defaultdict(Decimal))
    children: list["EnvelopeNode"] = field(default_factory=list)
    undelegated: Decimal = Decimal(0)

    @property
    def available(self) -> Decimal:
        return self.balances[Bucket.AVAILABLE]

    @property
    def frozen(self) -> Decimal:
        return self.balances[Bucket.FROZEN]

    @property
    def reserved(self) -> Decimal:
        return self.balances[Bucket.RESERVED]

    @property
    def committed(self) -> Decimal:
        """Committed, not yet paid."""
        return self.balances[Bucket.COMMITTED]

    @property
    def paid(self) -> Decimal:
        return self.balances[Bucket.PAID]

    @property
    def engaged(self) -> Decimal:
        """Committed and paid (R80)."""
        return self.committed + self.paid

    @property
    def notified(self) -> Decimal:
        """All that came in and is still somewhere in the subtree."""
        return sum(self.balances.values(), Decimal(0))


def summed(nodes: Iterable[EnvelopeNode], name: str) -> Decimal:
    """One of the sums above over several nodes, none under another."""
    return sum((getattr(node, name) for node in nodes), Decimal(0))


def own_envelopes(user: User) -> QuerySet[Envelope]:
    """Envelopes whose whole subtree the person may see.

    A département’s agent sees where its money comes from, but the sums of the région
    are those of the région’s agents.
    """
    envelopes = Envelope.objects.visible_to(user)
    if user.is_superuser:
        return envelopes
    regions = [
        m.agency.region_id
        for m in user.current_memberships
        if m.agency_id and m.agency.region_id
    ]
    return envelopes.filter(Q(departement__isnull=False) | Q(region__in=regions))


def envelope_tree(envelopes: QuerySet[Envelope], *, year: int) -> list[EnvelopeNode]:
    """Nodes in reading order, parents first; two queries, whatever the size."""
    rows = envelopes.filter(year=year).select_related("departement", "region")
    nodes = {row.pk: EnvelopeNode(row) for row in rows}
    roots: list[EnvelopeNode] = []
    for node in nodes.values():
        parent = nodes.get(node.envelope.parent_id or 0)
        (parent.children if parent else roots).append(node)
    sums = (
        Account.objects.filter(envelope__in=nodes)
        .order_by()
        .values_list("envelope", "bucket")
        .annotate(Sum("balance"))
    )
    for envelope, bucket, balance in sums:
        nodes[envelope].balances[bucket] += balance
    return [line for root in sorted(roots, key=rank) for line in walk(root)]


def rank(node: EnvelopeNode) -> tuple[int, str, int]:
    levels = list(Level)
    envelope = node.envelope
    return (
        levels.index(Level(envelope.level)),
        envelope.departement_id or "",
        envelope.pk,
    )


def walk(node: EnvelopeNode, depth: int = 0) -> Iterable[EnvelopeNode]:
    """The node and its descendants, each holding the sums of its subtree."""
    node.depth = depth
    node.undelegated = node.available
    below: list[EnvelopeNode] = []
    for child in sorted(node.children, key=rank):
        below.extend(walk(child, depth + 1))
        for bucket, balance in child.balances.items():
            node.balances[bucket] += balance
    return [node, *below]


def subtree(envelope: Envelope, envelopes: QuerySet[Envelope]) -> list[int]:
    """Keys of an envelope and of those under it; one query."""
    parents = dict(envelopes.filter(year=envelope.year).values_list("pk", "parent"))
    inside = {envelope.pk}
    grows = True
    while grows:
        more = {pk for pk, parent in parents.items() if parent in inside} - inside
        inside |= more
        grows = bool(more)
    return sorted(inside)


def transfers_behind(accounts: QuerySet[Account]) -> QuerySet[Transfer]:
    """Transfers that changed the sum of the accounts, with `signed`: their sum is it.

    What moves between two of the accounts changes nothing and is left out.
    """
    keys = accounts.order_by().values("pk")
    into, out_of = Q(target__in=keys), Q(source__in=keys)
    return (
        Transfer.objects.filter((into & ~out_of) | (out_of & ~into))
        .annotate(signed=Case(When(into, then=F("amount")), default=-F("amount")))
        .select_related(
            *("source__envelope", "target__envelope", "by"),
            *("source__annexe__convention__structure",),
            *("target__annexe__convention__structure",),
            *("source__fdi__structure", "target__fdi__structure"),
        )
    )
