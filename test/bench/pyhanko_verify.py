"""Arguments: root certificate (PEM), a file. Milliseconds for all signatures with change analysis."""

import sys
import time

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

root = load_cert_from_pemder(sys.argv[1])
began = time.perf_counter()
with open(sys.argv[2], "rb") as stream:
    reader = PdfFileReader(stream)
    for embedded in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[root], allow_fetching=False)
        status = validate_pdf_signature(embedded, context)
        assert status.bottom_line, status.summary()
print((time.perf_counter() - began) * 1000)
