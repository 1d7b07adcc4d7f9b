"""Installing the sign-in server: by its lock file, once, whole or not at all; a missing Node is named with its cure."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def checkout(tmp_path):
    shutil.copytree(PACKAGING, tmp_path / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tools").mkdir()
    a_tool(tmp_path, "node", "echo v18.20.4")
    a_tool(tmp_path, "npm", 'echo "npm $*"; test ! -e ../../../broken')
    return tmp_path


def a_tool(checkout, name, script):
    tool = checkout / "tools" / name
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)


def install(checkout):
    argv = [sys.executable, "-I", str(checkout / "packaging" / "servers" / "oidc.py")]
    # Nothing of this machine's own tools: neither its Node nor its package manager.
    return subprocess.run(
        argv, env={**os.environ, "PATH": str(checkout / "tools")}, capture_output=True, text=True, check=False
    )


def test_it_is_installed_once(checkout):
    first = install(checkout)
    assert first.returncode == 0, first.stderr
    assert "Installing a real sign-in server" in first.stderr
    folder = checkout / ".cache" / "servers" / "oidc"
    assert {path.name for path in folder.iterdir()} == {"package.json", "package-lock.json", "installed"}
    second = install(checkout)
    assert (second.returncode, second.stderr) == (0, "")


def test_an_installation_that_was_cut_short_or_is_of_another_lock_is_made_anew(checkout):
    (checkout / "broken").touch()
    failed = install(checkout)
    assert (failed.returncode, "npm ci --ignore-scripts" in failed.stderr) == (1, True)
    assert not (checkout / ".cache" / "servers" / "oidc" / "installed").exists()
    (checkout / "broken").unlink()
    assert install(checkout).returncode == 0
    (checkout / "packaging" / "servers" / "oidc" / "package-lock.json").write_text("{}")
    assert "Installing" in install(checkout).stderr


@pytest.mark.parametrize("version", ["v16.20.2", "nothing"])
def test_a_node_that_is_too_old_is_said_with_what_helps(checkout, version):
    a_tool(checkout, "node", f"echo {version}")
    done = install(checkout)
    assert (done.returncode, "needs Node 18" in done.stderr) == (1, True)
    (checkout / "tools" / "node").unlink()
    assert install(checkout).returncode == 1


def test_the_lock_pins_every_file_by_its_hash_and_names_no_host():
    lock = json.loads((PACKAGING / "servers" / "oidc" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not [name for name, package in packages.items() if "resolved" in package]
