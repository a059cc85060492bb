"""`python -m config.probe URL`: does a server of ours answer? For healthchecks.

Asks under the public name, as the proxy would. Any answer below 500 will do.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def answers(url: str) -> bool:
    public = urlsplit(os.environ.get("PUBLIC_URL", url))
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
    headers["X-Forwarded-For"] = "127.0.0.1"
    try:
        urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=8).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(0 if answers(sys.argv[1]) else 1)
