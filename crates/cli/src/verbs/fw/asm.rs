//! `leadlag fw asm FILE`: assembly text to a program.

use std::fmt::Write as _;

use leadlag_diagnostic::{Diagnostic, Diagnostics};
use leadlag_explore::files;
use leadlag_isa::{LIMIT, Line, Options, Program, assemble};
use serde_json::json;

use crate::args::Target;
use crate::args::fw::{AsmArgs, Format};
use crate::context::Context;
use crate::exit::Exit;

/// Assembles, and writes the program or prints the listing.
///
/// # Errors
/// LL5001 or LL1314 if the file cannot be read; everything that is wrong with the text; LL1623 if the
/// flat form is too large; LL5002 to LL5004 if the program cannot be written.
pub fn run(args: &AsmArgs, context: &mut Context) -> Result<Exit, Diagnostics> {
    let target = (!args.listing).then(|| target(args, context));
    target.as_ref().map_or(Ok(()), |target| context.refuse_existing(target))?;
    let text = files::read_text(&args.file)?;
    let program = assemble(&args.file.display().to_string(), &text, &options(args))?;
    let Some(target) = target else {
        context.out.result(listing(&program, &text).trim_end(), &report(&program, None, 0))?;
        return Ok(Exit::Done);
    };
    let bytes = match format(args, &target) {
        Format::Elf => program.to_elf(),
        Format::Bin => flat(&program)?,
    };
    let line = format!("  wrote     {target}  {} bytes{}", bytes.len(), sizes(&program));
    context.deliver(&target, &bytes, &line, &report(&program, Some(&target), bytes.len()))?;
    Ok(Exit::Done)
}

fn options(args: &AsmArgs) -> Options {
    let defaults = Options::default();
    Options {
        text: args.text.unwrap_or(defaults.text),
        data: args.data.unwrap_or(defaults.data),
        ..defaults
    }
}

fn target(args: &AsmArgs, context: &Context) -> Target {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = if args.format == Some(Format::Bin) { "bin" } else { "elf" };
    context.target(format!("{stem}.{ending}"))
}

fn format(args: &AsmArgs, target: &Target) -> Format {
    let is_bin = target.path().and_then(|path| path.extension()).is_some_and(|end| end == "bin");
    args.format.unwrap_or(if is_bin { Format::Bin } else { Format::Elf })
}

fn flat(program: &Program) -> Result<Vec<u8>, Diagnostics> {
    if program.segments.is_empty() {
        return Ok(Vec::new());
    }
    let most = usize::try_from(LIMIT).unwrap_or(usize::MAX);
    program.flat(most).map(|(_, bytes)| bytes).ok_or_else(|| {
        let begin = program.segments.first().map_or(0, |segment| segment.address);
        let last = program.segments.last().map_or(0, |segment| segment.address);
        let text = format!(
            "the flat form reaches from {begin:#x} behind {last:#x}; it may have {LIMIT} bytes"
        );
        Diagnostic::new("LL1623", text)
            .help("write an ELF file, which has no gaps to fill")
            .help("move `.data` nearer with `--data ADDRESS`")
            .into()
    })
}

fn sizes(program: &Program) -> String {
    program.segments.iter().fold(String::new(), |mut text, segment| {
        // Writing to a string does not fail.
        let _ = write!(text, "  {} bytes at {:#010x}", segment.bytes.len(), segment.address);
        text
    })
}

/// Address, bits and source of every line, the lines that become nothing included.
fn listing(program: &Program, source: &str) -> String {
    let mut lines: Vec<&Line> = program.lines.iter().collect();
    lines.sort_by_key(|line| (line.line, line.address));
    let mut rest = lines.into_iter().peekable();
    let mut text = String::new();
    for (number, words) in (1_u32..).zip(source.lines()) {
        let mut shown = words;
        let mut any = false;
        while let Some(line) = rest.next_if(|line| line.line <= number) {
            let _ = writeln!(text, "{:08x}  {:8}  {shown}", line.address, bits(program, line));
            shown = "";
            any = true;
        }
        if !any {
            let _ = writeln!(text, "{:18}  {words}", "");
        }
    }
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The first four bytes of a line as a number, `…` behind them if there are more.
fn bits(program: &Program, line: &Line) -> String {
    let bytes = program.bytes_at(line.address).unwrap_or_default();
    let count = usize::try_from(line.bytes).unwrap_or(0);
    let digits = bytes.iter().take(count.min(4)).rev();
    let text = digits.fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    if count > 4 { text + "…" } else { text }
}

fn report(program: &Program, target: Option<&Target>, bytes: usize) -> serde_json::Value {
    let segments: Vec<_> = program
        .segments
        .iter()
        .map(|segment| json!({"address": segment.address, "bytes": segment.bytes.len()}))
        .collect();
    let lines: Vec<_> = program
        .lines
        .iter()
        .map(|line| json!({"address": line.address, "bytes": line.bytes, "line": line.line}))
        .collect();
    json!({
        "schema": "leadlag.fw.asm/1",
        "path": target.and_then(Target::path),
        "bytes": bytes,
        "entry": program.entry,
        "segments": segments,
        "symbols": program.symbols,
        "constants": program.constants,
        "lines": lines,
    })
}
