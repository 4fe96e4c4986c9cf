"""The whole of `knowledge/` and the catalogue, read and checked; nothing of it when the knowledge itself is broken."""

from collections.abc import Callable
from pathlib import Path

from bot.errors import ContentError
from bot.knowledge.catalogue import Catalogue, Snapshot
from bot.knowledge.content import (
    Desk,
    read_campaigns,
    read_form,
    read_intents,
    read_provider,
    read_replies,
    read_thresholds,
    read_vocabulary,
)
from bot.knowledge.contract import BadContractError, Contract, read_contract
from bot.models.content import Knowledge, Problem
import contextlib


class NoUsablePageError(ContentError):
    """There is nothing to answer from."""


Progress = Callable[[int, int], None]


def load_knowledge(knowledge_dir: Path, courses_dir: Path | None = None, progress: Progress | None = None) -> Knowledge:
    """Everything the bot knows. A broken page is left out and named in `problems`; broken knowledge raises ContentError."""
    return KnowledgeLoader(knowledge_dir, courses_dir).load(progress)


class KnowledgeLoader:
    """Loads again and again, as files are edited, opening only the pages that changed."""

    def __init__(self, knowledge_dir: Path, courses_dir: Path | None = None) -> None:
        self.knowledge_dir = Path(knowledge_dir)
        self.courses_dir = Path(courses_dir) if courses_dir else self.knowledge_dir / "courses"
        self._catalogue: Catalogue | None = None
        self._made_from: tuple[dict[str, object], str] | None = None

    def load(self, progress: Progress | None = None) -> Knowledge:
        """The knowledge as it is on disk now; raises ContentError with every fault when it cannot be used."""
        if not self.knowledge_dir.is_dir():
            raise ContentError(
                f"{self.knowledge_dir} is no directory. Set KNOWLEDGE_DIR to the folder that holds facts.yaml."
            )
        desk = Desk(self.knowledge_dir)
        source = desk.read("facts.yaml")
        contract = _contract(desk, source)
        provider = read_provider(desk)
        facts = {name: rule.spec for name, rule in contract.rules.items()} if contract else {}
        intents, form, replies = read_intents(desk, facts), read_form(desk), read_replies(desk)
        vocabulary, campaigns = read_vocabulary(desk), read_campaigns(desk)
        thresholds, claims = read_thresholds(desk), desk.read("claims.yaml", required=False)
        if desk.problems or contract is None:
            raise ContentError("\n".join(["The knowledge cannot be used:", *map(str, desk.problems)]))
        snapshot = self._snapshot(contract, (source, provider.site), progress)
        return Knowledge(
            courses=snapshot.courses,
            facts=facts,
            intents=intents,
            vocabulary=vocabulary,
            provider=provider,
            form=form,
            replies=replies,
            campaigns=campaigns,
            thresholds=thresholds,
            claims=claims,
            problems=snapshot.problems,
        )

    def check(self, progress: Progress | None = None) -> list[Problem]:
        """What the content checker finds in the pages as they are on disk now, also where none of them can be used."""
        from bot.knowledge.check import check

        with contextlib.suppress(NoUsablePageError):
            self.load(progress)
        return check(self._catalogue) if self._catalogue else []

    def _snapshot(
        self, contract: Contract, made_from: tuple[dict[str, object], str], progress: Progress | None
    ) -> Snapshot:
        if not self.courses_dir.is_dir():
            raise ContentError(
                f"{self.courses_dir} is no directory. Name the folder with the course pages (COURSES_DIR)."
            )
        if self._catalogue is None or self._made_from != made_from:
            self._catalogue = Catalogue(self.courses_dir, contract, made_from[1])
            self._made_from = made_from
        snapshot = self._catalogue.read(progress)
        if not snapshot.courses:
            found = [str(problem) for problem in snapshot.problems] or ["There is no Markdown page with front matter."]
            raise NoUsablePageError("\n".join([f"{self.courses_dir} holds no usable course page:", *found]))
        return snapshot


def _contract(desk: Desk, source: dict[str, object]) -> Contract | None:
    if not source:
        return None
    try:
        return read_contract(source)
    except BadContractError as error:
        desk.fault("facts.yaml", str(error), "See knowledge/README.md.")
        return None
