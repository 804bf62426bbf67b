//! `permit-station serve`: the desk's pages.

use core::net::SocketAddr;

use permit_card::{NoFont, Script};
use permit_command::{Exit, Fault, output};
use permit_station::{
    home::Home,
    pages::{Pages, PagesError, Settings},
};
use permit_web::{Door, Folder, Limits, Pace};
use permit_words::Words;

use super::{
    args::{Init, Serve},
    demo, init,
    site::Place,
};

pub(crate) async fn run(place: &Place, args: &Serve, words: &Words) -> Result<Exit, Fault> {
    if !args.listen.ip().is_loopback() {
        return Err(Fault::new(Exit::Usage, "desk-open-address").with("address", args.listen));
    }
    let port = |cause| Fault::new(Exit::Unwritable, "desk-port").with("cause", cause);
    let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(port)?;
    let address = listener.local_addr().map_err(port)?;
    let pages = pages(place, args, address, words).await?;
    // The first line is the address, whatever else is said.
    output::line(&format!("http://{address}/"))?;
    if args.demo {
        output::note(&words.get("station-demo"));
    }
    if let Some(NoFont { script }) = pages.missing_font() {
        output::note(&words.get(match script {
            Script::Han => "desk-no-font-han",
            Script::Hangul => "desk-no-font-hangul",
        }));
    }
    permit_web::serve(listener, pages.router(), Limits::DESK).await;
    Ok(Exit::Good)
}

async fn pages(
    place: &Place,
    args: &Serve,
    address: SocketAddr,
    words: &Words,
) -> Result<Pages, Fault> {
    if args.demo && Home::open(&place.state).is_err() {
        let mut site = init::made(place, &Init::demo(), words).await?;
        demo::work(&mut site).await?;
    }
    let site = place.open().await?;
    let door = Door::loopback("permit-desk", address.port()).scripted();
    let door = args.name.iter().fold(door, |door, name| door.behind(name));
    let lists = site.home.folder().join("bundle.cbor");
    let pocket = args.pocket.as_ref().map(|folder| {
        let fault = |cause: std::io::Error| {
            Fault::new(Exit::Unreadable, "desk-pocket")
                .with("path", folder.display())
                .with("cause", cause)
        };
        Folder::read(folder, &lists).map_err(fault)
    });
    let pocket = pocket.transpose()?;
    let settings = Settings { door, pace: Pace::default(), lang: words.lang(), pocket };
    Pages::new(site, settings).map_err(|error| match error {
        PagesError::Site(error) => error.into(),
        other => Fault::new(Exit::Unreadable, "station-home").with("said", other),
    })
}
