import time
from pathlib import Path

import redis

from config.local.child import Child
from config.local.engine import Engine
from config.local.trouble import Trouble


class Valkey(Engine):
    name = "valkey"

    @property
    def socket(self) -> Path:
        return self.run_folder / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))

    def start(self, wait: float = 30.0) -> None:
        lasting = "no" if self.fast else "yes"
        arguments = [
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", self._open(), "--appendonly", lasting, "--save", ""),
            *("--maxmemory-policy", "noeviction", "--loglevel", "warning"),
        ]
        self.child = self._new_child(self.programs, arguments)
        self.child.start()
        self._wait_until_ready(self.child, time.monotonic() + wait)

    def _wait_until_ready(self, child: Child, deadline: float) -> None:
        with self.client() as client:
            while child.alive and time.monotonic() < deadline:
                try:
                    client.ping()
                except redis.RedisError:
                    time.sleep(0.02)
                else:
                    return
        child.kill()
        said = " ".join(child.tail)
        if "No space left on device" in said:
            raise Trouble(f"The disk that holds {self.data} is full: free some space first.")
        raise Trouble(f"Valkey did not start in {self.data}: {said[-300:] or child.ended_with}.")
