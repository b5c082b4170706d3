//! Code blocks of a page.

/// A fenced block: the word behind the fence, the line it begins in (from 1), its lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Block<'a> {
    pub(crate) kind: &'a str,
    pub(crate) line: usize,
    pub(crate) lines: Vec<&'a str>,
}

/// All fenced blocks of a page, in order. A block that is never closed ends with the page.
pub(crate) fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (at, line) in page.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(kind), None) => {
                open = Some(Block { kind: kind.trim(), line: at + 1, lines: Vec::new() });
            }
            (None, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    found.extend(open);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_have_their_kind_line_and_content() {
        let page = "# A\n```sh\nls\n\ncd x\n```\ntext\n```\nplain\n```\n```toml\nopen";
        let kinds: Vec<_> = blocks(page).iter().map(|b| (b.kind, b.line, b.lines.len())).collect();
        assert_eq!(kinds, [("sh", 2, 3), ("", 8, 1), ("toml", 11, 1)]);
    }
}
