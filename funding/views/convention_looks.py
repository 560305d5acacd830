"""Badges of conventions: opinions, and sales of an ACI against the law."""

from structures.enums import OpinionSense, SalesVerdict
from structures.views.badges import ERROR, INFO, SUCCESS, WARNING, Badge

OPINIONS = {
    OpinionSense.FAVOURABLE: Badge("Favorable", *SUCCESS),
    OpinionSense.RESERVED: Badge("Avec réserve", *WARNING),
    OpinionSense.UNFAVOURABLE: Badge("Défavorable", *ERROR),
    OpinionSense.POSTPONED: Badge("Reporté", *INFO),
}
SALES = {
    SalesVerdict.WITHIN: Badge("Sous la limite", *SUCCESS),
    SalesVerdict.DECISION: Badge("Demande une décision", *WARNING),
    SalesVerdict.OVER: Badge("Trop de ventes", *ERROR),
}
