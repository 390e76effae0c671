"""Sentences about block lists and what they hold."""

from collections.abc import Sequence

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify_ui.text.focus import count_text
from productify_ui.text.focus import focus_words as say


def joined(parts: Sequence[str]) -> str:
    """Return up to three parts as one phrase."""
    match len(parts):
        case 3:
            return say.three.format(first=parts[0], second=parts[1], third=parts[2])
        case 2:
            return say.two.format(first=parts[0], second=parts[1])
        case _:
            return "".join(parts)


def targets_of(lists: Sequence[BlockList], mode: ListMode) -> tuple[Target, ...]:
    """Return what the lists of a mode name: all that one of them blocks, or what every one of them allows."""
    named = [each.targets for each in lists if each.mode is mode]
    every = dict.fromkeys(target for targets in named for target in targets)
    if mode is ListMode.BLOCK:
        return tuple(every)
    return tuple(target for target in every if all(target in targets for targets in named))


def content_text(targets: Sequence[Target]) -> str:
    """Return how many apps, sites and categories there are, "" for none."""
    named = (
        (TargetKind.APP, say.one_app, say.many_apps),
        (TargetKind.SITE, say.one_site, say.many_sites),
        (TargetKind.CATEGORY, say.one_category, say.many_categories),
    )
    counts = ((sum(target.kind is kind for target in targets), one, many) for kind, one, many in named)
    return joined([count_text(count, one, many) for count, one, many in counts if count])


def entries_text(given: BlockList) -> str:
    """Return what a list blocks."""
    content = content_text(given.targets)
    if given.mode is ListMode.BLOCK:
        return content or say.empty_list
    return say.all_but.format(content=content) if content else say.everything


def lists_text(lists: Sequence[BlockList]) -> str:
    """Return which lists they are and what they name."""
    if not lists:
        return say.nothing_blocked
    if len(lists) == 1:
        return say.list_named.format(name=lists[0].name, content=content_text(lists[0].targets) or say.empty_list)
    blocked, allowed = (targets_of(lists, mode) for mode in (ListMode.BLOCK, ListMode.ALLOW))
    if all(each.mode is ListMode.BLOCK for each in lists):
        return say.lists_named.format(count=len(lists), content=content_text(blocked) or say.empty_list)
    if all(each.mode is ListMode.ALLOW for each in lists):
        return say.lists_named.format(count=len(lists), content=content_text(allowed) or say.in_common)
    return say.lists_mixed.format(count=len(lists), blocked=len(blocked), allowed=len(allowed))


def block_heading(lists: Sequence[BlockList], *, is_setup: bool, blocks: bool) -> str:
    """Return what stands over the entries of lists that the next session uses, or that the running one does."""
    only_allows = bool(lists) and all(each.mode is ListMode.ALLOW for each in lists)
    if is_setup:
        return say.allow_heading if only_allows else say.block_heading
    if not blocks:
        return say.blocks_paused
    return say.allowing if only_allows else say.blocking


def remove_text(name: str, mode: ListMode) -> str:
    """Return what taking an entry out of a list of this mode does."""
    return (say.remove if mode is ListMode.BLOCK else say.remove_allowed).format(name=name)


def removed_text(name: str, mode: ListMode) -> str:
    """Return what became of an entry that was taken out of a list of this mode."""
    return (say.removed if mode is ListMode.BLOCK else say.removed_allowed).format(name=name)


def names_text(heading: str, names: Sequence[str], count: int) -> str:
    """Return the first of `count` names under their heading, as a screen reader says them."""
    content = ", ".join(names)
    if count > len(names):
        content = say.and_more.format(names=content, count=count - len(names))
    return say.headed.format(heading=heading, content=content)
