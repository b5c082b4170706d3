//! `leadlag fabric soak`: long overload, and a complete account at the end.

use std::num::NonZeroUsize;

use leadlag_diagnostic::Diagnostics;
use leadlag_fabric::harness::soak::{Account, Plan, soak};
use leadlag_fabric::traffic::{Load, Rate, Targets};
use leadlag_fabric::{Checked, Engine};
use serde_json::{Value, json};

use super::{counters, engine, inputs, real};
use crate::args::fabric::SoakArgs;
use crate::context::Context;
use crate::exit::Exit;

/// Soaks, prints the account, and exits with 1 if it does not balance.
///
/// # Errors
/// What is wrong with the fabric or the traffic.
pub(super) fn run(args: &SoakArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let parameters = inputs::parameters(&args.fabric, None)?;
    let (flags, described) = (&args.fabric, parameters.as_ref());
    let checked = inputs::broken_fabric(flags, &args.faults, described, context)?;
    counters::refuse_existing(args.counters.as_deref(), context)?;
    let mesh = checked.mesh();
    let mut load = inputs::load(&args.traffic, parameters.as_ref(), context)?;
    let bound = Targets::new(&load.pattern, mesh)?.bound();
    load.rate = args.rate.unwrap_or_else(|| Rate::ratio(11 * bound.flits, 10 * bound.cycles));
    let (cycles, watchdog) = (args.cycles.get(), args.watchdog.get());
    let plan = Plan { cycles, watchdog, in_order: inputs::keeps_order(&checked) };
    // Tiles pay on large meshes only, so threads are used when they are asked for.
    let threads = context.globals.threads.map_or(1, NonZeroUsize::get);
    let interrupt = context.interrupt.clone();
    interrupt.heed();
    context.detail(1, &format!("  begins      {cycles} cycles"));
    let progress = context.progress("soak", cycles);
    let mut engine = engine(&checked, threads);
    let account = soak(&mut engine, mesh, &load, plan, |now| {
        progress.reach(now, cycles, String::new);
        !interrupt.is_asked()
    })?;
    drop(progress);
    counters::write(args.counters.as_deref(), (&checked, &engine.counters()), context)?;
    context.out.result(page(&checked, &load, &account), &form(&checked, &load, &account))?;
    Ok(if interrupt.is_asked() { Exit::Interrupted } else { Exit::verdict(account.is_clean()) })
}

fn page(checked: &Checked, load: &Load, account: &Account) -> String {
    let Account {
        cycles,
        created,
        delivered,
        longest_silence,
        out_of_order,
        wrong_links,
        removed,
        hops,
        ..
    } = account;
    let under_load = real(account.delivered_under_load)
        / (real(*cycles) * real(u64::try_from(checked.mesh().nodes()).unwrap_or(1)));
    let home = if account.is_home {
        "all credits and channels home"
    } else {
        "credits or channels missing"
    };
    let watchdog =
        account.stuck.map_or("silent".to_owned(), |cycle| format!("barked in cycle {cycle}"));
    let order = if inputs::keeps_order(checked) {
        format!("{out_of_order} packets out of order")
    } else {
        "not defined with several channels, or where packets are removed or changed".to_owned()
    };
    let [dropped, lost, flipped] = [account.dropped, account.lost, account.flipped];
    let removed = match removed {
        0 if flipped == 0 => "0 removed".to_owned(),
        _ => format!(
            "{removed} REMOVED: {dropped} dropped, {lost} lost; {flipped} with a flipped bit"
        ),
    };
    let verdict = if account.is_clean() { "PASS" } else { "FAIL" };
    format!(
        "  {}  {}  rate {}  packets of {} flit{}\n\
         \x20 cycles      {cycles}  ({hops} flit-hops, {under_load:.4} flits/node/cycle)\n\
         \x20 flits       {created} created  {delivered} delivered  {removed}\n\
         \x20 outputs     {wrong_links} off their XY routes\n\
         \x20 order       {order}\n\
         \x20 watchdog    {watchdog}  (longest silence {longest_silence} cycles)\n\
         \x20 drained     {home}\n  {verdict}",
        inputs::describe(checked),
        load.pattern,
        load.rate,
        load.flits,
        if load.flits == 1 { "" } else { "s" },
    )
}

fn form(checked: &Checked, load: &Load, account: &Account) -> Value {
    json!({
        "schema": "leadlag.fabric-soak/1",
        "fabric": checked.config(),
        "pattern": load.pattern.to_string(),
        "rate": load.rate.to_string(),
        "flits": load.flits,
        "seed": load.seed,
        "cycles": account.cycles,
        "created": account.created,
        "delivered": account.delivered,
        "removed": account.removed,
        "dropped": account.dropped,
        "lost": account.lost,
        "flipped": account.flipped,
        "flit_hops": account.hops,
        "wrong_links": account.wrong_links,
        "out_of_order": account.out_of_order,
        "longest_silence": account.longest_silence,
        "stuck": account.stuck,
        "home": account.is_home,
        "pass": account.is_clean(),
    })
}
