//! The program from outside: exit codes, streams, files.

mod command;
mod compile;
mod data;
mod fw;
mod program;
mod run;
mod streams;
mod train;
mod verify;
