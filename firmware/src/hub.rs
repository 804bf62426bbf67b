//! Between the loop and whoever shows it: views and pictures out, commands in.
//!
//! A screen sees the newest view and nothing older, and can ask for nothing that is not a [`Command`]. It reaches no
//! state: what it sends is an event like any other. No view is kept here once the next one is shown.

use std::sync::Arc;

use permit_core::Trust;
use permit_symbol::{GreyBuf, Point};
use tokio::sync::{oneshot, watch};

use crate::machine::{Command, Event, Reply, View};
use crate::post::{Post, Unsent};

/// What a screen needs: the view, and the documents its names of places are looked up in.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What the machine shows.
    pub view: View,
    /// What was accepted; for `permit_words::Places`.
    pub trust: Option<&'static Trust<'static>>,
}

/// The live picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The newest frame that was looked at.
    pub frame: Arc<GreyBuf>,
    /// Outlines of the codes in it, in pixels.
    pub outlines: Vec<[Point; 4]>,
    /// The same, and of those that were there a moment ago: nobody is shown what is in them.
    pub veiled: Vec<[Point; 4]>,
}

/// A screen's end: clone it for every screen.
#[derive(Clone, Debug)]
pub struct Hub {
    shown: watch::Receiver<Option<Arc<Shown>>>,
    picture: watch::Receiver<Option<Arc<Picture>>>,
    /// What the other lane shows, where there is one: to look at, never to ask there.
    beside: Option<watch::Receiver<Option<Arc<Shown>>>>,
    events: Post,
}

/// The loop's and the eye's end.
#[derive(Debug)]
pub struct Stage {
    /// Where the loop puts views.
    pub shown: watch::Sender<Option<Arc<Shown>>>,
    /// Where the eye puts pictures.
    pub picture: watch::Sender<Option<Arc<Picture>>>,
}

/// Both ends; commands go where `events` go.
#[must_use]
pub fn hub(events: Post) -> (Stage, Hub) {
    let (shown, seen) = watch::channel(None);
    let (picture, looked) = watch::channel(None);
    (Stage { shown, picture }, Hub { shown: seen, picture: looked, beside: None, events })
}

impl Hub {
    /// The newest view, and a way to wait for the next: `None` until the loop runs.
    #[must_use]
    pub fn views(&self) -> watch::Receiver<Option<Arc<Shown>>> {
        self.shown.clone()
    }

    /// The same, with what another lane shows beside it.
    #[must_use]
    pub fn with_beside(self, other: &Self) -> Self {
        Self { beside: Some(other.views()), ..self }
    }

    /// The newest view of the other lane, where there is one.
    #[must_use]
    pub fn beside(&self) -> Option<watch::Receiver<Option<Arc<Shown>>>> {
        self.beside.clone()
    }

    /// The newest picture, and a way to wait for the next.
    #[must_use]
    pub fn pictures(&self) -> watch::Receiver<Option<Arc<Picture>>> {
        self.picture.clone()
    }

    /// Asks for the journal's export; none if too much was asked for already, or the reader has ended. Without an officer on duty nothing comes.
    #[must_use]
    pub fn export(&self) -> Option<oneshot::Receiver<Vec<u8>>> {
        let (reply, export) = Reply::new();
        self.events.send(Event::Wanted(reply)).ok().map(|()| export)
    }

    /// The same for what headquarters have not countersigned yet.
    #[must_use]
    pub fn newest(&self) -> Option<oneshot::Receiver<Vec<u8>>> {
        let (reply, export) = Reply::newest();
        self.events.send(Event::Wanted(reply)).ok().map(|()| export)
    }

    /// Says that a screen that belongs here went dark, or is back; false if nobody took it.
    #[must_use]
    pub fn screen(&self, seen: bool) -> bool {
        self.events.send(Event::Screen(seen)).is_ok()
    }

    /// Asks for something.
    ///
    /// # Errors
    ///
    /// When too much was asked for already, or the reader has ended.
    pub fn ask(&self, command: Command) -> Result<(), Unsent> {
        self.events.send(Event::Asked(command))
    }
}
