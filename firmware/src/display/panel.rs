//! A panel on SPI: ST7789 or ILI9341, 320 by 240 pixels, lying on its side.
//!
//! Behind embedded-hal's traits alone; which wires they are is the board's business.

use core::time::Duration;
use std::sync::Arc;

use embedded_hal::delay::DelayNs;
use embedded_hal::digital::OutputPin;
use embedded_hal::spi::SpiDevice;
use mipidsi::Builder;
use mipidsi::interface::SpiInterface;
use mipidsi::models::{ILI9341Rgb565, ST7789};
use mipidsi::options::{ColorInversion, ColorOrder, Orientation, Rotation};
use tokio::sync::watch;

use crate::hub::Shown;

use super::Face;

/// The controllers that are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Controller {
    /// Most panels of 2.0 to 2.4 inches; their glass wants inverted colours.
    St7789,
    /// Most panels of 2.4 to 3.2 inches.
    Ili9341,
}

/// The panel did not answer while it was set up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the display on SPI cannot be set up")]
pub struct PanelFault;

/// Sets a panel up and draws every new view on it until nobody shows any.
///
/// # Errors
///
/// When a wire does not answer.
pub fn show<SPI, DC, RST>(
    controller: Controller,
    (spi, dc, reset): (SPI, DC, RST),
    face: Face,
    views: watch::Receiver<Option<Arc<Shown>>>,
) -> Result<(), PanelFault>
where
    SPI: SpiDevice,
    DC: OutputPin,
    RST: OutputPin,
{
    // The kernel moves 4 KiB at a time at most.
    let mut buffer = [0; 4096];
    let wires = SpiInterface::new(spi, dc, &mut buffer);
    let side = Orientation::new().rotate(Rotation::Deg90);
    match controller {
        Controller::St7789 => {
            let panel = Builder::new(ST7789, wires)
                .invert_colors(ColorInversion::Inverted)
                .orientation(side)
                .reset_pin(reset);
            let mut panel = panel.init(&mut Sleep).map_err(|_| PanelFault)?;
            super::run(face, views, &mut panel);
        }
        Controller::Ili9341 => {
            let panel = Builder::new(ILI9341Rgb565, wires)
                .color_order(ColorOrder::Bgr)
                .orientation(side.flip_horizontal())
                .reset_pin(reset);
            let mut panel = panel.init(&mut Sleep).map_err(|_| PanelFault)?;
            super::run(face, views, &mut panel);
        }
    }
    Ok(())
}

/// Waiting as the system does it.
struct Sleep;

impl DelayNs for Sleep {
    fn delay_ns(&mut self, ns: u32) {
        std::thread::sleep(Duration::from_nanos(ns.into()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use embedded_hal::digital::{ErrorType as PinError, OutputPin};
    use embedded_hal::spi::{ErrorType as SpiError, Operation};

    use super::*;

    /// Counts what goes over the wires.
    #[derive(Clone, Default)]
    struct Wires(Arc<Mutex<(usize, usize)>>);

    impl PinError for Wires {
        type Error = core::convert::Infallible;
    }

    impl OutputPin for Wires {
        fn set_low(&mut self) -> Result<(), Self::Error> {
            Ok(())
        }

        fn set_high(&mut self) -> Result<(), Self::Error> {
            Ok(())
        }
    }

    impl SpiError for Wires {
        type Error = core::convert::Infallible;
    }

    impl SpiDevice for Wires {
        fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), Self::Error> {
            let mut seen = self.0.lock().unwrap();
            for operation in operations {
                if let Operation::Write(bytes) = operation {
                    (seen.0, seen.1) = (seen.0 + bytes.len(), seen.1.max(bytes.len()));
                }
            }
            Ok(())
        }
    }

    #[test]
    fn a_whole_picture_goes_over_in_pieces_the_kernel_takes() {
        for controller in [Controller::St7789, Controller::Ili9341] {
            let wires = Wires::default();
            let (shown, views) = watch::channel(None);
            shown.send_replace(Some(Arc::new(crate::display::tests::waiting())));
            drop(shown);
            let three = (wires.clone(), wires.clone(), wires.clone());
            show(controller, three, Face::new(None), views).unwrap();
            let (sum, most) = *wires.0.lock().unwrap();
            assert!(sum > 2 * 320 * 240 && sum < 2 * 320 * 240 + 200, "{controller:?}: {sum}");
            assert!(most <= 4096, "{most}");
        }
    }
}
