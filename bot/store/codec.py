"""Conversations to and from JSON."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.models.conversation import Conversation, Letter, OpenForm, Pending, Sent
from bot.models.lead import Asked, Consent


def encode(value: Any) -> Any:
    """JSON of a frozen type; moments as ISO 8601."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    return value


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    data: dict[str, Any] = encode(asdict(conversation))
    for column in ("id", "channel", "user"):
        del data[column]
    return data


def conversation(id: str, channel: str, user: str, state: dict[str, Any]) -> Conversation:
    """The reverse of `conversation_json`; unknown keys of a newer version are dropped."""
    pending, form, updated = state.get("pending"), state.get("form"), state.get("updated")
    letter, sent = state.get("letter"), state.get("sent")
    return Conversation(
        id, channel, user,
        courses=tuple(state.get("courses", ())),
        recent=tuple(state.get("recent", ())),
        shown=tuple(state.get("shown", ())),
        intents=tuple(state.get("intents", ())),
        pending=Pending(tuple(pending["intents"]), tuple(pending["choices"])) if pending else None,
        form=_form(form) if form else None,
        awaiting=state.get("awaiting", ""),
        misses=state.get("misses", 0),
        asked=tuple(map(asked, state.get("asked", ()))),
        campaign=state.get("campaign"),
        letter=Letter(letter["lead"], letter["by"], letter["answered"]) if letter else None,
        sent=_sent(sent) if sent else None,
        language=state.get("language"),
        updated=datetime.fromisoformat(updated) if updated else None,
    )  # fmt: skip


def asked(row: dict[str, Any]) -> Asked:
    return Asked(row["text"], row["outcome"], datetime.fromisoformat(row["at"]))


def _sent(data: dict[str, Any]) -> Sent:
    return Sent(datetime.fromisoformat(data["at"]), tuple(data["courses"]), tuple(data["details"]))


def _form(data: dict[str, Any]) -> OpenForm:
    consent = data["consent"]
    return OpenForm(
        wishes=tuple(data["wishes"]),
        courses=tuple(data["courses"]),
        values=data["values"],
        consent=_consent(consent) if consent else None,
        version=data.get("version", ""),
        reminded=data.get("reminded", False),
        failures=data["failures"],
        skipped=tuple(data["skipped"]),
    )


def _consent(data: dict[str, Any]) -> Consent:
    withdrawn = data["withdrawn"]
    return Consent(
        data["purpose"], data["text"], data["version"], datetime.fromisoformat(data["given"]),
        datetime.fromisoformat(withdrawn) if withdrawn else None,
    )  # fmt: skip


def moment(value: datetime) -> datetime:
    """SQLite gives moments back without their zone; all are kept in UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
