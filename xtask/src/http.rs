//! A server of static files: enough to look at the page and to test it.

use crate::shell::{Failure, Outcome, While};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A folder that is served.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder.
    pub folder: PathBuf,
    /// The paths under which it is served, as in `/` or `/course/playground/`.
    pub under: Vec<String>,
}

/// Starts to serve, in threads of its own, and gives the address.
pub fn serve(site: Site, address: &str, port: u16) -> Outcome<SocketAddr> {
    let listener = TcpListener::bind((address, port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            Failure::new(format!("port {port} of {address} is in use: choose another, as in `--port 8081`"))
        }
        _ => Failure::new(format!("could not listen on {address} port {port}: {error}")),
    })?;
    let bound = listener.local_addr().doing(|| "learn the address that is served".to_owned())?;
    let site = Arc::new(site);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let site = Arc::clone(&site);
            // A browser that goes away in the middle of an answer is no trouble of ours.
            thread::spawn(move || answer(&stream, &site).ok());
        }
    });
    Ok(bound)
}

fn answer(stream: &TcpStream, site: &Site) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut lines = BufReader::new(stream).lines();
    let Some(request) = lines.next().transpose()? else { return Ok(()) };
    // The rest of the request says nothing that matters here, but has to be read.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut out = stream;
    let file = match method {
        "GET" | "HEAD" => site.file(target),
        _ => return head(&mut out, "405 Method Not Allowed", "text/plain", 0),
    };
    let Some((file, body)) = file.and_then(|file| fs::read(&file).ok().map(|body| (file, body))) else {
        let body = b"There is no such file.\n";
        head(&mut out, "404 Not Found", "text/plain; charset=utf-8", body.len())?;
        return out.write_all(body);
    };
    head(&mut out, "200 OK", media_type(&file), body.len())?;
    if method == "GET" { out.write_all(&body) } else { Ok(()) }
}

fn head(out: &mut impl Write, status: &str, media_type: &str, length: usize) -> io::Result<()> {
    write!(
        out,
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
}

impl Site {
    /// The file that a request asks for; none outside of the folder.
    fn file(&self, target: &str) -> Option<PathBuf> {
        let path = decoded(target.split(['?', '#']).next()?)?;
        let within = self.under.iter().find_map(|prefix| path.strip_prefix(prefix.as_str()))?;
        let mut file = self.folder.clone();
        for name in within.split('/').filter(|name| !name.is_empty()) {
            if matches!(name, "." | "..") || name.contains(['\\', '\0']) {
                return None;
            }
            file.push(name);
        }
        if within.is_empty() || within.ends_with('/') {
            file.push("index.html");
        }
        Some(file)
    }
}

/// Undoes `%41`.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "md" => "text/markdown; charset=utf-8",
        "yaml" | "yml" => "application/yaml",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn site() -> Site {
        Site { folder: PathBuf::from("dist"), under: vec!["/course/play/".to_owned(), "/".to_owned()] }
    }

    #[test]
    fn a_request_names_a_file_under_any_of_the_paths() {
        let file = |target| site().file(target);
        assert_eq!(file("/"), Some("dist/index.html".into()));
        assert_eq!(file("/course/play/"), Some("dist/index.html".into()));
        assert_eq!(file("/course/play/a%20b.css?v=1"), Some("dist/a b.css".into()));
        assert_eq!(file("/lessons/en/first.md"), Some("dist/lessons/en/first.md".into()));
    }

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        for target in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/a/..%2f..%2fb", "/a\\b", "/%zz", "no-slash", ""] {
            assert_eq!(site().file(target), None, "{target}");
        }
    }

    #[test]
    fn wasm_has_the_type_that_browsers_insist_on() {
        assert_eq!(media_type(Path::new("a/setwise_bg.wasm")), "application/wasm");
        assert_eq!(media_type(Path::new("LICENSE")), "application/octet-stream");
    }

    #[test]
    fn a_file_is_sent_and_a_missing_one_is_not_found() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let address = serve(Site { folder, under: vec!["/".to_owned()] }, "127.0.0.1", 0).expect("a free port");
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).expect("it listens");
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("it answers");
            answer
        };
        let found = ask("GET /Cargo.toml");
        assert!(found.starts_with("HTTP/1.1 200 OK\r\n"), "{found}");
        assert!(found.contains("name = \"xtask\""), "{found}");
        assert!(ask("HEAD /Cargo.toml").ends_with("\r\n\r\n"));
        assert!(ask("GET /none").starts_with("HTTP/1.1 404 "));
        assert!(ask("POST /Cargo.toml").starts_with("HTTP/1.1 405 "));
    }
}
