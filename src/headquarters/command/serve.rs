//! `permit-headquarters serve`: the pages.

use permit_command::{Exit, Fault, output};
use permit_headquarters::{
    Site,
    pages::{Pages, Settings},
};
use permit_web::{Door, Folder, Limits, Pace};
use permit_words::Words;

use super::args::Serve;

pub(crate) async fn run(site: Site, args: &Serve, words: &Words) -> Result<Exit, Fault> {
    if !args.listen.ip().is_loopback() {
        return Err(Fault::new(Exit::Usage, "desk-open-address").with("address", args.listen));
    }
    let port = |cause| Fault::new(Exit::Unwritable, "desk-port").with("cause", cause);
    let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(port)?;
    let address = listener.local_addr().map_err(port)?;
    let door = Door::loopback("permit-headquarters", address.port());
    let door = args.name.iter().fold(door, |door, name| door.behind(name));
    let pocket = args.pocket.as_ref().map(|folder| {
        Folder::read(folder, &site.home.bundle()).map_err(|cause| {
            Fault::new(Exit::Unreadable, "desk-pocket").at(folder).with("cause", cause)
        })
    });
    let pocket = pocket.transpose()?;
    let settings = Settings { door, pace: Pace::default(), lang: words.lang(), pocket };
    let pages = Pages::new(site, settings)?;
    // The first line is the address, whatever else is said.
    output::line(&format!("http://{address}/"))?;
    permit_web::serve(listener, pages.router(), Limits::DESK).await;
    Ok(Exit::Good)
}
