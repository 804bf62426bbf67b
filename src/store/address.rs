//! Which addresses of a PostgreSQL are spoken to: what goes there holds names.

use core::net::IpAddr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::StoreError;

/// Refuses a PostgreSQL on another machine whose URL does not ask for TLS: without `sslmode` a server is believed that says
/// it has none, and whoever stands between can say so (PostgreSQL 15 manual, 34.19.1).
pub(crate) fn covered(url: &str) -> Result<(), StoreError> {
    let options: PgConnectOptions = url.parse().map_err(|_| StoreError::Url)?;
    let host = options.get_host();
    let here = host == "localhost"
        || host.starts_with('/')
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    let hidden = matches!(
        options.get_ssl_mode(),
        PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull
    );
    match here || options.get_socket().is_some() || hidden {
        true => Ok(()),
        false => Err(StoreError::Plain { host: host.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_elsewhere_is_spoken_to_over_tls_or_not_at_all() {
        for good in [
            "postgres://desk@localhost/desk",
            "postgres://desk@127.0.0.1:5433/desk?sslmode=disable",
            "postgres://desk@[::1]/desk",
            "postgres://desk@localhost/desk?host=/run/postgresql",
            "postgres://desk@db.example.org/desk?host=/run/postgresql",
            "postgresql://desk@db.example.org/desk?sslmode=require",
            "postgres://desk@192.0.2.1/desk?sslmode=verify-ca",
            "postgres://desk@db.example.org/desk?sslmode=verify-full&sslrootcert=/etc/desk/root.pem",
        ] {
            covered(good).unwrap();
        }
        for (bad, host) in [
            ("postgres://desk@db.example.org/desk", "db.example.org"),
            ("postgres://desk:secret@192.0.2.1/desk?sslmode=prefer", "192.0.2.1"),
            ("postgres://desk@db.example.org/desk?sslmode=disable", "db.example.org"),
            ("postgres://desk@localhost.example.org/desk?sslmode=allow", "localhost.example.org"),
            ("postgres://desk@localhost/desk?host=192.0.2.1", "192.0.2.1"),
            ("postgres://desk@127.0.0.1/desk?hostaddr=192.0.2.1", "192.0.2.1"),
        ] {
            let Err(StoreError::Plain { host: said }) = covered(bad) else { panic!("{bad}") };
            assert_eq!(said, host);
        }
        assert!(matches!(
            covered("postgres://desk@localhost/desk?sslmode=maybe"),
            Err(StoreError::Url)
        ));
    }
}
