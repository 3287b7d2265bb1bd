"""Connections that know whether anything was sent, and that can be cut when time is up.

The time-outs of a socket count from one byte to the next, so a server that sends a byte now and
then would hold us for ever; and an exception does not say whether the request had left.
"""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Watch:
    """One request of this thread, while it lasts: `with Watch(seconds) as watch`."""

    def __init__(self, seconds: float) -> None:
        self.sent = False
        self.expired = False
        self._connection: HTTPConnection | None = None
        self._over = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        _NOW.watch = self
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._over = True
        self._timer.cancel()
        _NOW.watch = None

    def sending(self, connection: HTTPConnection) -> None:
        """Bytes of the request are about to leave over this connection."""
        with self._lock:
            if self.expired:
                raise TimeoutError("time is up")
            self._connection, self.sent = connection, True

    def _cut(self) -> None:
        with self._lock:
            if self._over:
                return
            self.expired = True
            sock = getattr(self._connection, "sock", None)
            if sock is not None:
                # Not the method of a TLS socket: that one would wait for the other side.
                try:
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
                except OSError:
                    return


class _Now(threading.local):
    watch: Watch | None = None


_NOW = _Now()


class _Plain(HTTPConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if _NOW.watch:
            _NOW.watch.sending(self)
        super().send(data)


class _Secure(HTTPSConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if _NOW.watch:
            _NOW.watch.sending(self)
        super().send(data)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class WatchedAdapter(HTTPAdapter):
    """The adapter of requests with such connections; it never tries again by itself."""

    def __init__(self) -> None:
        super().__init__(pool_connections=4, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        """Called by requests when the adapter is made."""
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def proxy_manager_for(self, *args: Any, **more: Any) -> Any:
        """Called by requests for a proxy."""
        manager = super().proxy_manager_for(*args, **more)
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
        return manager
