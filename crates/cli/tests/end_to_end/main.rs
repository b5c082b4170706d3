//! The program from outside: exit codes, streams, files.

mod command;
mod compile;
mod data;
mod program;
mod streams;
mod verify;
