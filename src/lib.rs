//! The client for the Customers API of the Collins booking platform.

pub mod contract;
