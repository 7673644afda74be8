"""`desk-number`: a number for a desk, to be read out by telephone."""

import argparse
from collections.abc import Iterator

from sync.province import desks, spoken
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    parser = grammar.verb(verbs, "desk-number", _number, "a new number for a restored desk, to be read out")
    parser.add_argument("desk", metavar="DESK", help="a number it had before, or its id")
    parser.add_argument("request", metavar="REQUEST", help="the sixteen letters the clerk reads out")


def _number(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        said = spoken.speak(work, desks.find(work, args.desk), args.request)
    text = f"{said.answer}\nnumber {said.number}, epoch {said.epoch}: read the letters out"
    yield Said(text, {"answer": said.answer, "number": said.number, "epoch": said.epoch})
