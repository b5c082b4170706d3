//! temporary
#![allow(clippy::all, clippy::pedantic, clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout)]
use leadlag_benches::Mnist1d;
use leadlag_explore::{Backend, Clocking};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let task = if args[1] == "on" { Mnist1d::on_change() } else { Mnist1d::new() };
    let clocking = if args[2] == "cycle" { Clocking::cycle() } else { Clocking::default() };
    let replicas: u32 = args[3].parse().unwrap();
    let blocks: usize = args[4].parse().unwrap();
    let block = task.block(replicas as usize);
    let mut chip = task.chip_on(&clocking, replicas, 1);
    for _ in 0..blocks {
        let t = std::time::Instant::now();
        chip.run(&block, true).expect("ok");
        let s = t.elapsed().as_secs_f64();
        println!("{:.3e} sample-steps/s", 360.0 * f64::from(replicas) / s);
    }
}
