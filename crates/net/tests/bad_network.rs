//! Every way in which a network file can be wrong, each with its message.

use leadlag_diagnostic::Diagnostics;
use leadlag_net::Network;

/// A network with every section, so that one change at a time makes it wrong.
const GOOD: &str = r#"
name = "net"
dt = "0.2 ms"
gamma = 0.5
errors = "prospective"
[tau]
mixed = [{ count = 2, tau_m = "0.6 ms", tau_r = "0.2 ms" }]
[[population]]
name = "in"
input = 1
[[population]]
name = "hidden"
tau = "mixed"
phi = "tanh"
bias = true
[[population]]
name = "out"
size = 10
tau_m = "1.2 ms"
tau_r = "1.2 ms"
phi = "linear"
[[projection]]
from = "in"
to = "hidden"
weights = [[0.5], [-0.5]]
[[projection]]
chain = ["hidden", "out"]
plastic = true
init = { range = [-1.0, 1.0] }
[teach]
population = "out"
loss = "cross-entropy"
beta = 1.0
[learning]
rule = "adam"
eta = 1e-3
beta1 = 0.9
decay = 0.0
every = 1
tau_m = true
tau_min = "0.4 ms"
sender = "on-change"
threshold = 2
[task]
name = "mnist1d"
seed = 42
length = 40
train = 40
test = 10
[schedule]
epochs = 2
replicas = 4
plateau = { factor = 0.5, patience = 2 }
[map]
weight_headroom = 8
weight_range = 2.0
"#;

fn findings(text: &str) -> Diagnostics {
    match Network::parse(text, "net.toml") {
        Ok(network) => panic!("accepted: {network:?}"),
        Err(found) => found,
    }
}

/// The findings after a change, all of them in one text; each has a place and a way out or a rule.
fn refused(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "the base has no `{from}`");
    let text = GOOD.replacen(from, to, 1);
    let found = findings(&text);
    for finding in &found.0 {
        let origin = finding.origin.as_ref().expect("the origin is known");
        assert_eq!((origin.name.as_str(), &origin.text), ("net.toml", &text));
        assert!(!finding.help.is_empty(), "no way out: {finding}");
        for label in &finding.labels {
            assert!(label.span.end <= text.len(), "{finding}");
        }
    }
    found.to_string()
}

#[test]
fn the_base_is_good() {
    Network::parse(GOOD, "net.toml").unwrap_or_else(|found| panic!("{found}"));
}

macro_rules! refusals {
    ($($name:ident: $from:expr => $to:expr, $message:expr;)*) => {
        $(#[test]
        fn $name() {
            let found = refused($from, $to);
            assert!(found.contains($message), "wanted: {}\nfound: {found}", $message);
        })*
    };
}

refusals! {
    text_that_is_no_toml: "gamma = 0.5" => "gamma = = 0.5", "[LL1000]: this is not TOML";
    unknown_field: "gamma = 0.5" => "gama = 0.5", "[LL1001]: `gama` is no field";
    unknown_field_of_a_population: "input = 1" => "input = 1\nsizes = 2", "[LL1001]: `population[0].sizes`";
    unknown_field_of_a_group: "count = 2," => "count = 2, tau = 1,", "[LL1001]: `tau.mixed[0].tau`";
    unknown_section: "[map]" => "[maps]", "[LL1001]: `maps` is no field";
    name_missing: "name = \"net\"" => "", "[LL1002]: `name` is missing";
    name_empty: "name = \"net\"" => "name = \"\"", "[LL1007]: `name` is \"\", which is no name";
    name_with_a_space: "name = \"net\"" => "name = \"a b\"", "[LL1007]: `name` is \"a b\"";
    name_that_is_a_number: "name = \"net\"" => "name = 3", "[LL1003]: `name` is the integer 3; it must be a text";
    dt_missing: "dt = \"0.2 ms\"" => "", "[LL1002]: `dt` is missing";
    dt_without_unit: "dt = \"0.2 ms\"" => "dt = 0.2", "[LL1004]: `dt`: `0.2` has no unit; a time is written with one, like \"0.2 ms\"";
    dt_of_another_unit: "dt = \"0.2 ms\"" => "dt = \"0.2 mV\"", "[LL1004]: `dt`: `mV` is not a unit of time";
    dt_zero: "dt = \"0.2 ms\"" => "dt = \"0 ms\"", "[LL1005]: `dt` is 0 s; it must be above 0 s";
    dt_negative: "dt = \"0.2 ms\"" => "dt = \"-1 ms\"", "outside the finite numbers from 0";
    dt_infinite: "dt = \"0.2 ms\"" => "dt = \"1e999 ms\"", "outside the finite numbers from 0";
    dt_that_is_a_list: "dt = \"0.2 ms\"" => "dt = []", "[LL1003]: `dt` is an array of 0; it must be a text like \"0.2 ms\"";
    gamma_nan: "gamma = 0.5" => "gamma = nan", "[LL1005]: `gamma` is NaN; it must be a finite number from 0";
    gamma_infinite: "gamma = 0.5" => "gamma = inf", "[LL1005]: `gamma` is inf";
    gamma_negative: "gamma = 0.5" => "gamma = -0.5", "[LL1005]: `gamma` is -0.5";
    gamma_text: "gamma = 0.5" => "gamma = \"0.5\"", "[LL1003]: `gamma` is the text \"0.5\"; it must be a finite number from 0";
    errors_of_no_kind: "\"prospective\"" => "\"late\"", "[LL1006]: `errors` is \"late\"; it must be one of \"prospective\", \"instantaneous\"";
    count_zero: "count = 2" => "count = 0", "[LL1005]: `tau.mixed[0].count` is 0; it must be an integer from 1 to 65535";
    count_fractional: "count = 2" => "count = 2.5", "[LL1003]: `tau.mixed[0].count` is the number 2.5; it must be an integer";
    tau_shorter_than_dt: "tau_m = \"0.6 ms\"" => "tau_m = \"0.1 ms\"", "[LL1011]: `tau.mixed[0].tau_m` is 100 us; it must be at least dt = 200 us";
    tau_r_shorter_than_dt: "tau_r = \"0.2 ms\"" => "tau_r = \"0.19 ms\"", "[LL1011]: `tau.mixed[0].tau_r` is 190 us";
    tau_without_unit: "tau_m = \"0.6 ms\"" => "tau_m = 0.6", "[LL1004]: `tau.mixed[0].tau_m`: `0.6` has no unit";
    tau_range_of_one: "tau_m = \"0.6 ms\"" => "tau_m = [\"1 ms\"]", "[LL1009]: `tau.mixed[0].tau_m` is no range";
    tau_range_upside_down: "tau_m = \"0.6 ms\"" => "tau_m = [\"2 ms\", \"1 ms\"]", "is no range of two increasing times";
    tau_groups_empty: "[{ count = 2, tau_m = \"0.6 ms\", tau_r = \"0.2 ms\" }]" => "[]", "[LL1009]: `tau.mixed` has 0 groups; it needs at least 1";
    tau_group_dangling: "tau = \"mixed\"" => "tau = \"fast\"", "[LL1008]: `population[1].tau` names time constants \"fast\", which do not exist";
    input_of_no_lines: "input = 1" => "input = 0", "[LL1005]: `population[0].input` is 0; it must be an integer from 1 to 65535";
    input_too_wide: "input = 1" => "input = 65536", "[LL1005]: `population[0].input` is 65536";
    size_zero: "size = 10" => "size = 0", "[LL1005]: `population[2].size` is 0; it must be an integer from 1 to 65535";
    size_negative: "size = 10" => "size = -1", "[LL1005]: `population[2].size` is -1";
    size_beyond_every_integer: "size = 10" => "size = 99999999999999999999999999", "`population[2].size`";
    size_missing: "size = 10" => "", "[LL1002]: `population[2]` has neither `input` nor `tau` nor `size`";
    size_of_one_for_ten_classes: "size = 10" => "size = 1", "[LL1016]: task mnist1d needs 10 outputs; the taught population has 1";
    phi_missing: "phi = \"tanh\"" => "", "[LL1002]: `population[1].phi` is missing";
    phi_unknown: "phi = \"tanh\"" => "phi = \"sine\"", "[LL1006]: `population[1].phi` is \"sine\"; it must be one of \"linear\", \"tanh\"";
    factor_of_zero: "phi = \"tanh\"" => "phi = \"tanh\"\neta_factor = 0", "[LL1005]: `population[1].eta_factor` is 0; it must be a finite number above 0";
    factors_of_one_population: "phi = \"tanh\"" => "phi = \"tanh\"\neta_factor = [1, 2]", "[LL1009]: `population[1].eta_factor` has 2 numbers for 1 populations";
    factor_of_lines: "input = 1" => "input = 1\neta_factor = 2", "[LL1001]: `population[0].eta_factor` is no field";
    bias_of_wrong_length: "bias = true" => "bias = [0.1]", "[LL1009]: `population[1].bias` has 1 values for 2 neurons";
    bias_nan: "bias = true" => "bias = [0.1, nan]", "[LL1005]: `population[1].bias[1]` is NaN";
    population_twice: "name = \"hidden\"" => "name = \"out\"", "[LL1007]: population \"out\" is defined twice";
    population_without_name: "name = \"in\"" => "", "[LL1002]: `population[0].name` is missing";
    population_names_empty: "name = \"in\"" => "name = []", "[LL1007]: `population[0].name` has 0 names; it needs at least 1";
    no_input: "input = 1" => "size = 1\ntau_m = \"1 ms\"\ntau_r = \"1 ms\"\nphi = \"tanh\"", "[LL1012]: no population is an input";
    projection_from_nowhere: "from = \"in\"" => "from = \"eye\"", "[LL1008]: `projection[0].from` names population \"eye\", which does not exist";
    projection_to_nowhere: "to = \"hidden\"" => "to = \"hid\"", "[LL1008]: `projection[0].to` names population \"hid\"";
    projection_without_end: "to = \"hidden\"" => "", "[LL1002]: `projection[0].to` is missing";
    projection_into_an_input: "to = \"hidden\"" => "to = \"in\"", "[LL1014]: `projection[0]` projects to \"in\", which is an input";
    projection_twice: "[\"hidden\", \"out\"]" => "[\"in\", \"hidden\", \"out\"]", "[LL1013]: `in -> hidden` is projected twice";
    nothing_arrives: "[\"hidden\", \"out\"]" => "[\"hidden\", \"hidden\"]", "[LL1012]: nothing projects to population \"out\"";
    chain_of_one: "[\"hidden\", \"out\"]" => "[\"hidden\"]", "[LL1009]: `projection[1].chain` has 1 names; it needs at least 2";
    chain_dangling: "[\"hidden\", \"out\"]" => "[\"hidden\", \"exit\"]", "names population \"exit\"";
    ranges_of_a_chain: "plastic = true" => "weight_range = [1, 2]", "[LL1009]: `projection[1].weight_range` has 2 numbers for 1 projections";
    range_of_zero: "plastic = true" => "weight_range = 0", "`projection[1].weight_range` is 0";
    range_in_a_list: "plastic = true" => "weight_range = [inf]", "[LL1005]: `projection[1].weight_range[0]` is inf";
    plastic_number: "plastic = true" => "plastic = 1", "[LL1003]: `projection[1].plastic` is the integer 1; it must be true or false";
    weights_transposed: "[[0.5], [-0.5]]" => "[[0.5, -0.5]]", "[LL1009]: `projection[0].weights` has 1 rows, one of 2 numbers; the projection needs 2 rows of 1";
    weights_ragged: "[[0.5], [-0.5]]" => "[[0.5], []]", "the projection needs 2 rows of 1";
    weights_empty: "[[0.5], [-0.5]]" => "[]", "has 0 rows";
    weights_nan: "[[0.5], [-0.5]]" => "[[0.5], [nan]]", "[LL1005]: `projection[0].weights[1][0]` is NaN";
    weights_for_a_chain: "init = { range = [-1.0, 1.0] }" => "init = \"uniform\"\nweights = [[1.0]]", "[LL1010]: `projection[1].init` and `projection[1].weights` exclude each other";
    init_unknown: "{ range = [-1.0, 1.0] }" => "\"normal\"", "[LL1006]: `projection[1].init` is \"normal\"";
    init_of_two_kinds: "{ range = [-1.0, 1.0] }" => "{ range = [-1.0, 1.0], constant = 1.0 }", "[LL1010]: `projection[1].init` needs one of";
    init_upside_down: "[-1.0, 1.0]" => "[1.0, -1.0]", "[LL1009]: `projection[1].init.range` is no range of two increasing numbers";
    init_infinite: "[-1.0, 1.0]" => "[-inf, 1.0]", "[LL1005]: `projection[1].init.range[0]` is -inf";
    teach_nobody: "population = \"out\"" => "population = \"exit\"", "[LL1008]: `teach.population` names population \"exit\"";
    teach_an_input: "population = \"out\"" => "population = \"in\"", "[LL1014]: `teach.population` names \"in\", which is an input";
    loss_unknown: "\"cross-entropy\"" => "\"hinge\"", "[LL1006]: `teach.loss` is \"hinge\"; it must be one of \"cross-entropy\", \"squared-error\", \"nll\"";
    loss_missing: "loss = \"cross-entropy\"" => "", "[LL1002]: `teach.loss` is missing";
    beta_zero: "beta = 1.0" => "beta = 0.0", "[LL1005]: `teach.beta` is 0; it must be a finite number above 0";
    beta_nan: "beta = 1.0" => "beta = nan", "[LL1005]: `teach.beta` is NaN";
    rule_unknown: "\"adam\"" => "\"rmsprop\"", "[LL1006]: `learning.rule` is \"rmsprop\"; it must be one of \"sgd\", \"momentum\", \"adam\"";
    constant_of_another_rule: "\"adam\"" => "\"sgd\"", "[LL1010]: `learning.beta1` has no meaning with rule = \"sgd\"";
    eta_missing: "eta = 1e-3" => "", "[LL1002]: `learning.eta` is missing";
    eta_negative: "eta = 1e-3" => "eta = -1e-3", "[LL1005]: `learning.eta` is -0.001";
    eta_infinite: "eta = 1e-3" => "eta = inf", "[LL1005]: `learning.eta` is inf";
    beta1_of_one: "beta1 = 0.9" => "beta1 = 1.0", "[LL1005]: `learning.beta1` is 1; it must be a number from 0 to below 1";
    decay_above_one: "decay = 0.0" => "decay = 1.5", "[LL1005]: `learning.decay` is 1.5";
    accumulator_of_a_sum: "rule = \"adam\"" => "accumulate = true\nrule = \"sgd\"", "[LL1010]: `learning.accumulate` needs rule = \"adam\"";
    every_zero: "every = 1" => "every = 0", "[LL1005]: `learning.every` is 0; it must be an integer from 1 to 65535";
    tau_min_below_dt: "tau_min = \"0.4 ms\"" => "tau_min = \"0.1 ms\"", "[LL1011]: `learning.tau_min` is 100 us; it must be at least dt = 200 us";
    tau_min_without_learning: "tau_m = true" => "tau_m = false", "[LL1010]: `learning.tau_min` has no meaning without tau_m = true";
    threshold_zero: "threshold = 2" => "threshold = 0", "[LL1005]: `learning.threshold` is 0; it must be an integer from 1 to 32767";
    threshold_without_sender: "sender = \"on-change\"" => "", "[LL1010]: `learning.threshold` has no meaning";
    sender_unknown: "\"on-change\"" => "\"often\"", "[LL1006]: `learning.sender` is \"often\"";
    rounding_unknown: "every = 1" => "rounding = \"up\"", "[LL1006]: `learning.rounding` is \"up\"";
    feedback_unknown: "every = 1" => "feedback = \"none\"", "[LL1006]: `learning.feedback` is \"none\"";
    operand_unknown: "every = 1" => "operand = \"dac\"", "[LL1006]: `learning.operand` is \"dac\"";
    task_unknown: "\"mnist1d\"" => "\"mnist\"", "[LL1006]: `task.name` is \"mnist\"; it must be one of";
    task_of_one_point: "length = 40" => "length = 1", "[LL1005]: `task.length` is 1; it must be an integer from 2 to 100000";
    task_without_samples: "train = 40" => "train = 0", "[LL1005]: `task.train` is 0";
    task_of_uneven_classes: "train = 40" => "train = 41", "[LL1016]: 51 samples (train and test) do not divide into 10 equal classes";
    task_too_large: "length = 40\ntrain = 40" => "length = 100000\ntrain = 999990", "[LL1015]: 1000000 samples of 100000 points exceed";
    task_of_a_seed_that_is_too_large: "seed = 42" => "seed = 4294967296", "[LL1005]: `task.seed` is 4294967296; it must be an integer from 0 to 4294967295";
    task_field_of_another: "seed = 42" => "ahead = 2", "[LL1001]: `task.ahead` is no field";
    task_wider_than_the_network: "input = 1" => "input = 2", "[LL1016]: task mnist1d drives 1 line; the network has 2";
    teacher_missing: "name = \"mnist1d\"\nseed = 42\nlength = 40\ntrain = 40\ntest = 10" => "name = \"chain\"", "[LL1017]: task chain needs a teacher";
    teacher_not_asked: "[map]" => &format!("[teacher.weights]\n\"hidden->out\" = [{}]\n[map]", ["[1.0, 1.0]"; 10].join(", ")), "[LL1017]: task mnist1d has its own targets";
    teacher_incomplete: "[map]" => "[teacher]\n[map]", "[LL1017]: the teacher has no weights for `hidden -> out`, which are drawn";
    teacher_of_strangers: "[map]" => "[teacher.tau_m]\neye = [\"1 ms\"]\n[map]", "[LL1008]: `teacher.tau_m.eye` names neurons \"eye\"";
    teacher_of_no_projection: "[map]" => "[teacher.weights]\n\"in -> out\" = [[1.0]]\n[map]", "names projection \"in -> out\", which does not exist";
    teacher_of_wrong_size: "[map]" => "[teacher.tau_m]\nhidden = [\"1 ms\"]\n[map]", "[LL1009]: `teacher.tau_m.hidden` has 1 values for 2 neurons";
    epochs_and_steps: "epochs = 2" => "epochs = 2\nsteps = 5", "[LL1010]: `schedule.steps` and `epochs` exclude each other";
    neither_epochs_nor_steps: "epochs = 2" => "", "[LL1002]: `schedule` has neither `epochs` nor `steps`";
    steps_for_samples: "epochs = 2\nreplicas = 4\nplateau = { factor = 0.5, patience = 2 }" => "steps = 5", "[LL1010]: `schedule` counts steps, but task mnist1d counts epochs";
    plateau_with_steps: "epochs = 2" => "steps = 5", "[LL1010]: `schedule.plateau` has no meaning without `epochs`";
    plateau_that_raises: "factor = 0.5" => "factor = 1.5", "[LL1005]: `schedule.plateau.factor` is 1.5; it must be a number between 0 and 1";
    anneal_with_steps: "epochs = 2\nreplicas = 4\nplateau = { factor = 0.5, patience = 2 }" => "steps = 5\nanneal = { factor = 0.5, every = 2 }", "[LL1010]: `schedule.anneal` has no meaning without `epochs`";
    anneal_and_plateau: "epochs = 2" => "epochs = 2\nanneal = { factor = 0.5, every = 2 }", "[LL1010]: `schedule.anneal` and `plateau` exclude each other";
    order_unknown: "epochs = 2" => "epochs = 2\norder = \"sorted\"", "[LL1006]: `schedule.order`";
    gap_negative: "epochs = 2" => "epochs = 2\ngap = -1", "`schedule.gap`";
    gap_of_a_stream: "epochs = 2\nreplicas = 4\nplateau = { factor = 0.5, patience = 2 }" => "steps = 5\ngap = 9", "[LL1010]: `schedule.gap` has no meaning without `epochs`";
    order_of_a_stream: "epochs = 2\nreplicas = 4\nplateau = { factor = 0.5, patience = 2 }" => "steps = 5\norder = \"balanced\"", "[LL1010]: `schedule.order` has no meaning without `epochs`";
    anneal_never: "plateau = { factor = 0.5, patience = 2 }" => "anneal = { factor = 0.5, every = 0 }", "[LL1005]: `schedule.anneal.every` is 0";
    epochs_zero: "epochs = 2" => "epochs = 0", "[LL1005]: `schedule.epochs` is 0";
    replicas_zero: "replicas = 4" => "replicas = 0", "[LL1005]: `schedule.replicas` is 0; it must be an integer from 1 to 65536";
    headroom_of_three: "weight_headroom = 8" => "weight_headroom = 3", "[LL1005]: `map.weight_headroom` is 3; it must be a power of two from 1 to 4096";
    range_zero: "weight_range = 2.0" => "weight_range = 0.0", "[LL1005]: `map.weight_range` is 0; it must be a finite number above 0";
    hint_unknown: "weight_range = 2.0" => "weight_rang = 2.0", "[LL1001]: `map.weight_rang` is no field";
    section_that_is_no_table: "[map]\nweight_headroom = 8\nweight_range = 2.0" => "[[map]]", "[LL1003]: `map` is an array of 1; it must be a table";
}

#[test]
fn learning_without_teaching_is_refused() {
    let teach = "[teach]\npopulation = \"out\"\nloss = \"cross-entropy\"\nbeta = 1.0\n";
    assert!(refused(teach, "").contains("[LL1018]: a rule learns, but nothing is taught"));
}

#[test]
fn a_drawn_memory_must_be_learnt() {
    let text = GOOD
        .replace("tau_m = true\ntau_min = \"0.4 ms\"\n", "")
        .replace("tau_m = \"0.6 ms\"", "tau_m = [\"1 ms\", \"2 ms\"]");
    let found = findings(&text).to_string();
    assert!(found.contains("[LL1010]: tau_m of \"hidden\" is drawn, but is not learnt"), "{found}");
}

#[test]
fn too_many_weights_are_refused_before_they_are_drawn() {
    let text = GOOD
        .replace("count = 2", "count = 60000")
        .replace("size = 10", "size = 60000")
        .replace("weights = [[0.5], [-0.5]]", "");
    let found = findings(&text).to_string();
    assert!(
        found.contains("[LL1015]: the network has 3600060000 weights; at most 67108864"),
        "{found}"
    );
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = GOOD
        .replace("gamma = 0.5", "gamma = nan")
        .replace("phi = \"tanh\"", "phi = \"sine\"")
        .replace("eta = 1e-3", "eta = -1.0")
        .replace("epochs = 2", "epochs = 0");
    let codes: Vec<_> = findings(&text).0.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["LL1005", "LL1006", "LL1005", "LL1005"]);
}

#[test]
fn a_finding_points_at_its_value() {
    let text = GOOD.replace("gamma = 0.5", "gamma = -3.25");
    let found = findings(&text);
    let label = &found.0[0].labels[0];
    assert_eq!(text.get(label.span.clone()), Some("-3.25"));
    assert_eq!(found.0[0].family().exit_code(), 3);
}

#[test]
fn an_empty_file_lacks_everything() {
    let found = findings("").to_string();
    for field in ["name", "dt", "population", "projection"] {
        assert!(found.contains(&format!("`{field}` is missing")), "{found}");
    }
}
