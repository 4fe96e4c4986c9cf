"""What people say to the bot from a wish to a lead, for tests and benchmarks that need many of them."""

from dataclasses import dataclass

from bot.models.content import FormSpec


@dataclass(frozen=True, slots=True)
class Step:
    """A text, or a button by its label; and how the right answer is known: by the label of a button it carries, or by
    words in it."""

    text: str = ""
    button: str = ""
    offers: str = ""
    says: str = ""

    def answered(self, text: str, labels: list[str]) -> bool:
        """Whether a message with this text and these buttons is the answer."""
        return self.offers in labels if self.offers else self.says in text


def question() -> Step:
    """A question whose answer is known by heart."""
    return Step("what is the pass mark of PSPO?", says="85%")


def enquiry(form: FormSpec, name: str, email: str, course: str = "PSPO") -> tuple[Step, ...]:
    """A lead, from the wish to the last yes; after three steps it is half-way."""
    label = form.replies
    return (
        Step(f"I want to enrol in {course}", offers=label["yes"]),
        Step(button=label["yes"], offers=label["cancel"]),
        Step(f"{name}, {email}", offers=label["skip"]),
        Step(button=label["skip"], offers=label["review_yes"]),
        Step(button=label["review_yes"], says=label["done"].partition("{{")[0]),
    )


def refusal(form: FormSpec, course: str = "PSPO") -> tuple[Step, ...]:
    """Who wants to know the price and does not agree to being contacted."""
    label = form.replies
    return (
        Step(f"what does {course} cost?", offers=label["yes"]),
        Step(button=label["no"], says=label["refused"]),
    )
