//! The program from outside: exit codes, streams, files.

mod bad_input;
mod certificates;
mod command;
mod compile;
mod conformance;
mod counters;
mod data;
mod fabric;
mod faults;
mod fw;
mod fw_run;
#[cfg(unix)]
mod interrupt;
mod learning;
mod program;
mod programs;
mod record;
mod report;
mod run;
mod show;
mod spiking;
mod streams;
mod timing;
mod train;
mod verify;
