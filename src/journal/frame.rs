//! Records in a file: length, checksum, bytes.
//!
//! `length (u32) ‖ CRC-32C of length and bytes (u32) ‖ bytes`, big-endian. The checksum finds what a power
//! cut or a worn card did; what a person did is found by the hashes inside.

/// Longest record in bytes.
pub(crate) const LONGEST: usize = 16 * 1024;
/// Length and checksum.
const HEAD: usize = 8;

/// Puts a record at the end of `file`.
pub(crate) fn write(file: &mut Vec<u8>, record: &[u8]) {
    debug_assert!(!record.is_empty() && record.len() <= LONGEST);
    let length = u32::try_from(record.len()).unwrap_or(u32::MAX).to_be_bytes();
    file.extend(length);
    file.extend(checksum(length, record).to_be_bytes());
    file.extend(record);
}

/// The record that begins `at` bytes into `file`, and where the next one would; `None` if none does.
pub(crate) fn read(file: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let file = file.get(at..)?;
    let length: [u8; 4] = *file.first_chunk()?;
    let size = usize::try_from(u32::from_be_bytes(length)).ok()?;
    if size == 0 || size > LONGEST {
        return None;
    }
    let sum = u32::from_be_bytes(*file.get(4..)?.first_chunk()?);
    let record = file.get(HEAD..HEAD + size)?;
    (checksum(length, record) == sum).then_some((record, at + HEAD + size))
}

/// The next place from `at` on at which a whole record begins.
pub(crate) fn seek(file: &[u8], at: usize) -> Option<usize> {
    (at..file.len().saturating_sub(HEAD)).find(|&at| {
        let first = file.get(at + HEAD);
        first == Some(&crate::record::FIRST_BYTE) && read(file, at).is_some()
    })
}

fn checksum(length: [u8; 4], record: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(&length), record)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of the CRC catalogue: the same polynomial as iSCSI, ext4 and SSE 4.2.
    #[test]
    fn the_catalogue_s_check_value() {
        assert_eq!(crc32c::crc32c(b"123456789"), 0xe306_9283);
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_seen() {
        let mut file = Vec::new();
        write(&mut file, b"\x85record");
        write(&mut file, b"\x85another");
        let (record, next) = read(&file, 0).unwrap();
        assert_eq!(record, b"\x85record");
        assert_eq!(read(&file, next), Some((&b"\x85another"[..], file.len())));
        assert_eq!(seek(&file, 1), Some(next));
        for bit in 0..next * 8 {
            let mut bad = file.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(&bad, 0), None, "bit {bit}");
        }
        for cut in 0..next {
            assert_eq!(read(&file[..cut], 0), None);
        }
    }
}
