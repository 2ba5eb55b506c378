"""Cloud folders and network shares are known by name and by mount."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.storage import places
from crmdesk.storage.places import CLOUD, NETWORK, Place

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/export /mnt/team nfs4 rw 0 0
//nas/crm /mnt/our\\040share cifs rw 0 0
rclone: /mnt/box fuse.rclone rw 0 0
/dev/sdb1 /mnt/team/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/home/a/Dropbox/crm/x.crmdesk", Place(CLOUD, "Dropbox")),
        ("/home/a/Dropbox (Firma)/x.crmdesk", Place(CLOUD, "Dropbox")),
        ("/home/a/OneDrive - Firma GmbH/x.crmdesk", Place(CLOUD, "OneDrive")),
        ("/home/a/Library/Mobile Documents/com~apple~CloudDocs/x.crmdesk", Place(CLOUD, "iCloud")),
        ("/home/a/Library/CloudStorage/GoogleDrive-a@example.com/x.crmdesk", Place(CLOUD, "Google Drive")),
        ("/home/a/Nextcloud/x.crmdesk", Place(CLOUD, "Nextcloud")),
        ("/home/a/dropboxers/x.crmdesk", None),
        ("/home/a/crm/Dropbox.crmdesk", None),
        ("/mnt/team/x.crmdesk", Place(NETWORK, "server:/export")),
        ("/mnt/team/local/x.crmdesk", None),
        ("/mnt/our share/deep/x.crmdesk", Place(NETWORK, "//nas/crm")),
        ("/mnt/box/x.crmdesk", Place(CLOUD, "rclone")),
        ("/run/user/1000/gvfs/smb-share:server=nas/x.crmdesk", Place(NETWORK, "smb-share:server=nas")),
        ("/home/a/x.crmdesk", None),
    ],
)
def test_a_place_is_known_by_its_folders_and_its_mount(tmp_path, path, found):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert places.of(Path(path), mounts=mounts) == found


def test_without_a_table_of_mounts_folders_are_known_all_the_same(tmp_path):
    assert places.of(tmp_path / "Nextcloud" / "x.crmdesk", mounts=tmp_path / "none") == Place(CLOUD, "Nextcloud")
