//! A zone that is higher than a page, as several drawings.

use permit_card::Faces;

use crate::{Crossing, Drawing, Zone, schematic::NOTE};

impl Zone {
    /// Drawn as several, none of them higher than that if it can be.
    ///
    /// # Errors
    ///
    /// A character that no face has.
    pub(crate) fn parts(&self, most: f64, faces: &dyn Faces) -> Result<Vec<Drawing>, char> {
        let whole = self.draw(faces)?;
        if whole.height <= most {
            return Ok(vec![whole]);
        }
        let ordered: Vec<Crossing> = self.in_order().into_iter().cloned().collect();
        let mut drawings = Vec::new();
        let mut rest = ordered.as_slice();
        while !rest.is_empty() {
            let mut many = rest.len();
            let drawn = loop {
                let drawn = self.only(&rest[..many]).draw(faces)?;
                if drawn.height <= most || many == 1 {
                    break drawn;
                }
                many -= 1;
            };
            drawings.push(drawn);
            rest = &rest[many..];
        }
        // Those without a crossing, as many as there is room for: a name takes three lines at most.
        let apart = [0, 1].map(|side| self.without(side));
        let each = (most / (6.0 * NOTE)).floor().max(1.0);
        let each = (1_u16..=512).take_while(|it| f64::from(*it) <= each).count().max(1);
        let parts = apart.iter().map(|it| it.len().div_ceil(each)).max().unwrap_or_default();
        for part in 0..parts {
            let regions = apart.each_ref().map(|all| {
                all.iter().skip(part * each).take(each).map(|it| (*it).clone()).collect()
            });
            drawings.push(Self { regions, crossings: Vec::new(), ..self.clone() }.draw(faces)?);
        }
        Ok(drawings)
    }

    /// The same with these crossings and their regions alone.
    fn only(&self, crossings: &[Crossing]) -> Self {
        let has = |side: usize, number| crossings.iter().any(|it| it.regions[side] == number);
        let mut zone = Self { crossings: crossings.to_vec(), ..self.clone() };
        for (side, regions) in zone.regions.iter_mut().enumerate() {
            regions.retain(|it| has(side, it.number));
        }
        zone
    }
}
