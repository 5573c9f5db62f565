//! Writing files so that they are there as a whole or not at all, also after a crash; and the lock by which one program at a
//! time changes the archive.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::Path;

use crate::failure::Failure;

/// Writes a file as a whole or not at all: under a temporary name in the same folder, then renamed, each on the disk before the
/// next.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes, &mut temporary_file())
}

/// The same for what is nobody else's business: only the owner may read it.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes, &mut tempfile::Builder::new())
}

fn write(path: &Path, bytes: &[u8], temporary: &mut tempfile::Builder<'_, '_>) -> Result<(), Failure> {
    let unwritable = |error| Failure::Unwritable { path: path.to_owned(), error };
    // The folder of a bare file name is empty: the present one.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(unwritable)?;
    let mut file = temporary.tempfile_in(folder).map_err(unwritable)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(unwritable)?;
    file.persist(path).map_err(|error| unwritable(error.error))?;
    sync_folder(folder).map_err(unwritable)
}

/// A rename is on the disk when its folder is.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems have no such call on folders.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Temporary files are private by default; archive and index are for everybody whom the umask lets read, such as replicas
/// of a service under another account.
pub(crate) fn temporary_file() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "permissions are a matter of Unix"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Held while an archive is changed; the system lets go of it when the program ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until no other program changes the archive in this folder, and says so when it has to.
    pub fn take(archive: &Path) -> Result<Self, Failure> {
        let unwritable = |error| Failure::Unwritable { path: archive.to_owned(), error };
        fs::create_dir_all(archive).map_err(unwritable)?;
        let file = lockable(archive).map_err(unwritable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let folder = archive.display();
                anstream::eprintln!("note: another program is at work in {folder}; waiting for it to end");
                file.lock().map_err(unwritable)?;
            }
            Err(TryLockError::Error(error)) => return Err(unwritable(error)),
        }
        Ok(Self { _file: file })
    }
}

/// A folder can be locked itself.
#[cfg(unix)]
fn lockable(archive: &Path) -> std::io::Result<File> {
    File::open(archive)
}

/// Where folders cannot be opened, a file in it is locked.
#[cfg(not(unix))]
fn lockable(archive: &Path) -> std::io::Result<File> {
    fs::OpenOptions::new().create(true).truncate(false).write(true).open(archive.join("lock"))
}
