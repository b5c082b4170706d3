#![allow(missing_docs, clippy::all, unused)]
use leadlag_explore::{build::build, course::*, *};
use leadlag_image::{Chip, Compartment};
use leadlag_net::{tasks::Task, *};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let rule = &a[1];
    let eta = &a[2];
    let steps: u64 = a[3].parse().unwrap();
    let text = format!(
        r#"
name = "t"
dt = "0.2 ms"
[[population]]
name = "in"
input = 1
[[population]]
name = ["h1","h2"]
tau = [{{ count = 3, tau_m = "1.2 ms", tau_r = "0.2 ms" }}, {{ count = 2, tau_m = "1.2 ms", tau_r = "1.2 ms" }}]
phi = "tanh"
bias = true
[[population]]
name = "out"
size = 10
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
bias = true
[[projection]]
chain = ["in","h1","h2","out"]
[teach]
population = "out"
loss = "cross-entropy"
[learning]
rule = "{rule}"
eta = {eta}
[task]
name = "mnist1d"
length = 360
[schedule]
epochs = 1
replicas = 8
"#
    );
    let net = Network::parse(&text, "t").unwrap();
    let task = Task::prepare(&net, 1).unwrap();
    let mut chip = Chip::builtin("ll1").unwrap();
    for s in &a[4..] {
        chip.set(s).unwrap();
    }
    let b = build(&net, &chip, Some(&task), 1, Some(&text)).unwrap_or_else(|e| panic!("{e}"));
    for w in &b.compiled.warnings {
        println!("{w}");
    }
    for c in &b.compiled.image.cores {
        println!(
            "core {} rate {} err {} wsc {:?} {:?}",
            c.population,
            c.soma.scale,
            c.apical.scale,
            c.soma.array.groups.iter().map(|g| g.weight_scale).collect::<Vec<_>>(),
            c.apical.array.groups.iter().map(|g| g.weight_scale).collect::<Vec<_>>()
        );
    }
    let lanes = 8;
    let mut cb = ChipBackend::new(
        b.compiled.image.clone(),
        leadlag_chip::Options { replicas: lanes as u32, threads: 1, seed: 1 },
        false,
    )
    .unwrap();
    let mut fb = FloatBackend::new(&net, &b.parameters, lanes);
    let Task::Samples(s) = &task else { panic!() };
    let mut step = 0u64;
    let mut i = 0;
    while step < steps {
        let mut block = s.train_block(0, i, lanes);
        i += 1;
        block.targets = match block.targets {
            Targets::Class(c) => Targets::Class(c.iter().map(|c| c % 10).collect()),
            t => t,
        };
        cb.run(&block, true).unwrap();
        fb.run(&block, true).unwrap();
        step += 360;
        let r = fb.reference().parameters();
        let init = &b.parameters;
        let img = cb.emulator().trained_image();
        print!("{step}: ");
        for (p, core) in img.cores.iter().enumerate() {
            let n = core.neurons as usize;
            let g = &core.soma.array.groups[0];
            let pre = g.rows as usize;
            let sc = 2f64.powi(g.weight_scale - 15);
            let (mut dd, mut mm, mut bb) = (0f64, 0f64, 0f64);
            for c in 0..n {
                for q in 0..pre {
                    let w = core.soma.array.words[q * n + c] as f64 * sc;
                    let rw = r.weights[p][c * pre + q];
                    dd = dd.max((w - rw).abs());
                    mm = mm.max((rw - init.weights[p][c * pre + q]).abs());
                    if p > 0 {
                        let prev = &img.cores[p - 1];
                        let bw = prev.apical.array.words[c * prev.neurons as usize + q] as f64
                            * 2f64.powi(prev.apical.array.groups[0].weight_scale - 15);
                        bb = bb.max((bw - w).abs());
                    }
                }
            }
            print!("[d {dd:.5} moved {mm:.4} B-W {bb:.5}] ");
        }
        println!();
    }
    println!(
        "{:?}",
        cb.emulator()
            .counters()
            .iter()
            .map(|c| (
                c.apical.code_clipped,
                c.apical.output_held,
                c.soma.code_clipped,
                c.soma.output_held,
                c.soma.weight_held
            ))
            .collect::<Vec<_>>()
    );
}
