"""Files to be read, as their programs write them and as nobody should."""

import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import docx
from docx.document import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from knowledge.readers import Limits
from knowledge.readers.apart import draft_here
from knowledge.readers.choosing import format_of
from knowledge.readers.drafts import as_source
from knowledge.sources import Source

LIMITS = Limits()
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, spaceAfter=8)
INDENTED = ParagraphStyle("indented", BODY, alignment=4, firstLineIndent=14, spaceAfter=0)
HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=18, leading=22, spaceAfter=10)


def source_of(data: bytes, name: str) -> Source:
    """Read as ``read`` does, but in this process: it saves half a second a file."""
    return as_source(draft_here(format_of(data, name), data, name, LIMITS), name, LIMITS)


def texts(source: Source) -> list[str]:
    return [source.text[paragraph.start : paragraph.end] for paragraph in source.paragraphs]


def drawn(draw: Callable[[Canvas], object], encrypt: str | StandardEncryption | None = None) -> bytes:
    """A PDF drawn by hand."""
    file = BytesIO()
    canvas = Canvas(file, encrypt=encrypt)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def typeset(
    paragraphs: Sequence[tuple[str, ParagraphStyle]],
    columns: int = 1,
    height: float = 700,
    page: Callable[[Canvas, BaseDocTemplate], None] | None = None,
    title: str | None = None,
    author: str | None = None,
) -> bytes:
    """A PDF set in columns on as many pages as it needs."""
    file = BytesIO()
    width = 460 / columns
    frames = [Frame(60 + n * (width + 10), 70, width - 10, height, id=str(n)) for n in range(columns)]
    document = BaseDocTemplate(file, title=title, author=author)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=page or (lambda *_: None)))
    document.build([Paragraph(text, style) for text, style in paragraphs])
    return file.getvalue()


def raw_pdf(content: bytes, filter: str = "") -> bytes:
    """A PDF of one page with this content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filter.encode(), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def zeros(megabytes: int) -> bytes:
    """That many megabytes of zeros in zlib's format, made of one block over and over."""
    packer = zlib.compressobj(9)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (megabytes * 2**20 % 65521) << 16 | 1
    return block + block[2:] * (megabytes - 1) + b"\x03\x00" + checksum.to_bytes(4, "big")


def word(fill: Callable[[Document], object]) -> bytes:
    """A Word file."""
    document = docx.Document()
    fill(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def word_with(body: str) -> bytes:
    """A Word file whose body is this XML."""
    with zipfile.ZipFile(BytesIO(word(lambda document: document.add_paragraph()))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    head, _, rest = parts["word/document.xml"].partition(b"<w:body>")
    parts["word/document.xml"] = head + b"<w:body>" + body.encode() + rest[rest.index(b"<w:sectPr") :]
    return zipped(parts)
