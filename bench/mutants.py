"""How many small slips in the program its tests notice: `python -m bench.mutants [--seed N] [--each 12] [--stages …]`

So many slips a package are drawn (`bench.mutators`: a condition turned, a threshold moved, a branch dropped, a
constant changed; the kinds in turn, a place of that kind by chance) and made, one at a time, in a copy of the
repository.  Killed: a test fails that passes without it, of the package's own (`tests/<package>`, for `publish` also
`tests/warehouse`) or of those that hold whole documents to their truth (`_WHOLE_HOUSE`).  Which tests run a line is
measured beforehand (coverage with the test as context), so that a slip costs seconds; the most particular tests come
first.  A slip that no test runs into survives.

Not on mutmut or cosmic-ray: both make every slip of a module (here tens of thousands) in place of a sample drawn over
six packages by a seed, and neither runs only the tests that reach the line in a copy where tests start the command as
a program of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import coverage

from bench.mutators import Mutant, Slip, mutants

REPOSITORY = Path(__file__).resolve().parent.parent
#: What goes through the stages that read and check, and holds what they make of it to what is printed.
_WHOLE_HOUSE = ("tests/test_papers.py", "tests/test_samples.py", "tests/test_layouts.py")
STAGES = {
    "lexicon": ("tests/lexicon", *_WHOLE_HOUSE),
    "extract": ("tests/extract", *_WHOLE_HOUSE),
    "normalize": ("tests/normalize", *_WHOLE_HOUSE),
    "reconcile": ("tests/reconcile", *_WHOLE_HOUSE),
    "publish": ("tests/publish", "tests/warehouse", "tests/test_samples.py"),
    "afstem": ("tests/afstem",),
}
_KEPT = REPOSITORY / "build" / "mutants"
_COPIED = (*STAGES, "tests", "bench", "docs", "data", "requirements")
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "out", ".hypothesis")
_SECONDS = 60.0  # of tests, as measured, that one slip may cost
_HANGS = 4.0  # so many times as long as measured, and the program is thought to run in circles
_START = 60.0  # seconds beside, in which pytest starts and gathers on a busy machine
_PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--hypothesis-seed=0")


@dataclass(frozen=True, slots=True)
class Reach:
    """Of one stage: seconds by test, and by file and line the tests that run it."""

    seconds: dict[str, float]
    tests: dict[str, dict[int, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a slip: `killed` by a test, or by running in circles; how many tests were asked of how many."""

    killed: bool
    asked: int
    reaching: int
    said: str


def copy(folder: Path) -> Path:
    """The repository without its environment."""
    for name in _COPIED:
        shutil.copytree(REPOSITORY / name, folder / name, ignore=_NOT_COPIED)
    for file in REPOSITORY.iterdir():
        if file.is_file():
            shutil.copy2(file, folder)
    (folder / ".venv").symlink_to(REPOSITORY / ".venv")
    return folder


def measure(folder: Path, stage: str) -> Reach:
    """Which tests of the copy run which lines of the package; measured once for the text of package and tests."""
    kept = _KEPT / f"{stage}-{_state(folder, stage)}.json"
    if not kept.exists():
        _KEPT.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_measured(folder, stage)), encoding="utf-8")
    told = json.loads(kept.read_text(encoding="utf-8"))
    tests = {
        path: {int(line): frozenset(told["names"][n] for n in names) for line, names in lines.items()}
        for path, lines in told["lines"].items()
    }
    return Reach(told["seconds"], tests)


def _state(folder: Path, stage: str) -> str:
    made = sha256()
    for part in (stage, *STAGES[stage]):
        for file in sorted((folder / part).rglob("*.py") if (folder / part).is_dir() else [folder / part]):
            made.update(file.read_bytes())
    return made.hexdigest()[:16]


def _measured(folder: Path, stage: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="afstem-reach-") as made:
        result, data = Path(made) / "junit.xml", Path(made) / ".coverage"
        command = [sys.executable, "-m", "coverage", "run", f"--source={stage}", f"--data-file={data}", "-m", "pytest"]
        command += ["-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "-p", "bench.mutant_contexts"]
        subprocess.run([*command, f"--junitxml={result}", *STAGES[stage]], cwd=folder, env=_environment(), check=False)
        seconds: dict[str, float] = defaultdict(float)
        failed = set()
        for case in ElementTree.parse(result).getroot().iter("testcase"):
            name = _node(case.get("classname", ""), case.get("name", ""), folder)
            seconds[name] += float(case.get("time", "0"))
            if case.find("failure") is not None or case.find("error") is not None:
                failed.add(name)
        if failed:
            print(f"{stage}: fail without any slip and are not asked: {', '.join(sorted(failed))}", file=sys.stderr)
        covered = coverage.CoverageData(basename=str(data))
        covered.read()
        names: dict[str, int] = {}
        lines: dict[str, dict[int, list[int]]] = {}
        for path in covered.measured_files():
            of_file = lines[str(Path(path).resolve().relative_to(folder.resolve()))] = {}
            for line, contexts in covered.contexts_by_lineno(path).items():
                asked = sorted({c for c in contexts if c in seconds and c not in failed})
                of_file[line] = [names.setdefault(c, len(names)) for c in asked]
    return {"seconds": seconds, "names": list(names), "lines": lines}


def _node(module: str, name: str, folder: Path) -> str:
    """pytest's id of a test function, whatever its parameters."""
    parts = module.split(".")
    for at in range(len(parts), 0, -1):
        if (folder / Path(*parts[:at]).with_suffix(".py")).is_file():
            return "::".join(["/".join(parts[:at]) + ".py", *parts[at:], name.partition("[")[0]])
    return f"{module}::{name}"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}


def draw(folder: Path, stage: str, number: int, seed: int) -> list[tuple[str, Mutant]]:
    """So many slips of a package, the kinds in turn, with the path of their module."""
    chance = random.Random(f"{seed} {stage}")
    of_kind: dict[Slip, list[tuple[str, Mutant]]] = {slip: [] for slip in Slip}
    for file in sorted((folder / stage).rglob("*.py")):
        path = str(file.relative_to(folder))
        for mutant in mutants(file.read_text(encoding="utf-8")):
            of_kind[mutant.slip].append((path, mutant))
    drawn: list[tuple[str, Mutant]] = []
    kinds = list(Slip)
    while len(drawn) < number:
        one = chance.choice(of_kind[kinds[len(drawn) % len(kinds)]])
        if one not in drawn:
            drawn.append(one)
    return drawn


def asked(reach: Reach, reaching: Iterable[str]) -> list[str]:
    """The tests that run the place of a slip, the most particular first, within the seconds that it may cost."""
    breadth = Counter(test for lines in reach.tests.values() for tests in lines.values() for test in tests)
    chosen, spent = [], 0.0
    for test in sorted(reaching, key=lambda t: (breadth[t], t)):
        if chosen and spent + reach.seconds[test] > _SECONDS:
            continue
        chosen.append(test)
        spent += reach.seconds[test]
    return chosen


def reaches(folder: Path, reach: Reach, path: str, mutant: Mutant) -> set[str]:
    """All tests that run the place; of a named constant those that run a line where its name stands."""
    found: set[str] = set()
    if mutant.name is None:
        for line in range(mutant.lines[0], mutant.lines[1] + 1):
            found |= reach.tests.get(path, {}).get(line, frozenset())
        return found
    for other, lines in reach.tests.items():
        text = (folder / other).read_text(encoding="utf-8").splitlines()
        for line, tests in lines.items():
            if line <= len(text) and mutant.name in text[line - 1]:
                found |= tests
    return found


def run(folder: Path, reach: Reach, path: str, mutant: Mutant) -> Outcome:
    """Makes the slip in the copy, asks the tests, and takes it back."""
    reaching = reaches(folder, reach, path, mutant)
    tests = asked(reach, reaching)
    if not tests:
        return Outcome(False, 0, 0, "no test runs it")
    file = folder / path
    source = file.read_text(encoding="utf-8")
    limit = _START + _HANGS * sum(reach.seconds[test] for test in tests)
    try:
        file.write_text(mutant.apply(source), encoding="utf-8")
        done = subprocess.run(
            [*_PYTEST, *tests],
            cwd=folder,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(True, len(tests), len(reaching), "ran in circles")
    finally:
        file.write_text(source, encoding="utf-8")
    if done.returncode not in (0, 1, 2):  # 1: a test failed; 2: a module of the tests could not be loaded
        raise RuntimeError(f"pytest ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return Outcome(done.returncode != 0, len(tests), len(reaching), failed[0][:100] if failed else "")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=12, help="slips a package")
    parser.add_argument("--stages", default=",".join(STAGES))
    parser.add_argument("--list", action="store_true", help="only show what is drawn")
    chosen = parser.parse_args(arguments)
    killed: dict[str, list[bool]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="afstem-mutants-") as made:
        folder = copy(Path(made))
        for stage in chosen.stages.split(","):
            drawn = draw(folder, stage, chosen.each, chosen.seed)
            if chosen.list:
                _show_all(drawn)
                continue
            reach = measure(folder, stage)
            for path, mutant in drawn:
                began = time.monotonic()
                outcome = run(folder, reach, path, mutant)
                killed[stage].append(outcome.killed)
                word = "killed  " if outcome.killed else "SURVIVED"
                count = f"{outcome.asked} of {outcome.reaching} tests, {time.monotonic() - began:.0f} s"
                print(f"{word} {_place(path, mutant)}  ({count})  {outcome.said}", flush=True)
    for stage, those in killed.items():
        print(f"{stage}: {sum(those)} of {len(those)} killed")
    every = [one for those in killed.values() for one in those]
    if every:
        print(f"seed {chosen.seed}: {sum(every)} of {len(every)} killed, {100 * sum(every) / len(every):.0f} %")
    return 0


def _show_all(drawn: Iterable[tuple[str, Mutant]]) -> None:
    for path, mutant in drawn:
        print(_place(path, mutant))


def _place(path: str, mutant: Mutant) -> str:
    before, after = (" ".join(text.split()) for text in (mutant.before, mutant.after))
    return f"{path}:{mutant.lines[0]} {mutant.slip}: {before[:90]} -> {after[:90]}"


if __name__ == "__main__":
    raise SystemExit(main())
