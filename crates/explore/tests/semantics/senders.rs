//! Senders that speak only when there is something to say.

use leadlag_chip::{Emulator, Options};

use crate::bench::{Net, all_registers, run};

fn with(sender: &'static str) -> Emulator {
    let learning = format!("rule = \"sgd\"\neta = 0.01\nrounding = \"nearest\"\n{sender}");
    Net { learning: learning.leak(), ..Net::default() }.chips(&[])
}

fn events(chips: &Emulator) -> u64 {
    chips.counters().iter().map(|c| c.soma.events + c.apical.events).sum()
}

#[test]
fn a_threshold_of_one_changes_no_value_and_saves_events() {
    let (mut always, mut changed) = (with(""), with("sender = \"on-change\"\nthreshold = 1"));
    for step in 0..120 {
        assert_eq!(run(&mut always, 1, true), run(&mut changed, 1, true), "step {step}");
        assert_eq!(all_registers(&always), all_registers(&changed), "step {step}");
    }
    assert_eq!(
        always.trained_image().cores[0].soma.array,
        changed.trained_image().cores[0].soma.array
    );
    let neurons = 14 * 2 * 2 * 120;
    assert_eq!(events(&always), neurons);
    assert!(events(&changed) < neurons, "{} of {neurons}", events(&changed));
}

/// A receiver is never further from the sender's code than the threshold.
#[test]
fn a_larger_threshold_changes_values_within_bounds() {
    let (mut always, mut changed) = (with(""), with("sender = \"on-change\"\nthreshold = 16"));
    let mut apart = 0;
    for _ in 0..120 {
        run(&mut always, 1, false);
        run(&mut changed, 1, false);
        for core in 0..2 {
            let (image, state) = (changed.image(), &changed.state().shards[0].cores[core]);
            let places = image.cores[core].soma.scale - i32::from(image.cores[core].phi.output) + 5;
            for (&rate, &sent) in state.rate.iter().zip(&state.soma.sent).take(4) {
                let code = leadlag_fixed::half_up(rate.into(), places.unsigned_abs());
                assert!(places > 0 && (code - i128::from(sent)).abs() < 16, "{code} {sent}");
            }
        }
        apart += usize::from(all_registers(&always) != all_registers(&changed));
    }
    assert!(apart > 60, "a threshold of sixteen codes shows: {apart}");
    assert!(4 * events(&changed) < 3 * events(&always));
}

/// One chip after the other, or side by side: a replica does not hear of the others.
#[test]
fn replicas_do_not_hear_each_other() {
    let image = with("").image().clone();
    let mut pair =
        Emulator::load(image.clone(), Options { replicas: 2, threads: 1, seed: 9 }).expect("valid");
    let mut single =
        Emulator::load(image, Options { replicas: 1, threads: 1, seed: 9 }).expect("valid");
    let codes: Vec<i16> = (0..240_i16).map(|at| at * 37 % 500 - 250).collect();
    let first: Vec<i16> = codes.chunks(6).flat_map(|lines| lines[..3].to_vec()).collect();
    let stimulus = |codes| leadlag_chip::Stimulus {
        steps: 40,
        codes,
        targets: leadlag_chip::Targets::None,
        learn: false,
    };
    let both = pair.run(&stimulus(&codes));
    let one = single.run(&stimulus(&first));
    assert_eq!(both.rates[..one.rates.len()], one.rates);
    assert_ne!(both.rates[one.rates.len()..], one.rates);
}
