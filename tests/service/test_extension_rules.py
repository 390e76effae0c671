"""What the extension makes of its rules, in the very scripts that browsers run; here Node.js runs them.

Real browsers block by them in other tests. The storage is made up: no browser's clock can be set by a test.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "resources" / "browser-extension"
MINUTE = 60_000
NOON = 1_800_000_000_000
HOURS = {"mode": "block", "sites": ["reddit.com"], "until": NOON + 60 * MINUTE, "title": None}
SESSION = {"mode": "block", "sites": ["youtube.com", "reddit.com/r"], "until": NOON + 25 * MINUTE, "title": "Tests"}
ONLY = {"mode": "allow", "sites": ["python.org", "example.org/a"], "until": NOON + 25 * MINUTE, "title": "Tests"}
RULES = {"version": 1, "blocks": [HOURS, SESSION], "let_in": [], "passes_left": 2, "pass_seconds": 60}


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as a package of modules."""
    assert shutil.which("node") is not None, "sh installer/test.sh installs Node.js"
    folder = tmp_path_factory.mktemp("extension")
    for path in SOURCE.glob("*.js"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def run(scripts: Path, script: str, given: Any) -> Any:
    """Return what `script` says of `given`."""
    (scripts / "test.js").write_text(script)
    done = subprocess.run(
        ["node", "test.js", json.dumps(given)], cwd=scripts, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


_BLOCKS = """
import { blockedBy, blockOf, browserRules, isLetIn, lastEnd, nextChange } from "./rules.js";
const [rules, asked] = JSON.parse(process.argv[2]);
console.log(JSON.stringify(asked.map(([url, now]) => ({
  by: blockedBy(url, rules, now), until: blockOf(url, rules, now)?.until ?? null,
  title: blockOf(url, rules, now)?.title ?? null, passes: isLetIn(url, rules, now),
  next: nextChange(rules, now), last: lastEnd(rules, now), rules: browserRules(rules, now, "page").length,
}))));
"""


def test_each_block_ends_by_itself(scripts: Path) -> None:
    reddit, video, other = "https://old.reddit.com/r/all", "https://www.youtube.com/watch", "https://example.org/"
    soon, later, end = NOON, NOON + 30 * MINUTE, NOON + 60 * MINUTE
    asked = [(url, now) for now in (soon, later, end) for url in (reddit, video, other)]
    found = run(scripts, _BLOCKS, [RULES, asked])
    assert [(each["by"], each["until"], each["title"]) for each in found] == [
        ("reddit.com", HOURS["until"], None), ("youtube.com", SESSION["until"], "Tests"), (None, None, None),
        ("reddit.com", HOURS["until"], None), (None, None, None), (None, None, None),
        *[(None, None, None)] * 3,
    ]  # fmt: skip
    assert [each["next"] for each in found[::3]] == [SESSION["until"], HOURS["until"], None]
    assert [each["last"] for each in found[::3]] == [HOURS["until"], HOURS["until"], None]
    assert [each["rules"] for each in found[::3]] == [4, 2, 0]


def test_a_pass_is_told_from_an_end(scripts: Path) -> None:
    rules = {**RULES, "let_in": [["youtube.com", NOON + MINUTE]]}
    open_now, over = run(scripts, _BLOCKS, [rules, [("https://youtube.com/", NOON + at * MINUTE) for at in (0, 1)]])
    assert (open_now["by"], open_now["passes"], open_now["until"]) == (None, True, SESSION["until"])
    assert (over["by"], over["passes"]) == ("youtube.com", False)


def test_all_but_a_list_together_with_other_lists(scripts: Path) -> None:
    more = {**ONLY, "sites": ["docs.python.org", "example.org"], "until": NOON + MINUTE}
    urls = [
        "https://docs.python.org/3/", "https://www.python.org/", "https://example.org/a/1", "https://example.org/b",
        "https://old.reddit.com/", "http://localhost:8000/", "about:blank",
    ]  # fmt: skip
    rules = {**RULES, "blocks": [HOURS, ONLY, more]}
    found = run(scripts, _BLOCKS, [rules, [(url, NOON) for url in urls]])
    assert [each["by"] for each in found] == [
        None, "python.org", None, "example.org", "reddit.com", None, None,
    ]  # fmt: skip
    found = run(scripts, _BLOCKS, [rules, [(url, NOON + 2 * MINUTE) for url in urls[:5]]])
    assert [each["by"] for each in found] == [None, None, None, "example.org", "reddit.com"]


def test_the_browser_is_told_what_each_of_several_lists_leaves(scripts: Path) -> None:
    script = """
    import { browserRules } from "./rules.js";
    console.log(JSON.stringify(browserRules(JSON.parse(process.argv[2]), 0, "page")));
    """
    more = {**ONLY, "sites": ["docs.python.org", "example.org"]}
    made = run(scripts, script, {**RULES, "blocks": [HOURS, ONLY, more]})
    [others] = [each for each in made if each["priority"] == 1]
    assert others["condition"]["excludedRequestDomains"] == ["localhost", "127.0.0.1", "docs.python.org"]
    [path] = [each for each in made if each["priority"] == 2]
    assert "example\\.org" in path["condition"]["regexFilter"]
    assert {each["action"]["type"] for each in made if each["priority"] == 3} == {"redirect", "block"}


_CLOCK = """
const [rules, moments] = JSON.parse(process.argv[2]);
let kept = {};
let applied = [];
globalThis.chrome = {
  runtime: { getURL: (path) => `chrome-extension://x/${path}` },
  storage: { local: {
    get: async (name) => (name in kept ? { [name]: kept[name] } : {}),
    set: async (values) => void (kept = { ...kept, ...structuredClone(values) }),
  } },
  alarms: { create: () => null, clear: () => null },
  tabs: { query: async () => [] },
  declarativeNetRequest: {
    getSessionRules: async () => applied,
    updateSessionRules: async ({ addRules = [] }) => void (applied = addRules),
  },
};
globalThis.setTimeout = () => 0;
const { enforce, take } = await import("./blocking.js");
Date.now = () => moments[0];
await take(rules);
const found = [];
for (const moment of moments.slice(1)) {
  Date.now = () => moment;
  await enforce();
  const { blocks, let_in } = kept.rules;
  const lefts = [blocks.map(({ until }) => until - moment), let_in.map(([, until]) => until - moment)];
  found.push([...lefts, applied.length > 0]);
}
console.log(JSON.stringify(found));
"""


def test_a_clock_that_is_set_back_makes_no_block_longer(scripts: Path) -> None:
    day = 24 * 60 * MINUTE
    rules = {**RULES, "blocks": [SESSION], "let_in": [["youtube.com", NOON + MINUTE]]}
    moments = [NOON, NOON + 10 * MINUTE, NOON - day, NOON - day + 14 * MINUTE, NOON - day + 15 * MINUTE]
    assert run(scripts, _CLOCK, [rules, moments]) == [
        [[15 * MINUTE], [-9 * MINUTE], True],
        [[15 * MINUTE], [-9 * MINUTE], True],
        [[MINUTE], [-23 * MINUTE], True],
        [[0], [-24 * MINUTE], False],
    ]
