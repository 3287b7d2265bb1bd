"""Runs in the peers' environment: `Package.publish` of frictionless for packages given as JSON.

Reads {"url", "token", "owner", "folder", "packages": [descriptor, …]} from standard input, prints
the seconds. The token comes this way so that no command line shows it.
"""

from __future__ import annotations

import json
import sys
import time

from frictionless import Package, portals

asked = json.load(sys.stdin)
packages = [Package.from_descriptor(one, basepath=asked["folder"]) for one in asked["packages"]]
began = time.perf_counter()
for package in packages:
    control = portals.CkanControl(
        baseurl=asked["url"], apikey=asked["token"], organization_name=asked["owner"]
    )
    package.publish(control=control)
print(time.perf_counter() - began)
