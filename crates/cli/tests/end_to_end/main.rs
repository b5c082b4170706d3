//! The program from outside: exit codes, streams, files.

mod command;
mod program;
mod streams;
