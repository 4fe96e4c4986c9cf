"""Dialogues of `ask`, `why` and `evaluate`, and the JSON contract of their answers."""

import gc
import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.cli.shared import find_course
from bot.errors import CourseAdvisorError

if TYPE_CHECKING:
    from bot.conversation.advisor import Advisor
    from bot.models.conversation import Conversation


class Session:
    """Dialogues that live for one run: no database is opened and leads are dropped."""

    def __init__(self, advisor: "Advisor", warm: bool = False) -> None:
        if warm:
            advisor.warm()
            gc.freeze()  # what is loaded stays: else full collections walk all of it while a message waits
        self._advisor = advisor
        self._conversations: dict[str, Conversation] = {}

    def line(self, line: str) -> dict[str, Any]:
        """One JSON line in, one object out; a line that cannot be read gives its error."""
        key: Any = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise CourseAdvisorError("Not a JSON object.")
            key = row.get("id")
            if not isinstance(row.get("text"), str):
                raise CourseAdvisorError('The line has no "text".')
            return {"id": key, **self.ask(row["text"], row.get("conversation"), row.get("context"))}
        except ValueError as error:
            return {"id": key, "error": f"Not a line of JSON: {error}"}
        except CourseAdvisorError as error:
            return {"id": key, "error": str(error)}

    def ask(self, text: str, conversation: str | None = None, context: str | None = None) -> dict[str, Any]:
        """Answer in a conversation (its own when none is named); the keys are the JSON contract's."""
        from bot.models.conversation import Conversation
        from bot.models.reply import Request

        if context is not None:
            context = find_course(self._advisor, context).key
        before = self._conversations.get(conversation) if conversation else None
        started = time.perf_counter()
        turn = self._advisor.turn(
            Request("ask", "ask", text, context=context), before or Conversation("ask", "ask", "ask"), datetime.now(UTC)
        )
        reply = turn.reply
        said = reply.text
        elapsed = 1000 * (time.perf_counter() - started)
        if conversation:
            self._conversations[conversation] = turn.conversation
        return {
            "intents": list(reply.intents),
            "courses": list(reply.courses),
            "outcome": reply.outcome,
            "facts": [fact.as_json() for fact in reply.facts],
            "text": said,
            "confidence": round(reply.confidence, 3),
            "ms": round(elapsed, 3),
        }
