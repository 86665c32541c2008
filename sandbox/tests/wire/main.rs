//! The sandbox as a client uses it: the real program, over real HTTP.

mod alike;
mod browser;
mod fault;
mod filter;
mod order;
mod process;
mod refusal;
mod server;
mod write;
