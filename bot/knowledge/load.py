"""The whole of `knowledge/` and the catalogue, read and checked; nothing of it when the knowledge itself is broken."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.knowledge.catalogue import Catalogue, Snapshot
from bot.knowledge.content import (
    read_campaigns,
    read_form,
    read_intents,
    read_provider,
    read_replies,
    read_thresholds,
    read_vocabulary,
)
from bot.knowledge.contract import BadContractError, Contract, read_contract
from bot.knowledge.desk import Desk
from bot.knowledge.disk import look
from bot.knowledge.formrules import check_form
from bot.knowledge.wording import check_wording
from bot.models.content import Knowledge, Problem

Progress = Callable[[int, int], None]


def load_knowledge(knowledge_dir: Path, courses_dir: Path | None = None, progress: Progress | None = None) -> Knowledge:
    """Everything the bot knows. A broken page is left out and named in `problems`; broken knowledge raises ContentError."""
    return KnowledgeLoader(knowledge_dir, courses_dir).load(progress)


@dataclass(frozen=True, slots=True)
class _Files:
    """What stands in the knowledge directory itself."""

    source: dict[str, Any]
    """`facts.yaml` as it was parsed."""
    contract: Contract | None
    knowledge: Knowledge
    """Without courses."""
    problems: tuple[Problem, ...]


class KnowledgeLoader:
    """Loads again and again, as files are edited, opening only the pages that changed. For one thread at a time."""

    def __init__(self, knowledge_dir: Path, courses_dir: Path | None = None) -> None:
        self.knowledge_dir = Path(knowledge_dir)
        self.courses_dir = Path(courses_dir) if courses_dir else self.knowledge_dir / "courses"
        self._catalogue: Catalogue | None = None
        self._made_from: tuple[dict[str, Any], str] | None = None
        self.seen: object = None
        """What `look` gave at the last load."""

    def load(self, progress: Progress | None = None) -> Knowledge:
        """The knowledge as it is on disk now; raises ContentError with every fault when it cannot be used."""
        self.seen = self.look()
        files = self._files()
        if files.problems or files.contract is None:
            raise ContentError("\n".join(["The knowledge cannot be used:", *map(str, files.problems)]))
        snapshot = self._read(files, files.contract, progress)
        if not snapshot.courses:
            found = [str(problem) for problem in snapshot.problems] or ["There is no Markdown page with front matter."]
            raise ContentError("\n".join([f"{self.courses_dir} holds no usable course page:", *found]))
        return replace(files.knowledge, courses=snapshot.courses, problems=snapshot.problems, kept=snapshot.kept)

    def look(self) -> object:
        """What tells that a file was edited, added or removed, when it is compared with an earlier look."""
        return look(self.knowledge_dir, but="courses"), look(self.courses_dir)

    def check(self, progress: Progress | None = None) -> list[Problem]:
        """All that is to be mended in the files as they are on disk now, also where none of them can be used."""
        from bot.knowledge.check import check

        files = self._files()
        if files.contract is None:
            return list(files.problems)
        self._read(files, files.contract, progress)
        assert self._catalogue is not None
        return [*files.problems, *check(self._catalogue, files.knowledge.campaigns.values())]

    def _files(self) -> _Files:
        if not self.knowledge_dir.is_dir():
            raise ContentError(
                f"{self.knowledge_dir} is no directory. Set KNOWLEDGE_DIR to the folder that holds facts.yaml."
            )
        desk = Desk(self.knowledge_dir)
        source = desk.read("facts.yaml")
        contract = _contract(desk, source)
        facts = {name: rule.spec for name, rule in contract.rules.items()} if contract else {}
        knowledge = Knowledge(
            courses={},
            facts=facts,
            intents=read_intents(desk, facts),
            vocabulary=read_vocabulary(desk),
            provider=read_provider(desk),
            form=read_form(desk),
            replies=read_replies(desk),
            campaigns=read_campaigns(desk),
            thresholds=read_thresholds(desk),
            claims=desk.read("claims.yaml", required=False),
        )
        check_form(desk, knowledge.form, knowledge.intents)
        check_wording(desk, knowledge.replies, knowledge.intents, knowledge.form)
        return _Files(source, contract, knowledge, tuple(desk.problems))

    def _read(self, files: _Files, contract: Contract, progress: Progress | None) -> Snapshot:
        if not self.courses_dir.is_dir():
            raise ContentError(
                f"{self.courses_dir} is no directory. Name the folder with the course pages (COURSES_DIR)."
            )
        site = files.knowledge.provider.site
        if self._catalogue is None:
            self._catalogue = Catalogue(self.courses_dir, contract, site)
        elif self._made_from != (files.source, site):
            self._catalogue = self._catalogue.renewed(contract, site)
        self._made_from = (files.source, site)
        return self._catalogue.read(progress)


def _contract(desk: Desk, source: dict[str, object]) -> Contract | None:
    if not source:
        return None
    try:
        return read_contract(source)
    except BadContractError as error:
        desk.fault("facts.yaml", str(error), "Compare it with the rows around it.")
    except (re.error, TypeError, ValueError, AttributeError) as error:
        desk.fault("facts.yaml", f"a row cannot be read ({error}).", "Compare the last edit with the rows around it.")
    return None
