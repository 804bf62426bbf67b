//! Integral image: sums over any rectangle of a lattice of values, from four of their sums (Crow 1984).

/// What can be summed.
pub(crate) trait Total: Copy {
    const NOTHING: Self;

    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
}

/// Goes round when it is full, which differences do not notice.
impl Total for u32 {
    const NOTHING: Self = 0;

    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }

    fn minus(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
}

impl<const N: usize> Total for [f32; N] {
    const NOTHING: Self = [0.0; N];

    fn plus(mut self, other: Self) -> Self {
        for (to, value) in self.iter_mut().zip(other) {
            *to += value;
        }
        self
    }

    fn minus(mut self, other: Self) -> Self {
        for (to, value) in self.iter_mut().zip(other) {
            *to -= value;
        }
        self
    }
}

/// Sums of all values above and to the left of each corner between values.
#[derive(Debug)]
pub(crate) struct Integral<T> {
    /// One more than there are values in a row.
    stride: usize,
    sums: Vec<T>,
}

impl<T: Total> Integral<T> {
    /// No rows yet, with room for so many.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        let stride = width + 1;
        let mut sums = Vec::with_capacity(stride * (height + 1));
        sums.resize(stride, T::NOTHING);
        Self { stride, sums }
    }

    /// Adds a row of as many values as the width says.
    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        let start = self.sums.len();
        self.sums.resize(start + self.stride, T::NOTHING);
        let (above, here) = self.sums[start - self.stride..].split_at_mut(self.stride);
        let mut left = T::NOTHING;
        for ((sum, above), value) in here[1..].iter_mut().zip(&above[1..]).zip(row) {
            left = left.plus(value);
            *sum = above.plus(left);
        }
    }

    /// Values in a row.
    pub(crate) const fn width(&self) -> usize {
        self.stride - 1
    }

    /// Rows added.
    pub(crate) const fn height(&self) -> usize {
        self.sums.len() / self.stride - 1
    }

    /// The sums at the corners above row `y` of the values, from the left edge on.
    pub(crate) fn line(&self, y: usize) -> &[T] {
        &self.sums[y * self.stride..(y + 1) * self.stride]
    }

    /// The sum over the columns from `left` to before `right` of the rows from `top` to before `bottom`.
    pub(crate) fn over(&self, (left, right): (usize, usize), (top, bottom): (usize, usize)) -> T {
        let (above, below) = (self.line(top), self.line(bottom));
        below[right].minus(below[left]).minus(above[right].minus(above[left]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_rectangle() {
        let mut sums = Integral::new(4, 3);
        for row in [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, u32::MAX]] {
            sums.push(row);
        }
        assert_eq!((sums.width(), sums.height()), (4, 3));
        assert_eq!(sums.over((1, 3), (0, 2)), 2 + 3 + 6 + 7);
        assert_eq!(sums.over((2, 2), (0, 3)), 0);
        assert_eq!(
            sums.over((3, 4), (2, 3)),
            u32::MAX,
            "sums that went round still differ rightly"
        );
    }
}
