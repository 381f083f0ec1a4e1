"""Office files from outside (.docx, .xlsx), looked at with suspicion before they are opened.

Such a file is a zip of XML parts: it is measured before it is unpacked, as 300 KB can hold
300 MB; parts with a document type declaration (the way to entity bombs and outside files),
macros, passwords and the formats of before 2007 are refused.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from casebase.curation.io import UnreadableFileError

MAX_RATIO = 200
MAX_MEMBERS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a file may unpack to, in bytes: in all, and its XML parts together."""

    unpacked: int = 100 << 20
    xml: int = 100 << 20


@dataclass(frozen=True)
class Kind:
    """A kind of Office file: its name, its main part, and what to do with one that is no good."""

    name: str
    main: str
    code: str
    fix: str
    limits: Limits = Limits()

    def bad(self, message: str, fix: str = "") -> UnreadableFileError:
        """The error that says why a file of this kind is not read."""
        return UnreadableFileError(self.code, 0, message, fix or self.fix)


def open_package(data: bytes, kind: Kind) -> zipfile.ZipFile:
    """The zip of a file that can be read without harm.

    Raises:
        UnreadableFileError: it is no such file, or not a harmless one; the message says which.
    """
    if data.startswith(_OLE):
        raise _old_or_locked(data, kind)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        _refuse_oversize(package, kind)
        for member in package.infolist():
            _refuse_odd(package, member, kind)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        raise kind.bad(f"不是 {kind.name} 文件，或者已经损坏") from None
    return package


def part(package: zipfile.ZipFile, name: str, kind: Kind) -> bytes:
    """The bytes of one part; :class:`UnreadableFileError` where it is missing or damaged."""
    import zlib

    try:
        return package.read(name)
    except KeyError:
        raise kind.bad(f"里面没有正文（{name}），不是完好的 {kind.name} 文件") from None
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        raise kind.bad(f"不是完好的 {kind.name} 文件") from None


def _old_or_locked(data: bytes, kind: Kind) -> UnreadableFileError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return kind.bad("文件设了打开密码", "在 Word 或 Excel 里取消密码后另存一份")
    return kind.bad(
        f"是 2007 年以前的老格式（.doc、.xls），或者设了密码，不是 {kind.name} 文件",
        f"用 Word 或 WPS 打开，另存为 {kind.name} 再导入",
    )


def _refuse_oversize(package: zipfile.ZipFile, kind: Kind) -> None:
    members = package.infolist()
    if len(members) > MAX_MEMBERS:
        raise kind.bad(f"内含 {len(members)} 个部件")
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if size > kind.limits.unpacked or (size > _CHUNK and size / packed > MAX_RATIO):
        raise kind.bad(f"解开后有 {size >> 20} MB，像是压缩炸弹")
    xml = sum(member.file_size for member in members if _suffix(member) in _XML)
    if xml > kind.limits.xml:
        raise kind.bad(f"文字部分解开后有 {xml >> 20} MB，超过上限 {kind.limits.xml >> 20} MB")


def _suffix(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename.replace("\\", "/")).suffix.lower()


def _refuse_odd(package: zipfile.ZipFile, member: zipfile.ZipInfo, kind: Kind) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise kind.bad("部件的路径越出文件")
    if path.name.lower() == "vbaproject.bin":
        raise kind.bad("文件带宏", f"另存为不带宏的 {kind.name} 再导入")
    if member.flag_bits & 0x1:
        raise kind.bad("文件设了密码", "取消密码后另存一份")
    if _suffix(member) in _XML:
        _refuse_declarations(package, member, kind)


def _refuse_declarations(package: zipfile.ZipFile, member: zipfile.ZipInfo, kind: Kind) -> None:
    """No document type anywhere in the part, nor an encoding in which one could hide."""
    with package.open(member) as stream:
        tail, first, read = b"", True, 0
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > kind.limits.xml:
                raise kind.bad("文字部分比文件自己写明的大，像是压缩炸弹")
            if first and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in chunk[:64]):
                raise kind.bad("文字部分不是 UTF-8 编码")
            if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
                raise kind.bad("含有文档类型声明")
            tail, first = chunk[-16:], False
