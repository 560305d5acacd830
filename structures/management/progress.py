"""Long work seen from a terminal: a bar there, a line now and then in a file."""

import time
from typing import TextIO

WIDTH = 30
SECONDS_BETWEEN_LINES = 5.0


class Progress:
    """`update(done, total, label)` as often as wanted; `close()` leaves the last state."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_terminal = stream.isatty()
        self.last_line = ""
        self.printed_at = 0.0

    def update(self, done: int, total: int, label: str) -> None:
        share = done / total if total else 1
        if self.is_terminal:
            filled = round(WIDTH * share)
            bar = "█" * filled + "░" * (WIDTH - filled)
            self._write(f"\r{bar} {share:4.0%}  {label:<50.50}")
        elif time.monotonic() - self.printed_at >= SECONDS_BETWEEN_LINES:
            self._line(f"{done}/{total} {label}")

    def close(self, label: str) -> None:
        if self.is_terminal:
            self._write(f"\r{'█' * WIDTH} 100%  {label:<50.50}\n")
        else:
            self._line(label)

    def _line(self, text: str) -> None:
        self.printed_at = time.monotonic()
        if text != self.last_line:
            self.last_line = text
            self._write(text + "\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
