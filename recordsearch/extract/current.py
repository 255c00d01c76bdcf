"""Which version of each adapter reads now, so that what an older one read can be told."""

from importlib import import_module

from recordsearch.errors import UsageError
from recordsearch.records import Adapter

# Modules whose constant ADAPTER names what reads a format.
_PLAIN = {
    "csv": "office_csv",
    "docx": "office_docx",
    "email": "email_file",
    "html": "html",
    "msg": "msg_file",
    "odp": "office_odp",
    "ods": "office_ods",
    "odt": "office_odt",
    "plain": "plain",
    "pptx": "office_pptx",
    "rtf": "office_rtf",
    "xlsx": "office_xlsx",
}


def is_current(adapter: Adapter, language: str) -> bool:
    """Tell whether an adapter would read the same way now, OCR in ``language``.

    One that is unknown here, or not installed, counts as current: nothing better is at hand.
    """
    now = _now(adapter.name, language)
    return now is None or now == adapter


def _now(name: str, language: str) -> Adapter | None:
    if name in _PLAIN:
        module = import_module(f"recordsearch.extract.{_PLAIN[name]}")
        found: Adapter = module.ADAPTER
        return found
    try:
        match name:
            case "pypdfium2" | "pdfplumber":
                from recordsearch.extract import pdf

                return pdf.fast_adapter() if name == "pypdfium2" else pdf.layout_adapter()
            case "pillow":
                from recordsearch.extract import image

                return image.adapter()
            case "tesserocr":
                from recordsearch.extract import ocr

                return ocr.adapter(language)
            case "rapidocr":
                from recordsearch.extract import ocr_rapid

                return ocr_rapid.adapter()
    except (ImportError, UsageError):
        return None
    return None
