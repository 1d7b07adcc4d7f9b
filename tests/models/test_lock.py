"""ProfileLock: one holder, freed by a crash."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.disks import an_unwritable
from workbench.errors import ProfileBusyError, ReadOnlyError
from workbench.models.lock import ProfileLock

ROOT = Path(__file__).resolve().parents[2]
HOLDER = (
    "import sys; from pathlib import Path; from workbench.models.lock import ProfileLock\n"
    "lock = ProfileLock(Path(sys.argv[1])).take(); print('held', flush=True); sys.stdin.read()"
)


def test_second_holder_is_refused_until_the_first_is_done(tmp_path):
    first = ProfileLock(tmp_path).take()
    with pytest.raises(ProfileBusyError):
        ProfileLock(tmp_path).take()
    first.free()
    first.free()
    with ProfileLock(tmp_path):
        pass


def test_it_can_be_asked_for_without_being_kept(tmp_path):
    assert not ProfileLock(tmp_path).is_held()
    with ProfileLock(tmp_path):
        assert ProfileLock(tmp_path).is_held()
    ProfileLock(tmp_path).take().free()


def test_crash_of_another_process_frees_the_lock(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ProfileBusyError):
            ProfileLock(tmp_path).take()
        other.kill()
    with ProfileLock(tmp_path):
        pass


def test_folder_that_cannot_be_written_is_said_so(tmp_path):
    with an_unwritable(tmp_path) as place, pytest.raises(ReadOnlyError):
        ProfileLock(place).take()
