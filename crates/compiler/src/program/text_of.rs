//! A term as a short comment.

use leadlag_plasticity::language::{Node, Program, Relation, Signal, Term, View};

/// Where a comment is cut.
const LONGEST: usize = 44;

/// The term as the rule might have written it, cut if it is long.
pub(crate) fn text_of(term: &Term, program: &Program) -> String {
    let mut text = write(term, program);
    if text.len() > LONGEST {
        text.truncate(LONGEST);
        text.push_str("..");
    }
    text
}

fn write(term: &Term, program: &Program) -> String {
    let pair = |sign: &str, [left, right]: &[Term; 2]| {
        format!("({} {sign} {})", write(left, program), write(right, program))
    };
    match &term.node {
        Node::Operand(operand) => {
            let view = match operand.view {
                View::Plain => "",
                View::Own => ".col",
                View::Sent => ".sent",
            };
            format!("{}{view}", signal(operand.signal))
        }
        Node::Param(at) => program.params.get(*at).map_or_else(String::new, |p| p.name.clone()),
        Node::Number(code) => format!("{code}"),
        Node::Multiply(two) => {
            let [left, right] = two.as_ref();
            format!("{}*{}", write(left, program), write(right, program))
        }
        Node::Wide(two) => {
            let [left, right] = two.as_ref();
            format!("wide({}*{})", write(left, program), write(right, program))
        }
        Node::Add(two) => pair("+", two),
        Node::Subtract(two) => pair("-", two),
        Node::Negate(value) => format!("-{}", write(value, program)),
        Node::Shift { value, places, .. } => format!("shr({}, {places})", write(value, program)),
        Node::Narrow { value, places, .. } => {
            format!("narrow({}, {places})", write(value, program))
        }
        Node::Clip(three) => {
            let all: Vec<String> = three.iter().map(|t| write(t, program)).collect();
            format!("clip({})", all.join(", "))
        }
        Node::Select(comparison, two) => {
            let [yes, no] = two.as_ref();
            let (left, right) =
                (write(&comparison.left, program), write(&comparison.right, program));
            let sign = sign(comparison.relation);
            format!("sel({left} {sign} {right}, {}, {})", write(yes, program), write(no, program))
        }
    }
}

fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::Error => "e",
        Signal::Rate => "r",
        Signal::Membrane => "u",
        Signal::Motion => "du",
        Signal::Injection => "inj",
        Signal::Wanted => "target",
        Signal::TauM => "tau",
        Signal::Weight => "w",
        Signal::Momentum => "m",
    }
}

fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Less => "<",
        Relation::LessOrEqual => "<=",
        Relation::Equal => "==",
        Relation::Unequal => "!=",
        Relation::GreaterOrEqual => ">=",
        Relation::Greater => ">",
    }
}
