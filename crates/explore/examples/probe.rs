#![allow(missing_docs, clippy::all, unused)]
use leadlag_explore::{build::build, course::*, *};
use leadlag_image::Chip;
use leadlag_net::{Network, tasks::Task};
use std::time::Instant;
struct W(Instant);
impl Watch for W {
    fn block(&mut self, _p: &Progress, _d: u64, _t: u64) -> bool {
        true
    }
    fn row(
        &mut self,
        p: &Progress,
        row: serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), leadlag_diagnostic::Diagnostics> {
        println!(
            "{:.1}s {} {}",
            self.0.elapsed().as_secs_f64(),
            p.step,
            serde_json::Value::Object(row)
        );
        Ok(())
    }
    fn checkpoint(
        &mut self,
        _p: &Progress,
        _b: Vec<u8>,
    ) -> Result<(), leadlag_diagnostic::Diagnostics> {
        Ok(())
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&a[1]).unwrap();
    let net = Network::parse(&text, &a[1]).unwrap();
    let kind = &a[2];
    let epochs: u32 = a[3].parse().unwrap();
    let lanes: usize = a[4].parse().unwrap();
    let threads: usize = a[5].parse().unwrap();
    let task = Task::prepare(&net, 1).unwrap();
    let mut chip = Chip::builtin("ll1").unwrap();
    for s in &a[6..] {
        chip.set(s).unwrap();
    }
    let t0 = Instant::now();
    let b = build(&net, &chip, Some(&task), 1, Some(&text)).unwrap_or_else(|e| panic!("{e}"));
    println!("build {:?}", t0.elapsed());
    for w in &b.compiled.warnings {
        println!("{w}");
    }
    println!("{:?}", b.ranges);
    for c in &b.compiled.image.cores {
        println!(
            "core {} rate {} err {} wsc {:?}",
            c.population,
            c.soma.scale,
            c.apical.scale,
            c.soma.array.groups.iter().map(|g| g.weight_scale).collect::<Vec<_>>()
        );
    }
    let mut source = TaskSource::new(task, &net, lanes);
    let mut sched = net.schedule().clone();
    if let leadlag_net::Length::Epochs { epochs: e, .. } = &mut sched.length {
        *e = epochs;
    }
    let pace = Pace { schedule: sched, eval_every: 1, ckpt_every: 1000 };
    let mut be: Box<dyn Backend> = if kind == "chip" {
        Box::new(
            ChipBackend::new(
                b.compiled.image.clone(),
                leadlag_chip::Options { replicas: lanes as u32, threads, seed: 1 },
                true,
            )
            .unwrap(),
        )
    } else {
        Box::new(FloatBackend::new(&net, &b.parameters, lanes))
    };
    let isf = kind != "chip";
    let mut p = Progress::default();
    if isf {
        let mut fb = FloatBackend::new(&net, &b.parameters, lanes);
        let t = Instant::now();
        train(&mut fb, &mut source, &pace, &mut p, &mut W(t)).unwrap();
        let q = fb.reference().parameters();
        println!(
            "w {:?}",
            q.weights
                .iter()
                .map(|w| w.iter().fold(0f64, |a, x| a.max(x.abs())))
                .collect::<Vec<_>>()
        );
        println!(
            "b {:?}",
            q.biases.iter().map(|w| w.iter().fold(0f64, |a, x| a.max(x.abs()))).collect::<Vec<_>>()
        );
        println!(
            "rms {:?}",
            (1..q.biases.len())
                .map(|i| {
                    let e = fb.reference().errors(i);
                    (e.iter().map(|x| x * x).sum::<f64>() / e.len() as f64).sqrt()
                })
                .collect::<Vec<_>>()
        );
        return;
    }
    let t = Instant::now();
    train(be.as_mut(), &mut source, &pace, &mut p, &mut W(t)).unwrap_or_else(|e| panic!("{e}"));
    if kind != "chip" {
        let v = be.save(&p).unwrap();
        let _ = v;
    }
    println!("{:.3e} sample-steps/s", p.step as f64 * lanes as f64 / t.elapsed().as_secs_f64());
}
