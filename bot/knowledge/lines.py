"""Where a field begins: the line of a key path within a page."""

import re
from collections.abc import Sequence

from bot.knowledge.pages import Page


def line_of(page: Page, field: str) -> int:
    """The line on which `field` begins, of its nearest ancestor where it is not found, of the body for `body`."""
    if field == "body":
        return page.body_line
    keys = field.replace("[]", "").split(".")
    if keys[0] in page.beside:
        return 1
    return page.head_line + line_in(page.head.decode(), keys)


def line_in(head: str, keys: Sequence[str]) -> int:
    """Line index of the key, by indentation: a full parse for one line number would cost more than the answer."""
    found, start, end, indent = 0, 0, len(head), ""
    for key in keys:
        match = re.compile(rf"^{indent}[\"']?{re.escape(key)}[\"']?[ \t]*:", re.MULTILINE).search(head, start, end)
        if match is None:
            break
        found = match.start()
        line_end = head.find("\n", found)
        start = len(head) if line_end < 0 else line_end + 1
        sibling = re.compile(rf"^{indent}[^ \n]", re.MULTILINE).search(head, start, end)
        end = sibling.start() if sibling else end
        child = re.compile(r"^( +)[^ \n]", re.MULTILINE).search(head, start, end)
        if child is None:
            break
        indent = child.group(1)
    return head.count("\n", 0, found)
