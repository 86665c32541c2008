//! Connections that can be cut: the faults `reset` and `lost` work below HTTP.
//!
//! An HTTP server cannot express "no response". So each connection has a [`Line`], and a request that is to stay
//! unanswered cuts it: the next write then resets the connection instead.
//!
//! A connection that sends no request is closed after a while: each one takes a file descriptor, and they are limited.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Sleep;

/// The time a connection may take to send the headers of its request.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// The handle by which a request reaches its connection.
#[derive(Clone, Default)]
pub struct Line(Arc<State>);

#[derive(Default)]
struct State {
    cut: AtomicBool,
    begun: AtomicBool,
}

impl Line {
    /// Stops all writing: the connection is reset instead of the next byte.
    pub fn cut(&self) {
        self.0.cut.store(true, Ordering::Relaxed);
    }
}

/// Notes that the request headers have arrived.
pub async fn begun(ConnectInfo(line): ConnectInfo<Line>, request: Request, next: Next) -> Response {
    line.0.begun.store(true, Ordering::Relaxed);
    next.run(request).await
}

impl Connected<IncomingStream<'_, Wires>> for Line {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        stream.io().line.clone()
    }
}

/// A listener whose connections can be cut.
pub struct Wires(pub TcpListener);

impl Listener for Wires {
    type Io = Wire;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let wire = Wire {
            stream,
            line: Line::default(),
            deadline: Box::pin(tokio::time::sleep(PATIENCE)),
        };
        (wire, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A connection that can be cut.
pub struct Wire {
    stream: TcpStream,
    line: Line,
    deadline: Pin<Box<Sleep>>,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let begun = self.line.0.begun.load(Ordering::Relaxed);
        if !begun && self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.line.0.cut.load(Ordering::Relaxed) {
            // Closing without lingering sends a reset instead of an orderly end.
            self.stream.set_zero_linger()?;
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
