//! Reed–Solomon over GF(256): errors and erasures of one block.
//!
//! The field and the code of ISO/IEC 18004, section 7.5 and annex A. It puts a block
//! right or says that it cannot; it does not judge how likely the result is.

/// Puts `block` (data, then `parity` codewords) right in place, given its syndromes and
/// the places known to be worthless. Returns how many other codewords were wrong, or
/// `None`, with the block as it was, where erasures + 2 × errors exceed `parity`.
pub(crate) fn correct(
    block: &mut [u8],
    parity: usize,
    erased: &[usize],
    syndromes: &Polynomial,
) -> Option<usize> {
    if erased.len() > parity || block.len() > 255 || parity > MOST {
        return None;
    }
    if syndromes[..parity].iter().all(|&s| s == 0) {
        return Some(0);
    }
    let (locator, degree) = locate(block.len(), parity, erased, syndromes)?;
    let places = roots(block.len(), &locator, degree)?;
    let changes = values(block.len(), parity, syndromes, &locator, &places)?;
    for (&place, change) in places.iter().zip(changes) {
        block[place] ^= change;
    }
    Some(places.iter().filter(|place| !erased.contains(place)).count())
}

/// The syndromes of a block.
pub(crate) fn syndromes(block: &[u8], parity: usize) -> Polynomial {
    let mut syndromes = [0; MOST + 1];
    for (i, syndrome) in syndromes.iter_mut().take(parity).enumerate() {
        let x = u16::try_from(i).unwrap_or(0);
        *syndrome = block.iter().fold(0, |sum, &c| times_power(sum, x) ^ c);
    }
    syndromes
}

/// Coefficients from the constant term up.
pub(crate) type Polynomial = [u8; MOST + 1];

/// Berlekamp and Massey, started from the erasures: the locator and its degree.
fn locate(
    length: usize,
    parity: usize,
    erased: &[usize],
    syndromes: &Polynomial,
) -> Option<(Polynomial, usize)> {
    let mut locator = [0; MOST + 1];
    locator[0] = 1;
    for (i, &place) in erased.iter().enumerate() {
        let power = u16::try_from(length.checked_sub(place + 1)?).ok()?;
        for j in (0..=i).rev() {
            locator[j + 1] ^= times_power(locator[j], power);
        }
    }
    let count = erased.len();
    let (mut previous, mut degree) = (locator, count);
    for step in count..parity {
        let discrepancy =
            (0..=degree.min(step)).fold(0, |sum, i| sum ^ times(locator[i], syndromes[step - i]));
        previous.rotate_right(1);
        previous[0] = 0;
        if discrepancy == 0 {
            continue;
        }
        let mut next = locator;
        for (n, &p) in next.iter_mut().zip(&previous) {
            *n ^= times(discrepancy, p);
        }
        if 2 * degree <= step + count {
            degree = step + 1 + count - degree;
            let inverse = inverse(discrepancy);
            previous = locator.map(|c| times(c, inverse));
        }
        locator = next;
    }
    (2 * degree <= parity + count && degree <= parity).then_some((locator, degree))
}

/// The places the locator names, if it names exactly `degree`.
fn roots(length: usize, locator: &Polynomial, degree: usize) -> Option<Vec<usize>> {
    let places: Vec<usize> = (0..length)
        .filter(|&place| {
            let power = 255 - (length - 1 - place) % 255;
            evaluate(&locator[..=degree], power) == 0
        })
        .collect();
    (places.len() == degree).then_some(places)
}

/// Forney: by how much the codeword at each place is off.
fn values(
    length: usize,
    parity: usize,
    syndromes: &Polynomial,
    locator: &Polynomial,
    places: &[usize],
) -> Option<Vec<u8>> {
    let mut evaluator = [0; MOST + 1];
    for (i, e) in evaluator.iter_mut().take(parity).enumerate() {
        *e = (0..=i).fold(0, |sum, j| sum ^ times(locator[j], syndromes[i - j]));
    }
    let mut slope = [0; MOST + 1];
    for i in (1..=parity).step_by(2) {
        slope[i - 1] = locator[i];
    }
    places
        .iter()
        .map(|&place| {
            let forward = (length - 1 - place) % 255;
            let back = 255 - forward;
            let below = evaluate(&slope, back);
            let above = evaluate(&evaluator[..parity], back);
            let value = times(above, if below == 0 { return None } else { inverse(below) });
            Some(times_power(value, u16::try_from(forward).ok()?))
        })
        .collect()
}

/// The polynomial at the field's generator to the `power`.
fn evaluate(polynomial: &[u8], power: usize) -> u8 {
    let power = u16::try_from(power % 255).unwrap_or(0);
    polynomial.iter().rev().fold(0, |sum, &c| times_power(sum, power) ^ c)
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        return 0;
    }
    TABLES.power[usize::from(TABLES.log[usize::from(a)]) + usize::from(TABLES.log[usize::from(b)])]
}

/// `a` times the generator to the `power`, below 255.
fn times_power(a: u8, power: u16) -> u8 {
    if a == 0 {
        return 0;
    }
    TABLES.power[usize::from(TABLES.log[usize::from(a)]) + usize::from(power)]
}

fn inverse(a: u8) -> u8 {
    TABLES.power[255 - usize::from(TABLES.log[usize::from(a)])]
}

struct Tables {
    power: [u8; 512],
    log: [u8; 256],
}

static TABLES: Tables = tables();

#[expect(
    clippy::cast_possible_truncation,
    reason = "the reduced value is below 256, the exponent below 255"
)]
const fn tables() -> Tables {
    let mut tables = Tables { power: [0; 512], log: [0; 256] };
    let mut value = 1_u16;
    let mut i = 0;
    while i < 255 {
        tables.power[i] = value as u8;
        tables.power[i + 255] = value as u8;
        tables.log[value as usize] = i as u8;
        value <<= 1;
        if value > 255 {
            value ^= 0x11D;
        }
        i += 1;
    }
    tables
}

/// The most parity codewords a block of any version has. ISO/IEC 18004, table A.1, has generators up to this
/// degree.
const MOST: usize = 68;

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The parity codewords of `data`.
    pub(in crate::decode) fn parity(data: &[u8], parity: usize) -> Vec<u8> {
        let generator = generator(parity);
        let mut rest = vec![0; parity];
        for &codeword in data {
            let factor = codeword ^ rest[0];
            rest.rotate_left(1);
            rest[parity - 1] = 0;
            for (r, &g) in rest.iter_mut().zip(&generator) {
                *r ^= times(g, factor);
            }
        }
        rest
    }

    fn generator(parity: usize) -> Vec<u8> {
        let mut generator = vec![0; parity];
        generator[parity - 1] = 1;
        for i in 0..parity {
            let power = u16::try_from(i).unwrap_or(0);
            for j in 0..parity {
                let next = if j + 1 < parity { generator[j + 1] } else { 0 };
                generator[j] = times_power(generator[j], power) ^ next;
            }
        }
        generator
    }

    fn put_right(block: &mut [u8], parity: usize, erased: &[usize]) -> Option<usize> {
        let syndromes = syndromes(block, parity);
        correct(block, parity, erased, &syndromes)
    }

    fn block(data: usize, check: usize) -> Vec<u8> {
        let mut block: Vec<u8> = (0..data).map(|i| u8::try_from(i * 37 % 251).unwrap()).collect();
        let tail = parity(&block, check);
        block.extend(tail);
        block
    }

    #[test]
    fn annex_i_of_the_standard() {
        let data = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
        assert_eq!(parity(&data, 10), [165, 36, 212, 193, 237, 54, 199, 135, 44, 85]);
    }

    #[test]
    fn every_mixture_up_to_the_bound() {
        for check in [7, 10, 16, 22, 30] {
            let good = block(40, check);
            for erasures in 0..=check {
                for errors in 0..=(check - erasures) / 2 {
                    let mut bad = good.clone();
                    let erased: Vec<usize> = (0..erasures).map(|i| i * 3 % good.len()).collect();
                    let wrong = (0..errors).map(|i| (i * 3 + 1) % good.len());
                    for place in erased.iter().copied().chain(wrong) {
                        bad[place] ^= u8::try_from(place + 1).unwrap();
                    }
                    assert_eq!(put_right(&mut bad, check, &erased), Some(errors));
                    assert_eq!(bad, good);
                }
            }
        }
    }

    #[test]
    fn beyond_the_bound_the_block_is_left_alone() {
        let good = block(40, 16);
        let mut bad = good.clone();
        for (i, codeword) in bad.iter_mut().enumerate().take(9) {
            *codeword ^= u8::try_from(i + 1).unwrap();
        }
        let before = bad.clone();
        if put_right(&mut bad, 16, &[]).is_none() {
            assert_eq!(bad, before);
        }
        assert_eq!(put_right(&mut bad, 16, &[0; 17]), None);
    }
}
