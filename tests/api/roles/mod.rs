//! What each database role may do: walked through the whole catalogue, tried from the service's own session, and by logins.

mod logins;
mod privileges;
mod refused;
