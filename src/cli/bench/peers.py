"""Reads grey pictures from standard input with those of the named QR readers that are installed here.

Started by `permit bench reading` as  python3 -c THIS NAME...  The first line answered says who is here and who is
not, and why. A picture comes as a line "WIDTH HEIGHT" and its pixels, a byte each, row by row; the answer is one
line of JSON for every reader that is here: [name, milliseconds of this thread's CPU time, [code in base64, ...]].
"""
import base64
import importlib.metadata
import json
import sys
import time


def zxing(hard):
    import numpy
    import zxingcpp

    def run(data, width, height):
        picture = numpy.frombuffer(data, numpy.uint8).reshape(height, width)
        found = zxingcpp.read_barcodes(
            picture, formats=zxingcpp.BarcodeFormat.QRCode, try_rotate=hard, try_downscale=hard, try_invert=False
        )
        return [bytes(code.bytes) for code in found if code.valid]

    return run, importlib.metadata.version("zxing-cpp")


def zbar():
    from pyzbar import pyzbar

    def run(data, width, height):
        found = pyzbar.decode((bytes(data), width, height), symbols=[pyzbar.ZBarSymbol.QRCODE])
        return [code.data for code in found]

    return run, "pyzbar " + importlib.metadata.version("pyzbar")


def opencv():
    import cv2
    import numpy

    cv2.setNumThreads(1)
    reader = cv2.QRCodeDetector()

    def run(data, width, height):
        picture = numpy.frombuffer(data, numpy.uint8).reshape(height, width)
        found = reader.detectAndDecodeMulti(picture)[1]
        return [text.encode("utf-8", "surrogateescape") for text in found if text]

    return run, cv2.__version__


def wechat():
    import cv2
    import numpy

    cv2.setNumThreads(1)
    reader = cv2.wechat_qrcode.WeChatQRCode()

    def run(data, width, height):
        picture = numpy.frombuffer(data, numpy.uint8).reshape(height, width)
        return [text.encode("utf-8", "surrogateescape") for text in reader.detectAndDecode(picture)[0] if text]

    return run, cv2.__version__


KNOWN = {
    "zxing-cpp": lambda: zxing(True),
    "zxing-cpp-fast": lambda: zxing(False),
    "zbar": zbar,
    "opencv": opencv,
    "wechat": wechat,
}


def main():
    here, missing = {}, {}
    for name in sys.argv[1:]:
        try:
            here[name] = KNOWN[name]()
        except Exception as error:  # whatever keeps a reader away, the others go on
            missing[name] = f"{type(error).__name__}: {error}"
    greeting = {"here": [[name, version] for name, (_, version) in here.items()], "missing": list(missing.items())}
    print(json.dumps(greeting), flush=True)
    pipe = sys.stdin.buffer
    while line := pipe.readline():
        width, height = map(int, line.split())
        data = bytearray(pipe.read(width * height))
        for name, (run, _) in here.items():
            start = time.thread_time()
            try:
                codes = run(data, width, height)
            except Exception:  # a picture it cannot stand is a picture it does not read
                codes = []
            spent = (time.thread_time() - start) * 1e3
            print(json.dumps([name, spent, [base64.b64encode(code).decode() for code in codes]]))
        sys.stdout.flush()


main()
