"""A TN3270 host that a test plays: it says what the test wants said."""
import socket


class Host:
    """Listens; each accept() is a session with one terminal, in 3270 mode."""

    def __init__(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(128)
        self.listener.settimeout(10)
        self.port = self.listener.getsockname()[1]

    def accept(self):
        connection, _ = self.listener.accept()
        return HostSession(connection)

    def close(self):
        self.listener.close()


class HostSession:
    def __init__(self, connection):
        self.connection = connection
        connection.settimeout(10)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""
        for request, length in ((b"\xff\xfd\x18", 3), (b"\xff\xfa\x18\x01\xff\xf0", 0),
                                (b"\xff\xfd\x19\xff\xfb\x19", 6), (b"\xff\xfd\x00\xff\xfb\x00", 6)):
            connection.sendall(request)
            while len(self.data) < length or (length == 0 and not self.data.endswith(b"\xff\xf0")):
                self.more()
            if length == 0:
                self.type = self.data[4:-2].decode()
            self.data = b""

    def more(self):
        piece = self.connection.recv(65536)
        if not piece:
            raise AssertionError("the terminal closed the connection")
        self.data += piece

    def send(self, record):
        self.connection.sendall(record.replace(b"\xff", b"\xff\xff") + b"\xff\xef")

    def receive(self):
        """The next record."""
        while b"\xff\xef" not in self.data:
            self.more()
        record, self.data = self.data.split(b"\xff\xef", 1)
        return record.replace(b"\xff\xff", b"\xff")

    def close(self):
        self.connection.close()
