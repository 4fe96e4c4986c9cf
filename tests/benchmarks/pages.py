"""Course pages that no provider has: varied in title, code, facts, wording and length, the same for the same seed."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import phrases as say

SEED = 2026


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page as it is written to disk."""

    code: str
    title: str
    text: str

    @property
    def slug(self) -> str:
        return "-".join(self.title.casefold().replace("(", "").replace(")", "").split())


def write(folder: Path, count: int, seed: int = SEED) -> list[GeneratedPage]:
    """Write so many pages into the folder, a hundred a subfolder."""
    pages = list(generate(count, seed))
    for number, page in enumerate(pages):
        shelf = folder / f"shelf-{number // 100:03}"
        shelf.mkdir(parents=True, exist_ok=True)
        (shelf / f"{page.slug}.md").write_text(page.text, encoding="utf-8")
    return pages


def generate(count: int, seed: int = SEED) -> Iterator[GeneratedPage]:
    """So many pages; no two have a title or a code in common."""
    rng = random.Random(seed)
    titles = list(itertools.product(say.LEVELS, say.SUBJECTS, say.SETTINGS))
    rng.shuffle(titles)
    taken: set[str] = set()
    for level, subject, setting in titles[:count]:
        name = f"{level} {subject.title()} {setting}".strip()
        code = _code(name, taken)
        title = name + rng.choice(("", f" ({code})", f" ({code}) with Certification", " Course", " Workshop"))
        yield GeneratedPage(code, name, _Writer(rng, subject).page(code, title, name))


def _code(name: str, taken: set[str]) -> str:
    """The initials, and a number where they are not enough."""
    letters = "".join(word[0] for word in name.split() if word[0].isalpha()).upper()[:5]
    wishes = itertools.chain([letters], (f"{letters}{number}" for number in itertools.count(2)))
    code = next(code for code in wishes if code not in taken)
    taken.add(code)
    return code


class _Writer:
    """Writes one page."""

    def __init__(self, rng: random.Random, subject: str) -> None:
        self._rng = rng
        self._subject = subject

    def page(self, code: str, title: str, name: str) -> str:
        chance = self._rng.random
        hours = self._rng.choice((0, 2, 4, 7, 8, 14, 16, 21, 24, 32, 40))
        slug = "-".join(name.casefold().split())
        fields = [
            f"code: {code}",
            f"duration: {hours}",
            f"skilllevel: {self._rng.choice(('beginner', 'intermediate', 'advanced'))}",
            f'brand:\n  vendor: {self._rng.choice(say.VENDORS)}\n  colour: "#{self._rng.randrange(16**6):06x}"',
            _block("lead", ">-", self._lead(hours)),
            _block("audience", "|-", self._audience()) if chance() < 0.9 else 'audience: ""',
            _block("prerequisites", "|-", self._one(say.PREREQUISITES)) if chance() < 0.8 else 'prerequisites: ""',
            _block("objectives", "|2+", "\n" + self._items(say.OBJECTIVES, 5, 9)),
            _block("topics", "|-", self._items(say.TOPICS, 5, 10)),
            _block("certification", "|-", self._certification(code)) if chance() < 0.8 else 'certification: ""',
            _block("format", ">-", self._one(say.FORMATS)) if chance() < 0.7 else 'format: ""',
            _block("details", "|2-", "\n" + self._details()) if chance() < 0.4 else 'details: ""',
        ]
        self._rng.shuffle(fields)
        delivery = "\n".join(f"  {line}" if line else "" for field in fields for line in field.splitlines())
        day = f"20{self._rng.randint(15, 25)}-{self._rng.randint(1, 12):02}-{self._rng.randint(1, 28):02}"
        head = (
            f"title: {title}\ndate: {day}\ntype: course\nslug: {slug}\nurl: /courses/:slug/\n"
            f"aliases:\n  - /training/{slug}\n  - /old/{slug}-{hours}h\ncoverImage: {code}-1600x900.jpg"
        )
        tags = "\n".join(f"  - {word}" for word in self._subject.split())
        return f"---\n{head}\ntags:\n{tags}\ndelivery:\n{delivery}\n---\n\n{self._body(title)}\n"

    def _one(self, wordings: Sequence[str], **values: object) -> str:
        filled = {"who": self._rng.choice(say.PEOPLE), "thing": self._rng.choice(say.THINGS), **values}
        text = self._rng.choice(wordings).format(subject=self._subject, **filled)
        return text[0].upper() + text[1:]

    def _some(self, wordings: Sequence[str], least: int, most: int) -> list[str]:
        chosen = self._rng.sample(wordings, min(len(wordings), self._rng.randint(least, most)))
        return [self._one([wording]) for wording in chosen]

    def _items(self, wordings: Sequence[str], least: int, most: int) -> str:
        return "\n".join(f"- {text}" for text in self._some(wordings, least, most))

    def _lead(self, hours: int) -> str:
        told = [] if hours else [self._one(say.LENGTHS, number=self._rng.choice(("two", "three", "four")))]
        return " ".join([self._one(say.LEADS), *told, *self._some(say.SENTENCES, 1, 4)])

    def _audience(self) -> str:
        return f"{self._one(say.AUDIENCES)}\n\n" + "\n".join(f"- {who}" for who in self._rng.sample(say.PEOPLE, 4))

    def _certification(self, code: str) -> str:
        if self._rng.random() < 0.15:
            return self._one(say.NO_EXAM)
        mark = self._rng.choice((60, 65, 70, 72, 75, 80, 85, 90))
        told = [self._one(say.MARKS, code=code, mark=mark)]
        if self._rng.random() < 0.6:
            told.append(self._one(say.RETAKES, days=self._rng.choice((7, 10, 14, 21, 30)), mark=mark))
        if self._rng.random() < 0.5:
            told.append(self._one(say.CREDITS, pdus=self._rng.choice((7, 8, 14, 16, 21))))
        return " ".join(told)

    def _details(self) -> str:
        frame = f'<iframe title="Reviews" src="https://reviews.example/{self._rng.randrange(10**9)}"></iframe>'
        return f"### What people say\n\n{frame}\n\n" + "\n\n".join(self._some(say.SENTENCES, 2, 4))

    def _body(self, title: str) -> str:
        parts = [f"Welcome to **{title}**. {self._one(say.LEADS)}"]
        for heading in self._rng.sample(say.HEADINGS, self._rng.randint(3, 6)):
            parts += [f"#### {heading}", " ".join(self._some(say.SENTENCES, 5, 12))]
            if self._rng.random() < 0.6:
                parts.append(self._items(say.OBJECTIVES, 3, 6))
        return "\n\n".join(parts)


def _block(key: str, style: str, text: str) -> str:
    """A block scalar; the text may begin with an empty line where the style gives the indentation."""
    return f"{key}: {style}\n" + "\n".join(f"  {line}" if line else "" for line in text.split("\n"))
