//! `demo`: the service with the demonstration framework loaded, through its own API.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Failure, keys, serve};
use crate::access::body::KeyBody;
use crate::access::grant::Grant;
use crate::access::scope::Scope;
use crate::config::Config;
use crate::demo;

/// The measure that the team's key is for.
const TEAM_MEASURE: &str = "PRACTICE-01";

/// The demonstration's keys, kept between runs so that a dashboard once connected stays connected.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct DemoKeys {
    provider: String,
    officer: String,
    dashboard: String,
    administrator: String,
    #[serde(default)]
    team: String,
    #[serde(default)]
    member: String,
    #[serde(default)]
    public: String,
}

/// Runs the service and loads what is not there yet.
pub fn run(config: &Config) -> Result<(), Failure> {
    if config.tls.is_some() {
        let told =
            "the demonstration loads itself over plain HTTP: leave TLS_CERTIFICATE and TLS_KEY out, or use `serve`";
        return Err(Failure::Told(told.to_owned()));
    }
    let folder = config.data_dir.clone();
    serve::with_service(config, move |url, base| {
        let keys = keys_for(&folder, url)?;
        let (provider, officer) = (keys.provider.clone(), keys.officer.clone());
        let loaders = demo::Keys { provider, officer, administrator: keys.administrator.clone() };
        let loaded = demo::load(base, &loaders);
        loaded.map_err(|error| Failure::Told(error.to_string()))?;
        println!("keys of the demonstration (send one as `Authorization: Bearer <key>`):");
        println!("  provider       pushes and hands in figures             {}", keys.provider);
        println!("  team           the same, for {TEAM_MEASURE} alone          {}", keys.team);
        println!("  officer        approves, publishes and configures      {}", keys.officer);
        println!("  dashboard      reads                                   {}", keys.dashboard);
        println!("  member         reads what was published, exempt too    {}", keys.member);
        println!("  public         reads what was published                {}", keys.public);
        println!("  administrator  does everything, also makes keys        {}", keys.administrator);
        println!("ready: {base} (documentation at /docs)");
        Ok(())
    })
}

/// The keys of the last run if they still work, else new ones.
fn keys_for(folder: &Path, url: &str) -> Result<DemoKeys, Failure> {
    let file = folder.join("demo-keys.json");
    let kept: Option<DemoKeys> = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    if let Some(kept) = kept {
        let all = [
            &kept.provider,
            &kept.officer,
            &kept.dashboard,
            &kept.administrator,
            &kept.team,
            &kept.member,
            &kept.public,
        ];
        if keys::all_work(url, &all)? {
            return Ok(kept);
        }
    }
    let make = |name: &str, scopes: &[Scope], grants: Vec<Grant>| {
        let name = name.parse().map_err(|error| Failure::Told(format!("{name}: {error}")))?;
        let body = KeyBody { name, scopes: scopes.to_vec(), grants, networks: Vec::new(), expires_at: None };
        keys::create(url, &body)
    };
    let grant = |text: &str| text.parse::<Grant>().map_err(|error| Failure::Told(format!("{error}")));
    let keys = DemoKeys {
        provider: make("demo-provider", &[Scope::Read, Scope::Submit], vec![])?,
        officer: make("demo-officer", &[Scope::Read, Scope::Approve, Scope::Configure], vec![])?,
        dashboard: make("demo-dashboard", &[Scope::Read], vec![])?,
        administrator: make("demo-administrator", &[Scope::Admin], vec![])?,
        team: make("demo-team", &[], vec![grant(&format!("provider:measure={TEAM_MEASURE}"))?])?,
        member: make("demo-member", &[], vec![grant("member")?])?,
        public: make("demo-public", &[], vec![grant("public")?])?,
    };
    std::fs::create_dir_all(folder)?;
    write_private(&file, &serde_json::to_vec_pretty(&keys).map_err(|error| Failure::Told(error.to_string()))?)?;
    Ok(keys)
}

/// Readable by its owner alone.
fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?.write_all(bytes)
}
