//! How is a ZIP file made for tests? A writer that knows just enough.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder};

/// The files as a ZIP archive, deflated.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut head = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        head.extend(crc.sum().to_le_bytes());
        head.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        head.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend([0, 0]);
        let offset = u32::try_from(archive.len()).unwrap().to_le_bytes();
        archive.extend([b"PK\x03\x04", head.as_slice(), name.as_bytes(), packed.as_slice()].concat());
        let tail = [0; 10];
        directory.extend([b"PK\x01\x02\x14\x00", head.as_slice(), &tail, &offset, name.as_bytes()].concat());
    }
    let n = u16::try_from(files.len()).unwrap().to_le_bytes();
    let (start, size) = (u32::try_from(archive.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    archive.extend(directory);
    let end = [b"PK\x05\x06\0\0\0\0", n.as_slice(), &n, &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]];
    archive.extend(end.concat());
    archive
}
