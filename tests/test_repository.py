"""The repository's promises about itself: locked dependencies, current pages, nothing of the maker's machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import readme as page
from docs.guide_pictures import PICTURES

PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[[^\]]*\])?==(?P<version>\S+)", re.MULTILINE)

#: Distributions that are imported by another name.
OTHERWISE_IMPORTED = {
    "python-docx": "docx",
    "pyyaml": "yaml",
    "open-data-contract-standard": "open_data_contract_standard",
    "pillow": "PIL",
    "pdfminer-six": "pdfminer",
}


def plain(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name)[0]).casefold()


def pins(repository: Path, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pin in PIN.finditer((repository / "requirements" / name).read_text(encoding="utf-8")):
        found.setdefault(plain(pin["name"]), set()).add(pin["version"])
    return found


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, object]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_dependency_is_locked(repository: Path, project: dict[str, dict[str, list[str]]]) -> None:
    needed = {plain(d) for d in project["project"]["dependencies"]}
    groups = project["dependency-groups"]
    assert needed | {plain(d) for d in groups["build"]} <= pins(repository, "run.txt").keys()
    assert needed | {plain(d) for g in ("build", "dev") for d in groups[g]} <= pins(repository, "dev.txt").keys()
    assert {plain(d) for d in groups["dbt"]} <= pins(repository, "dbt.txt").keys()


def test_what_is_imported_is_a_dependency_by_name(repository: Path, project: dict[str, dict[str, list[str]]]) -> None:
    stages = {"lexicon", "extract", "normalize", "reconcile", "publish", "afstem"}
    extras = project["project"]["optional-dependencies"]
    declared = {plain(d) for d in [*project["project"]["dependencies"], *(d for e in extras.values() for d in e)]}
    known = {OTHERWISE_IMPORTED.get(d, d) for d in declared} | stages | sys.stdlib_module_names
    files = [file for stage in stages for file in (repository / stage).rglob("*.py")]
    assert {f"{file.name}: {name}" for file in files for name in imported(file) if name not in known} == set()


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_what_tests_run_on_is_what_the_program_runs_on(repository: Path) -> None:
    run, dev = pins(repository, "run.txt"), pins(repository, "dev.txt")
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "dbt.txt"])
def test_every_locked_package_has_hashes_and_no_index_is_named(repository: Path, name: str) -> None:
    text = (repository / "requirements" / name).read_text(encoding="utf-8")
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\w)", text.strip()))
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", text) == []


@pytest.mark.parametrize("path", page.PAGES, ids=lambda path: path.name)
def test_the_pages_show_the_command_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert page.with_help(text, page.PAGES[path]) == text, "run: make readme"


@pytest.mark.parametrize("path", page.PAGES, ids=lambda path: path.name)
def test_the_pages_show_what_the_command_prints(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert page.with_output(text, page.PAGES[path]) == text, "run: make readme"


def test_every_picture_of_the_guides_is_made_by_the_script(repository: Path) -> None:
    shown = set()
    for path in [path for path in page.PAGES if path != page.README]:
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            shown.add((path.parent / link).resolve().relative_to(repository / "docs").as_posix())
    assert shown == PICTURES.keys()
    assert all((repository / "docs" / name).is_file() for name in shown)


def test_the_readme_leads_to_every_guide(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in page.PAGES if path != page.README and f"(docs/{path.name})" not in readme] == []


def test_the_readme_names_the_licence_of_every_dependency(
    repository: Path, project: dict[str, dict[str, list[str]]]
) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8").casefold()
    assert [d for d in map(plain, project["project"]["dependencies"]) if f"| {d} |" not in readme] == []


def test_the_changelog_knows_this_version(repository: Path, project: dict[str, dict[str, str]]) -> None:
    changelog = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['project']['version']}" in changelog


def test_every_link_of_the_pages_leads_somewhere(repository: Path) -> None:
    pages = [repository / "README.md", *sorted((repository / "docs").glob("*.md"))]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text("utf-8"))]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_nothing_tells_of_the_machine_it_was_made_on(repository: Path) -> None:
    telling = re.compile(r"/(?:home|root|work|Users)/\w")
    told = [f"{path}:{n}" for path, n, line in lines(repository) if telling.search(line)]
    assert told == []


def lines(repository: Path) -> Iterator[tuple[str, int, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git working tree")
    for name in listed.stdout.splitlines():
        path = repository / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".j2", ".css", ".js", ""} and path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                yield name, number, line
