"""Random consistent documents: the same seed and template give the same document."""

from __future__ import annotations

import random

from bench.typeset import catalogue, large_template, other_templates
from bench.typeset.spec import Doc
from bench.typeset.words import some, words

TEMPLATES = ("old", "new", "other", "annex", "catalogue")


def generate(seed: int, template: str, name: str = "") -> Doc:
    """A consistent document of that template.

    `old` and `new` are one case of the large template, `other` one of a smaller municipality, `annex` several cases
    after each other, `catalogue` an overview and its proposals.  Raises ValueError for any other template.
    """
    rng = random.Random(f"{template}-{seed}")
    place = rng.choice(list(words()["municipalities"]))
    name = name or f"{template}-{seed:04}"
    if template == "old":
        cases = [large_template.make_case(rng, "old", f"BC{rng.randint(1, 60):02}" if rng.random() < 0.8 else None)]
    elif template == "new":
        cases = [large_template.make_case(rng, "new", f"Forslag {rng.randint(1, 30)}")]
    elif template == "other":
        code = rng.choice((None, f"Forslag {rng.randint(1, 40)}"))
        cases = [other_templates.make_case(rng, code)]
    elif template == "annex":
        titles = rng.sample(some("titles"), 3)
        start = rng.randint(1, 40)
        cases = [large_template.make_case(rng, "old", f"BC{start + i:02}", title=t) for i, t in enumerate(titles)]
    elif template == "catalogue":
        front, proposals = catalogue.make_catalogue(rng, rng.randint(2, 4))
        cases = [front, *proposals]
    else:
        raise ValueError(f"no template {template!r}; there are {', '.join(TEMPLATES)}")
    return Doc(name, tuple(cases), template, place, rng.choice(("", place, "Bilag til budgetforhandlingerne")))
