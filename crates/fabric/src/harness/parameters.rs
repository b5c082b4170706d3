//! Mesh, router and traffic from the parameter files of reference runs.
//!
//! The files are lists of `name = value;` with the names of the simulator that made the reference data
//! (`golden/noc/README.md` explains them). Every name and every value is either understood or refused,
//! so that no run is compared with the wrong router.

use std::collections::BTreeMap;
use std::ops::Range;

use leadlag_diagnostic::{Diagnostic, Diagnostics};

use crate::config::{Config, Preset};
use crate::traffic::{Pattern, Rate};

/// What a parameter file says.
#[derive(Clone, PartialEq, Debug)]
pub struct Parameters {
    /// The fabric: one chip, one message class.
    pub config: Config,
    /// `traffic`.
    pub pattern: Option<Pattern>,
    /// `injection_rate`.
    pub rate: Option<Rate>,
    /// `packet_size`.
    pub flits: u32,
    /// `seed`.
    pub seed: Option<u64>,
    /// LL1530 and LL1531: what cannot be read of the traffic. A replay brings its own packets and goes
    /// on; whoever generates traffic from the file has to stop.
    pub unread: Vec<Diagnostic>,
}

/// Parameters with a single value that the routers here have.
const FIXED: [(&str, &str); 32] = [
    ("topology", "mesh"),
    ("n", "2"),
    ("routing_function", "dim_order"),
    ("wait_for_tail_credit", "0"),
    ("arb_type", "round_robin"),
    ("alloc_iters", "1"),
    ("spec_check_elig", "1"),
    ("spec_check_cred", "1"),
    ("spec_mask_by_reqs", "0"),
    ("spec_sw_allocator", "prio"),
    ("vc_alloc_delay", "1"),
    ("sw_alloc_delay", "1"),
    ("st_prepare_delay", "0"),
    ("st_final_delay", "1"),
    ("output_delay", "0"),
    ("input_speedup", "1"),
    ("output_speedup", "1"),
    ("use_noc_latency", "1"),
    ("injection_process", "bernoulli"),
    ("router", "iq"),
    ("subnets", "1"),
    ("classes", "1"),
    ("c", "1"),
    ("priority", "none"),
    ("buffer_policy", "private"),
    ("hold_switch_for_packet", "0"),
    ("noq", "0"),
    ("vc_busy_when_full", "0"),
    ("vc_prioritize_empty", "0"),
    ("vc_shuffle_requests", "0"),
    ("use_read_write", "0"),
    ("link_failures", "0"),
];

/// Parameters that are numbers, and change no router: windows and limits of the reference run.
const NUMBERS: [&str; 11] = [
    "sample_period",
    "warmup_periods",
    "max_samples",
    "latency_thres",
    "warmup_thres",
    "stopping_thres",
    "acc_warmup_thres",
    "acc_stopping_thres",
    "sim_count",
    "deadlock_warn_timeout",
    "print_activity",
];

/// Parameters that are read one by one.
const READ: [&str; 15] = [
    "k",
    "num_vcs",
    "vc_buf_size",
    "vc_allocator",
    "sw_allocator",
    "speculative",
    "routing_delay",
    "credit_delay",
    "traffic",
    "packet_size",
    "injection_rate",
    "injection_rate_uses_flits",
    "internal_speedup",
    "sim_type",
    "seed",
];

/// The five routers by the parameters that tell them apart.
const PRESETS: [(Preset, [&str; 5]); 5] = [
    (Preset::P, ["piggyback", "separable_input_first", "1", "0", "0"]),
    (Preset::S, ["separable_input_first", "separable_input_first", "1", "0", "0"]),
    (Preset::L, ["separable_input_first", "separable_input_first", "0", "0", "0"]),
    (Preset::N, ["separable_input_first", "separable_input_first", "0", "1", "1"]),
    (Preset::I, ["islip", "islip", "0", "1", "1"]),
];
const TELLING: [&str; 5] =
    ["vc_allocator", "sw_allocator", "speculative", "routing_delay", "credit_delay"];

/// A value with its place in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Value<'a> {
    name: Range<usize>,
    text: &'a str,
    span: Range<usize>,
}

impl Parameters {
    /// Reads a parameter file; `name` is the file's, for messages.
    ///
    /// # Errors
    /// LL1536 for a line that is no `name = value;`, LL1537 for an unknown name, LL1538 for a value
    /// that no router here has, LL1539 for a missing or repeated parameter: all at once. What is wrong
    /// with the traffic alone is in [`Self::unread`].
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostics> {
        let mut reader = Reader { values: BTreeMap::new(), found: Vec::new(), unread: Vec::new() };
        reader.lines(text);
        reader.fixed();
        let parameters = reader.parameters();
        let whole = parameters.filter(|_| reader.found.is_empty());
        let whole = whole.ok_or_else(|| Diagnostics(reader.found).within(name, text))?;
        let unread = Diagnostics(reader.unread).within(name, text).0;
        Ok(Self { unread, ..whole })
    }
}

struct Reader<'a> {
    values: BTreeMap<&'a str, Value<'a>>,
    found: Vec<Diagnostic>,
    /// Findings about the traffic.
    unread: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Splits the text at semicolons; `//` begins a comment.
    fn lines(&mut self, text: &'a str) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let code = line.split("//").next().unwrap_or("");
            let mut at = start;
            for part in code.split_inclusive(';') {
                self.statement(text, at..at + part.len());
                at += part.len();
            }
            start += line.len();
        }
    }

    fn statement(&mut self, text: &'a str, span: Range<usize>) {
        let (statement, span) = trimmed(text, span);
        if statement.is_empty() {
            return;
        }
        let parts = statement.strip_suffix(';').and_then(|pair| pair.split_once('='));
        let Some((name, value)) = parts else {
            let message = format!("`{statement}` is no `name = value;`");
            let help = "write one parameter after the other, each with a semicolon";
            self.found.push(Diagnostic::new("LL1536", message).label(span, "here").help(help));
            return;
        };
        let place = span.start + name.len() + 1;
        let (name, name_span) = trimmed(text, span.start..span.start + name.len());
        let (value, value_span) = trimmed(text, place..place + value.len());
        self.parameter(name, Value { name: name_span, text: value, span: value_span });
    }

    fn parameter(&mut self, name: &'a str, value: Value<'a>) {
        let known = FIXED.iter().any(|(fixed, _)| *fixed == name)
            || NUMBERS.contains(&name)
            || READ.contains(&name);
        let span = value.name.clone();
        if !known {
            let message = format!("`{name}` is no parameter of this reader");
            let help = "take the line out if it changes neither mesh nor router; otherwise the run \
                        cannot be compared with the routers here";
            self.found.push(Diagnostic::new("LL1537", message).label(span, "unknown").help(help));
        } else if self.values.insert(name, value).is_some() {
            let message = format!("`{name}` stands 2 times; once is allowed");
            let help = "keep the line that the reference run used, which is the last";
            self.found.push(Diagnostic::new("LL1539", message).label(span, "again").help(help));
        }
    }

    fn fixed(&mut self) {
        for (name, allowed) in FIXED {
            self.allow(name, &[allowed]);
        }
        self.allow("injection_rate_uses_flits", &["1"]);
        self.allow("internal_speedup", &["1", "1.0"]);
        self.allow("sim_type", &["latency", "throughput"]);
        for name in NUMBERS {
            let wrong = self.values.get(name).filter(|value| !is_number(value.text)).cloned();
            self.refuse_all(name, wrong, "a number");
        }
    }

    fn allow(&mut self, name: &str, allowed: &[&str]) {
        let wrong = self.values.get(name).filter(|value| !allowed.contains(&value.text)).cloned();
        self.refuse_all(name, wrong, &format!("`{}`", allowed.join("` or `")));
    }

    fn refuse_all(&mut self, name: &str, wrong: Option<Value<'a>>, allowed: &str) {
        if let Some(value) = wrong {
            self.refuse(name, &value, allowed);
        }
    }

    fn refuse(&mut self, name: &str, value: &Value<'a>, allowed: &str) {
        let message = format!("`{name}` is `{}`; supported is {allowed}", value.text);
        let help =
            "the routers here are the presets P, S, L, N and I; another router needs its own model";
        let finding = Diagnostic::new("LL1538", message).label(value.span.clone(), "not supported");
        self.found.push(finding.help(help));
    }

    fn need(&mut self, name: &str) -> Option<Value<'a>> {
        let value = self.values.get(name).cloned();
        if value.is_none() {
            let message = format!("the parameter `{name}` stands 0 times; it is needed once");
            let help = format!("add `{name} = …;` as the reference run had it");
            self.found.push(Diagnostic::new("LL1539", message).help(help));
        }
        value
    }

    fn integer<T: std::str::FromStr>(
        &mut self,
        name: &str,
        value: &Value<'a>,
        allowed: &str,
    ) -> Option<T> {
        let read = value.text.parse().ok();
        if read.is_none() {
            self.refuse(name, value, allowed);
        }
        read
    }

    fn needed<T: std::str::FromStr>(&mut self, name: &str, allowed: &str) -> Option<T> {
        let value = self.need(name)?;
        self.integer(name, &value, allowed)
    }

    fn preset(&mut self) -> Option<Preset> {
        let values = TELLING.map(|name| self.need(name));
        let [Some(channel), Some(switch), Some(speculative), Some(route), Some(credit)] = values
        else {
            return None;
        };
        let given = [channel.text, switch.text, speculative.text, route.text, credit.text];
        let preset = PRESETS.into_iter().find(|(_, telling)| *telling == given);
        if preset.is_none() {
            let listed = |texts: [&str; 5]| {
                let pairs =
                    TELLING.iter().zip(texts).map(|(name, text)| format!("{name} = {text}"));
                pairs.collect::<Vec<_>>().join(", ")
            };
            let message = format!("no preset has {}", listed(given));
            let mut finding = Diagnostic::new("LL1538", message).label(channel.span, "this router");
            for (preset, telling) in PRESETS {
                finding = finding.help(format!("preset {preset:?}: {}", listed(telling)));
            }
            self.found.push(finding);
        }
        preset.map(|(preset, _)| preset)
    }

    fn parameters(&mut self) -> Option<Parameters> {
        let side: Option<u16> = self.needed("k", "1 to 256");
        let channels: Option<u8> = self.needed("num_vcs", "1 to 12");
        let buffer: Option<u8> = self.needed("vc_buf_size", "2 to 32");
        let preset = self.preset();
        let flits = self.values.get("packet_size").cloned();
        let flits =
            flits.map_or(Some(1), |value| self.integer("packet_size", &value, "a number of flits"));
        let seed = self.values.get("seed").cloned();
        let seed = seed.and_then(|value| self.integer("seed", &value, "a number"));
        let (pattern, rate) = (self.read("traffic"), self.read("injection_rate"));
        let config = Config::square(side?, preset?, channels?, buffer?);
        Some(Parameters { config, pattern, rate, flits: flits?, seed, unread: Vec::new() })
    }

    /// A figure of the traffic, with a reader of its own.
    fn read<T: std::str::FromStr<Err = Diagnostic>>(&mut self, name: &str) -> Option<T> {
        let value = self.values.get(name)?;
        match value.text.parse() {
            Ok(read) => Some(read),
            Err(finding) => {
                self.unread.push(finding.label(value.span.clone(), "here"));
                None
            }
        }
    }
}

/// A span without blanks at its ends.
fn trimmed(text: &str, span: Range<usize>) -> (&str, Range<usize>) {
    let part = text.get(span.clone()).unwrap_or("");
    let start = span.start + part.len() - part.trim_start().len();
    let part = part.trim();
    (part, start..start + part.len())
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "topology = mesh; // a square\nk = 8;\nn = 2;\nnum_vcs = 4;\nvc_buf_size = 8;\n\
        vc_allocator = piggyback;\nsw_allocator = separable_input_first;\nspeculative = 1;\n\
        routing_delay = 0;\ncredit_delay = 0;\ninternal_speedup = 1.0;\n\
        traffic = hotspot({{0, 1},{1,6}});\npacket_size = 2;\ninjection_rate = 0.0096;\nseed = 3;\n";

    fn refused(from: &str, to: &str) -> Vec<Diagnostic> {
        let text = FILE.replace(from, to);
        assert_ne!(text, FILE);
        Parameters::parse(&text, "x.cfg").expect_err("refused").0
    }

    fn sentences(found: &[Diagnostic]) -> Vec<String> {
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_is_a_fabric_and_a_load() {
        let read = Parameters::parse(FILE, "x.cfg").expect("a file");
        assert_eq!(read.config, Config::square(8, Preset::P, 4, 8));
        assert_eq!((read.flits, read.seed), (2, Some(3)));
        assert_eq!(read.rate.map(|rate| rate.to_string()).as_deref(), Some("0.0096"));
        assert_eq!(
            read.pattern.map(|pattern| pattern.to_string()).as_deref(),
            Some("hotspot({{0,1},{1,6}})")
        );
    }

    #[test]
    fn every_preset_is_told_apart() {
        for (preset, telling) in PRESETS {
            let lines =
                TELLING.iter().zip(telling).map(|(name, value)| format!("{name} = {value};"));
            let sizes = ["k = 4; num_vcs = 1; vc_buf_size = 2;".to_owned()];
            let text = sizes.into_iter().chain(lines).collect::<Vec<_>>().join("\n");
            assert_eq!(Parameters::parse(&text, "x").expect("a preset").config.preset, preset);
        }
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_place() {
        let unknown = refused("n = 2;", "n = 2;\nvc_magic = 7;");
        assert_eq!(sentences(&unknown), ["[LL1537]: `vc_magic` is no parameter of this reader"]);
        let origin = unknown[0].origin.as_ref().expect("a text");
        assert_eq!(&origin.text[unknown[0].labels[0].span.clone()], "vc_magic");
        let torus = refused("mesh", "torus");
        assert_eq!(sentences(&torus), ["[LL1538]: `topology` is `torus`; supported is `mesh`"]);
        assert_eq!(torus[0].labels[0].span, 11..16);
        let odd = refused("credit_delay = 0", "credit_delay = 2");
        assert!(odd[0].message.ends_with("routing_delay = 0, credit_delay = 2"), "{odd:?}");
        assert_eq!(odd[0].help.len(), 5);
        assert_eq!(
            sentences(&refused("k = 8", "k = eight")),
            ["[LL1538]: `k` is `eight`; supported is 1 to 256"]
        );
        assert_eq!(
            sentences(&refused("k = 8;\n", "")),
            ["[LL1539]: the parameter `k` stands 0 times; it is needed once"]
        );
        assert_eq!(
            sentences(&refused("n = 2;", "n = 2; n = 2;")),
            ["[LL1539]: `n` stands 2 times; once is allowed"]
        );
        assert_eq!(
            sentences(&refused("n = 2;", "n 2;")),
            ["[LL1536]: `n 2;` is no `name = value;`"]
        );
    }

    /// A replay needs the router, not the traffic.
    #[test]
    fn strange_traffic_is_kept_for_those_who_need_it() {
        let text = FILE.replace("hotspot(", "randperm(").replace("0.0096", "7");
        let read = Parameters::parse(&text, "x.cfg").expect("a router");
        assert_eq!((read.pattern, read.rate), (None, None));
        assert_eq!(
            read.unread.iter().map(|one| one.code).collect::<Vec<_>>(),
            ["LL1531", "LL1530"]
        );
        assert!(read.unread.iter().all(|one| one.origin.is_some()));
    }

    #[test]
    fn all_findings_come_at_once() {
        let both = refused("topology = mesh", "topology = torus; magic = 1");
        assert_eq!(both.len(), 2);
    }
}
