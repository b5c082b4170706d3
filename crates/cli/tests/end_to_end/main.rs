//! The program from outside: exit codes, streams, files.

mod certificates;
mod command;
mod compile;
mod conformance;
mod data;
mod fabric;
mod fw;
mod fw_run;
mod learning;
mod program;
mod programs;
mod record;
mod run;
mod spiking;
mod streams;
mod timing;
mod train;
mod verify;
