"""Scanned pages go under their document by their code, and nowhere else."""

import random
from dataclasses import replace

import pytest

from structures.actions import scans
from structures.actions.scans import (
    ScanRefused,
    file_page,
    ignore_page,
    read_scan,
    receive_scan,
)
from structures.enums import PageOutcome
from structures.models import Document, Scan, ScanPage, SignedCopy
from structures.printing.codes import new_code, spelled
from structures.printing.reading import page_count
from tests.structures.documents import paper
from tests.structures.documents.sheets import IDENTITY, printed
from tests.structures.documents.test_issue import TEXT, issued
from tests.structures.factories import (
    DepartementFactory,
    DocumentTemplateFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db
TWO_PAGES = (
    TEXT + "\n\n" + "\n\n".join(f"Paragraphe {n} " + "mot " * 90 for n in range(16))
)


@pytest.fixture
def agent():
    return MembershipFactory(agent=True).user


@pytest.fixture
def place():
    DocumentTemplateFactory(text=TWO_PAGES)
    return DepartementFactory()


def some(place, number):
    documents = [issued(place, title=f"Lettre {n}") for n in range(number)]
    assert {document.pages for document in documents} == {2}
    return documents


def content_of(document):
    return bytes(document.file.content)


def sent(pictures, agent, name="retour.pdf"):
    scan = receive_scan(content=paper.bound(pictures), name=name, by=agent)
    read_scan(scan_id=scan.pk)
    scan.refresh_from_db()
    return scan


def outcomes(scan):
    return list(scan.pages.order_by("number").values_list("outcome", flat=True))


def test_200_pages_in_any_order_are_filed_with_no_wrong_attachment(place, agent):
    """86 documents of two pages, 12 pages twice, 8 blank ones, 8 of somebody else."""
    draw = random.Random(2019)
    documents = some(place, 86)
    foreign = printed(
        TWO_PAGES, replace(IDENTITY, code=new_code()), title="Lettre d’ailleurs"
    )
    labelled = [
        ((document.pk, number), picture)
        for document in documents
        for number, picture in enumerate(paper.pages_of(content_of(document)), start=1)
    ]
    labelled += draw.sample(labelled, 12)
    labelled += [("blank", None)] * 8
    labelled += [
        ("foreign", picture) for picture in paper.pages_of(foreign.content)
    ] * 4
    draw.shuffle(labelled)
    assert len(labelled) == 200
    pictures = [
        paper.scanned(picture, draw) if picture else paper.blank(draw)
        for _, picture in labelled
    ]

    scan = sent(pictures, agent)

    pages = {page.number: page for page in scan.pages.all()}
    for number, (truth, _) in enumerate(labelled, start=1):
        page = pages[number]
        if truth == "blank":
            assert page.outcome == PageOutcome.UNREADABLE
        elif truth == "foreign":
            assert page.outcome == PageOutcome.UNKNOWN
        else:
            assert page.outcome in (PageOutcome.FILED, PageOutcome.DUPLICATE)
            assert (page.document_id, page.page) == truth
    assert outcomes(scan).count(PageOutcome.FILED) == 172
    assert outcomes(scan).count(PageOutcome.DUPLICATE) == 12
    assert SignedCopy.objects.filter(missing=[]).count() == 86
    copy = SignedCopy.objects.first()
    assert page_count(bytes(copy.file.content)) == 2


def test_a_code_whose_hash_is_not_the_documents_is_unknown(place, agent):
    """The same number on another content: somebody rewrote the document."""
    document = issued(place)
    forged = printed(TWO_PAGES, replace(IDENTITY, code=document.code), title="Faux")

    scan = sent(paper.pages_of(forged.content), agent)

    assert set(outcomes(scan)) == {PageOutcome.UNKNOWN}
    assert not SignedCopy.objects.exists()


def test_a_document_one_may_not_see_is_unknown(place):
    document = issued(place)
    stranger = MembershipFactory(
        agent=True,
        agency__name="UD 75",
        agency__departement=DepartementFactory(code="75", region__code="11"),
    ).user

    scan = sent(paper.pages_of(content_of(document)), stranger)

    assert set(outcomes(scan)) == {PageOutcome.UNKNOWN}


def test_two_codes_on_a_page_are_for_somebody_to_look(place, agent):
    one, other = some(place, 2)
    picture = paper.pages_of(content_of(one))[0].copy()
    below = paper.pages_of(content_of(other))[0]
    height = picture.height // 5
    strip = below.crop((0, below.height - height, below.width, below.height))
    picture.paste(strip, (0, picture.height // 2))

    scan = sent([picture], agent)

    assert outcomes(scan) == [PageOutcome.UNKNOWN]


def test_a_missing_page_is_told_and_completed_by_the_next_scan(place, agent):
    document = issued(place)
    first, second = paper.pages_of(content_of(document))

    sent([first], agent)
    assert document.copies.get().missing == [2]
    sent([second], agent, "suite.pdf")

    last = document.copies.order_by("-pk").first()
    assert last.missing == []
    assert page_count(bytes(last.file.content)) == 2


def test_what_no_code_files_is_filed_by_hand(place, agent):
    document = issued(place)
    first, second = paper.pages_of(content_of(document))
    torn = second.crop((0, 0, second.width, second.height * 3 // 4))
    scan = sent([first, torn], agent)
    page = scan.pages.get(outcome=PageOutcome.UNREADABLE)

    file_page(page=page, code=spelled(document.code).lower(), number=2, by=agent)

    page.refresh_from_db()
    assert (page.outcome, page.filed_by) == (PageOutcome.FILED, agent)
    assert document.copies.order_by("-pk").first().missing == []


@pytest.mark.parametrize(
    "code, number, sentence",
    [
        ("0000 0000 0000", 1, "Aucun document ne porte ce numéro"),
        (None, 3, "Ce document a 2 pages"),
        (None, 1, "est déjà classée dans cette numérisation"),
    ],
)
def test_a_wrong_filing_by_hand_is_refused(place, agent, code, number, sentence):
    document = issued(place)
    first, _ = paper.pages_of(content_of(document))
    scan = sent([first, paper.blank(random.Random(1))], agent)
    page = scan.pages.get(outcome=PageOutcome.UNREADABLE)

    with pytest.raises(ScanRefused, match=sentence):
        file_page(page=page, code=code or document.code, number=number, by=agent)
    page.refresh_from_db()
    assert page.outcome == PageOutcome.UNREADABLE


def test_a_blank_page_is_put_aside_a_filed_one_is_not(place, agent):
    document = issued(place)
    first, _ = paper.pages_of(content_of(document))
    scan = sent([first, paper.blank(random.Random(1))], agent)

    ignore_page(page=scan.pages.get(outcome=PageOutcome.UNREADABLE), by=agent)
    with pytest.raises(ScanRefused):
        ignore_page(page=scan.pages.get(outcome=PageOutcome.FILED), by=agent)

    assert outcomes(scan) == [PageOutcome.FILED, PageOutcome.IGNORED]


@pytest.mark.parametrize("content", [b"PK\x03\x04 un classeur", b"bonjour", b""])
def test_what_is_no_pdf_is_refused_at_once(agent, content):
    with pytest.raises(ScanRefused, match="n’est pas un PDF lisible"):
        receive_scan(content=content, name="a.pdf", by=agent)
    assert not Scan.objects.exists()


def test_a_pdf_that_cannot_be_opened_says_so(agent):
    scan = receive_scan(content=b"%PDF-1.7 rien", name="a.pdf", by=agent)
    read_scan(scan_id=scan.pk)

    scan.refresh_from_db()
    assert "n’est pas un PDF lisible" in scan.error
    assert scan.finished_at


def test_a_damaged_page_stops_no_other(place, agent):
    document = issued(place)
    pictures = [paper.blank(random.Random(1)), *paper.pages_of(content_of(document))]
    content = paper.with_damaged_page(paper.bound(pictures), 0)
    scan = receive_scan(content=content, name="a.pdf", by=agent)
    read_scan(scan_id=scan.pk)

    scan.refresh_from_db()
    damaged = scan.pages.get(outcome=PageOutcome.UNREADABLE)
    assert (scan.finished_at is not None, damaged.number) == (True, 1)


def test_the_same_file_is_taken_once(agent):
    content = paper.bound([paper.blank(random.Random(1))])
    receive_scan(content=content, name="lundi.pdf", by=agent)

    with pytest.raises(ScanRefused, match="déjà été déposé le .* « lundi.pdf »"):
        receive_scan(content=content, name="mardi.pdf", by=agent)


def test_a_worker_killed_on_the_way_loses_nothing(place, agent, monkeypatch):
    document = issued(place)
    pictures = [*paper.pages_of(content_of(document)), paper.blank(random.Random(1))]
    scan = receive_scan(content=paper.bound(pictures), name="a.pdf", by=agent)
    monkeypatch.setattr(scans, "BATCH", 1)
    read = scans.read_batch

    def killed(scan, content):
        if scan.pages.filter(outcome=PageOutcome.FILED).exists():
            raise KeyboardInterrupt
        return read(scan, content)

    monkeypatch.setattr(scans, "read_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        read_scan(scan_id=scan.pk)
    monkeypatch.setattr(scans, "read_batch", read)
    read_scan(scan_id=scan.pk)

    assert outcomes(scan) == [
        *(PageOutcome.FILED, PageOutcome.FILED, PageOutcome.UNREADABLE)
    ]
    assert document.copies.get().missing == []
    assert ScanPage.objects.count() == 3
    assert Document.objects.count() == 1
