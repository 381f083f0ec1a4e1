"""environment.yml, pyproject.toml, the Makefile and the lock say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENVIRONMENT = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def declared() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    return [Requirement(line) for line in lines]


def locked() -> dict[str, Version]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", LOCK, re.M)
    return {canonicalize_name(name): Version(version) for name, version in pins}


def test_every_dependency_is_locked_at_a_version_it_allows() -> None:
    pins = locked()
    for requirement in declared():
        if requirement.name == "torch":
            continue
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} is not in requirements.lock: run make lock"
        assert pins[name] in requirement.specifier, f"{name}: run make lock"


def test_every_locked_package_has_hashes() -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.M)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_torch_is_pinned_alike_everywhere() -> None:
    (pin,) = (str(r) for r in declared() if r.name == "torch")
    assert pin == "torch==2.13.0"
    for file in ("Makefile", "environment.yml", "README.md", "tools/wheelhouse.py"):
        assert pin in (ROOT / file).read_text(encoding="utf-8"), file


def test_no_cuda_in_the_lock() -> None:
    assert not [name for name in locked() if name.startswith(("nvidia", "cuda", "triton"))]


def test_conda_users_get_the_same_lock() -> None:
    pip = next(part["pip"] for part in ENVIRONMENT["dependencies"] if isinstance(part, dict))
    assert pip == ["torch==2.13.0", "-r requirements.lock", "-e ."]
    assert "python=3.11" in ENVIRONMENT["dependencies"]
    assert PROJECT["requires-python"] == ">=3.11,<3.12"


def test_no_registry_host_in_the_repository() -> None:
    for path in (ROOT / "requirements.lock", ROOT / "Makefile", ROOT / "pyproject.toml"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name
