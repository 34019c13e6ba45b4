//! Bytes on a socket, for requests that no client would send.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than the service may take for anything; a connection that is silent for so long is one that it forgot.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to the service at this address.
pub fn connect(base: &str) -> TcpStream {
    let stream = TcpStream::connect(base.trim_start_matches("http://")).expect("the service listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    stream.set_write_timeout(Some(PATIENCE)).expect("a time-out");
    stream
}

/// What the service says before it closes the connection; stops the test if it does not close.
#[track_caller]
pub fn until_closed(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let waited = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut].contains(&error.kind());
        assert!(!waited, "the connection stays open after {:?}", String::from_utf8_lossy(&answer));
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends as much as the service takes, and reads what it says until it closes.
#[track_caller]
pub fn exchange(base: &str, request: impl AsRef<[u8]>) -> String {
    let mut stream = connect(base);
    // The service may close before it has read all of it: what it said is there all the same.
    drop(stream.write_all(request.as_ref()));
    until_closed(stream)
}
