"""peer.py NAME FILE N: reads a PGM picture N times with one of the other readers, for tests/instructions/run."""
import sys

name, path, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(path, "rb") as file:
    assert file.readline() == b"P5\n"
    width, height = map(int, file.readline().split())
    file.readline()
    data = file.read(width * height)

if name == "zxing-cpp":
    import numpy
    import zxingcpp

    picture = numpy.frombuffer(bytearray(data), numpy.uint8).reshape(height, width)

    def read():
        return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False)

else:
    from pyzbar import pyzbar

    def read():
        return pyzbar.decode((data, width, height), symbols=[pyzbar.ZBarSymbol.QRCODE])


for _ in range(times):
    read()
