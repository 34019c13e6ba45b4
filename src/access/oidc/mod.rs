//! People who sign in with the council's own accounts: tokens of one OpenID Connect issuer, checked here and nowhere else.

mod claims;
mod fetch;
pub mod issuer;
mod keys;
pub mod settings;
mod token;

pub use issuer::Issuer;
pub use settings::Settings;
pub use token::TokenFault;
