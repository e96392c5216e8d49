"""Arguments: root certificate (PEM), then files. One line a signature, tab separated."""

import sys
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext



def passes(status, timestamp):
    """A document timestamp has no bottom line of its own: it is intact, valid and trusted or it is not."""
    if timestamp:
        return status.intact and status.valid and status.trusted
    return status.bottom_line


root = load_cert_from_pemder(sys.argv[1])


def validate(path):
    with open(path, "rb") as stream:
        reader = PdfFileReader(stream)
        if reader.encrypted:
            reader.decrypt(b"")
        for embedded in reader.embedded_signatures:
            context = ValidationContext(trust_roots=[root], allow_fetching=False)
            timestamp = str(embedded.sig_object.get("/Type")) == "/DocTimeStamp"
            if timestamp:
                status = validate_pdf_timestamp(embedded, context)
            else:
                status = validate_pdf_signature(embedded, context, ts_validation_context=context)
            yield [
                "timestamp" if timestamp else "signature",
                "valid" if passes(status, timestamp) else "invalid",
                "intact" if status.intact and status.valid else "broken",
                "trusted" if status.trusted else "untrusted",
                str(status.coverage.name),
                str(status.modification_level.name if status.modification_level else "-"),
            ]


for path in sys.argv[2:]:
    try:
        rows = list(validate(path))
    except Exception as error:  # what it cannot read it does not accept
        rows = [["unreadable", "invalid", "broken", "untrusted", type(error).__name__, "-"]]
    for row in rows:
        print("\t".join([Path(path).name, *row]))
