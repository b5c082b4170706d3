//! The program from outside: exit codes, streams, files.

mod command;
mod compile;
mod data;
mod fw;
mod fw_run;
mod program;
mod run;
mod streams;
mod train;
mod verify;
