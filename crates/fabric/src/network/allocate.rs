//! Switch allocation on words; preset P's combined allocation.
//!
//! A request matrix is one word: group *i* holds the set of outputs that input *i* bids for. Source:
//! `docs/chip/fabric.md`, Allocation.

#![expect(
    clippy::indexing_slicing,
    reason = "ports < 5 and pointers ≤ 5, as the tables are laid out"
)]

use leadlag_fixed::{count, index};

use super::masks::{Lanes, NONE, RR5, SPREAD5, byte, five, members, rr, rr_group};
use super::router::{Grant, Router, Site};
use super::rules::Rules;
use crate::topology::PORTS;

/// By output: input channels that bid for it.
pub(super) type Bids = [u64; PORTS];

/// A match of the switch: the channel of the input, and whether it bid as an owner.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Match {
    pub(super) input: usize,
    pub(super) channel: usize,
    pub(super) output: usize,
    pub(super) owner: bool,
}

/// The request matrix of some bids.
#[inline(always)]
fn matrix<const CV: usize>(bids: &Bids) -> u64 {
    let row = |output: usize| Lanes::<CV>::occupied(bids[output]) << output;
    row(0) | row(1) | row(2) | row(3) | row(4)
}

impl<const CV: usize> Router<CV> {
    /// One cycle of preset P. Result: the input channels that won a branch.
    #[inline(always)]
    pub(super) fn combined(&mut self, site: &mut Site<'_>) -> u64 {
        let heads = self.eligible_heads(site);
        if self.occupied & self.owner != 0 {
            return self.combined_with_owners(site, &heads);
        }
        self.grant_heads(site, &heads, matrix::<CV>(&heads))
    }

    /// Whether only heads of class event bid, in preset P, for links that are always open.
    #[inline(always)]
    pub(super) fn is_plain(&self, rules: &Rules) -> bool {
        let others = self.owner | self.removing | rules.never_plain;
        (self.occupied & others) | u64::from(self.slow) == 0
    }

    /// One cycle of a plain router. Result: whether anything was granted.
    ///
    /// Whether a head is eligible depends on its output alone. A grant changes no bid of another
    /// input, since an input wins only once.
    #[inline(always)]
    pub(super) fn plain(&mut self, site: &mut Site<'_>) -> bool {
        let usable = self.free & self.credit & site.rules.class_everywhere[0];
        if self.occupied & self.occupied.wrapping_sub(1) == 0 {
            let (input, channel) = Lanes::<CV>::place(self.occupied.trailing_zeros());
            let wanted = self.wanted_by(input, channel);
            if wanted & wanted.wrapping_sub(1) == 0 {
                return self.alone(site, usable, (input, channel), wanted);
            }
        }
        let requests = self.asks() & Lanes::<CV>::ports_in_bytes(usable);
        self.outputs(self.picked(requests, 8), |router, input, output| {
            let bidders = router.wants_of(input, output);
            let channel = rr_group::<CV>(bidders, router.channel_pointer[input]);
            router.grant_plain(site, usable, (input, channel), output);
        });
        requests != 0
    }

    /// The same of the only flit, which wants one output: nobody competes with it.
    #[inline(always)]
    fn alone(
        &mut self,
        site: &mut Site<'_>,
        usable: u64,
        from: (usize, usize),
        wanted: u8,
    ) -> bool {
        let output = index(wanted.trailing_zeros());
        let found = Lanes::<CV>::group(usable, output) != 0;
        if found {
            self.grant_plain(site, usable, from, output);
        }
        found
    }

    /// A match of a plain router.
    #[inline(always)]
    fn grant_plain(
        &mut self,
        site: &mut Site<'_>,
        usable: u64,
        (input, channel): (usize, usize),
        output: usize,
    ) {
        self.advance(input, channel, output);
        let pointer = &mut self.pick_pointer[output][0];
        let to = rr_group::<CV>(Lanes::<CV>::group(usable, output), *pointer);
        *pointer = byte(count(to + 1));
        self.send_plain(site, Grant { input, channel, output, to });
    }

    /// By output, a byte each: the inputs that picked it among their requests. Rows of the matrix are
    /// `stride` bits apart.
    #[inline(always)]
    fn picked(&self, requests: u64, stride: usize) -> u64 {
        let mut columns = 0;
        for input in 0..PORTS {
            let row = five(requests >> (input * stride));
            columns |= SPREAD5[usize::from(self.input_pointer[input] & 7)][row] << input;
        }
        columns
    }

    /// The matches, each output picking one of the inputs that picked it.
    #[inline(always)]
    fn outputs(&mut self, columns: u64, mut found: impl FnMut(&mut Self, usize, usize)) {
        for bit in members(Lanes::<8>::occupied(columns)) {
            let output = index(bit) / 8;
            let column = five(columns >> bit);
            let input = usize::from(RR5[usize::from(self.output_pointer[output] & 7)][column]);
            found(self, input, output);
        }
    }

    /// Only heads bid.
    #[inline(always)]
    fn grant_heads(&mut self, site: &mut Site<'_>, heads: &Bids, requests: u64) -> u64 {
        let (usable, mut won) = (self.free & self.credit, 0);
        let columns = self.picked(requests, Lanes::<CV>::STRIDE);
        self.outputs(columns, |router, input, output| {
            won |= router.grant_head(site, heads, usable, input, output);
        });
        won
    }

    /// Heads, by output, that have a channel of their class there which is free and has a credit.
    #[inline(always)]
    fn eligible_heads(&self, site: &Site<'_>) -> Bids {
        let (rules, usable, heads) = (site.rules, self.free & self.credit, !self.owner);
        let closed = self.closed(site);
        let [events, control] = rules.class_channels;
        let [all_events, all_control] = rules.class_everywhere;
        std::array::from_fn(|output| {
            let usable = Lanes::<CV>::group(usable, output);
            let classes = if usable & events != 0 { all_events } else { 0 }
                | if usable & control != 0 { all_control } else { 0 };
            let open = if closed >> output & 1 == 0 { classes } else { 0 };
            self.wants(output) & heads & open
        })
    }

    #[inline(always)]
    fn grant_head(
        &mut self,
        site: &mut Site<'_>,
        heads: &Bids,
        usable: u64,
        input: usize,
        output: usize,
    ) -> u64 {
        let bidders = Lanes::<CV>::group(heads[output], input);
        let channel = index(rr(bidders, self.channel_pointer[input]));
        self.advance(input, channel, output);
        let to = self.pick(site.rules, usable, output, channel);
        self.send(site, Grant { input, channel, output, to });
        Lanes::<CV>::bit(input, channel)
    }

    /// The pointers of a match move to winner + 1.
    #[inline(always)]
    pub(super) fn advance(&mut self, input: usize, channel: usize, output: usize) {
        self.input_pointer[input] = byte(count(output + 1));
        self.output_pointer[output] = byte(count(input + 1));
        self.channel_pointer[input] = byte(count(channel + 1));
    }

    /// The general case: packets of several flits are under way.
    #[inline(never)]
    fn combined_with_owners(&mut self, site: &mut Site<'_>, heads: &Bids) -> u64 {
        let usable = self.free & self.credit;
        let owners = self.owner_bids(site);
        let mut won = 0;
        for found in self.input_first(&owners, heads).into_iter().flatten() {
            let Match { input, channel, output, owner } = found;
            self.advance(input, channel, output);
            let to = if owner {
                usize::from(self.owned[input][channel]) % Lanes::<CV>::STRIDE
            } else {
                self.pick(site.rules, usable, output, channel)
            };
            self.send(site, Grant { input, channel, output, to });
            won |= Lanes::<CV>::bit(input, channel);
        }
        won
    }

    /// Owners, by output, whose channel there has a credit.
    pub(super) fn owner_bids(&self, site: &Site<'_>) -> Bids {
        let mut bids = [0; PORTS];
        let closed = self.closed(site);
        for bit in members(self.occupied & self.owner) {
            let (port, channel) = Lanes::<CV>::place(bit);
            if let Some((output, _)) = self.owned_with_credit(port, channel) {
                bids[output] |= if closed >> output & 1 == 0 { 1 << bit } else { 0 };
            }
        }
        bids
    }

    /// Separable, input first; owners beat heads at every stage.
    pub(super) fn input_first(&self, owners: &Bids, heads: &Bids) -> [Option<Match>; PORTS] {
        let (own, all) = (matrix::<CV>(owners), matrix::<CV>(heads));
        // By output: inputs that picked it as owners, and as heads.
        let mut picked = [[0_usize; PORTS + 3]; 2];
        for input in 0..PORTS {
            let shift = input * Lanes::<CV>::STRIDE;
            let (owner, head) = (five(own >> shift), five(all >> shift));
            let (level, row) = if owner != 0 { (0, owner) } else { (1, head) };
            let output = RR5[usize::from(self.input_pointer[input])][row];
            picked[level][usize::from(output)] |= 1 << input;
        }
        std::array::from_fn(|output| {
            let (owner, head) = (picked[0][output], picked[1][output]);
            let column = if owner != 0 { owner } else { head };
            let input = RR5[usize::from(self.output_pointer[output])][column];
            let bids = if owner != 0 { owners } else { heads };
            (input != NONE).then(|| self.reduced(bids, usize::from(input), output, owner != 0))
        })
    }

    /// One iteration of iSLIP: outputs grant, inputs accept.
    pub(super) fn islip(&self, owners: &Bids) -> [Option<Match>; PORTS] {
        let requests = matrix::<CV>(owners);
        // By input: outputs that granted it.
        let mut granted = [0_usize; PORTS + 3];
        for output in 0..PORTS {
            let asks = |input: usize| requests >> (input * Lanes::<CV>::STRIDE + output) & 1 == 1;
            let column = (0..PORTS).filter(|&input| asks(input)).fold(0, |set, i| set | 1 << i);
            let input = RR5[usize::from(self.output_pointer[output])][column];
            granted[usize::from(input)] |= 1 << output;
        }
        std::array::from_fn(|input| {
            let output = RR5[usize::from(self.input_pointer[input])][granted[input]];
            (output != NONE).then(|| self.reduced(owners, input, usize::from(output), true))
        })
    }

    /// Which channel of an input stands for it at an output.
    fn reduced(&self, bids: &Bids, input: usize, output: usize, owner: bool) -> Match {
        let bidders = Lanes::<CV>::group(bids[output], input);
        let channel = index(rr(bidders, self.channel_pointer[input]));
        Match { input, channel, output, owner }
    }
}
