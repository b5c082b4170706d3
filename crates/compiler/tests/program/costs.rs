//! Costs of programs against sums made by hand.

use leadlag_compiler::program::{Compiled, Cost, Layout, compile};
use leadlag_isa::Parameters;
use leadlag_plasticity::language::parse;

fn compiled(rule: &str, layout: Layout) -> Compiled {
    let bits = if rule.contains("sto") { 8 } else { 16 };
    let program = parse(rule, bits).unwrap();
    compile(&program, &layout, &Parameters::default()).unwrap()
}

/// 2 row word, 16 load, 12 product, 10 sum, 16 store, three additions, 3 branch; before the rows two
/// for the vector length, 1 rounding mode, 11 load, 12 product; the last branch is not taken.
#[test]
fn the_kernel_of_the_gle_update_has_nine_instructions_and_62_cycles_a_row() {
    let made = compiled("param eta : q15 = 0.02; dw = eta*e*r", Layout::ll1());
    assert_eq!(made.costs.somatic.kernel, Cost { fixed: 26 - 2, per_row: 62 });
    assert_eq!(made.costs.somatic.kernel.total(256), 15_896);
    let rows: Vec<&str> = made.assembly.split("soma_row:").nth(1).unwrap().lines().collect();
    let end = rows.iter().position(|line| line.contains("bnez")).unwrap();
    assert_eq!(end, 9);
}

#[test]
fn the_other_rules_of_the_library_cost_their_hand_sums() {
    let per_row = |rule| {
        compiled(rule, Layout { data_bytes: 1 << 20, ..Layout::ll1() }).costs.somatic.kernel.per_row
    };
    assert_eq!(per_row("param eta=0.02; param decay=2^-12; dw = eta*e*r - decay*w"), 84);
    assert_eq!(per_row("param eta=0.02; param mu=0.9; m = mu*m + eta*e*r; dw = m"), 107);
    let bytes = "param eta : q16/16 = 0.02; dw = narrow(wide(narrow(eta*e, 8, rnu)*narrow(r, 8, rnu)), 8, sto)";
    assert_eq!(per_row(bytes), 77);
}
