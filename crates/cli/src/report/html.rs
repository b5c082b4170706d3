//! HTML that is well-formed by construction: what opens an element closes it.

use std::fmt::Write as _;

/// Light and dark, one column, nothing from elsewhere.
const STYLE: &str = include_str!("style.css");

/// A page that grows.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
}

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Page {
    /// Head and beginning.
    pub(super) fn begin(title: &str) -> Self {
        let title = escaped(title);
        let text = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"color-scheme\" content=\"light dark\"/>\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        );
        Self { text }
    }

    /// The whole page.
    pub(super) fn end(self) -> String {
        self.text + "</body>\n</html>\n"
    }

    /// An element with what `fill` puts into it.
    pub(super) fn within(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        fill: impl FnOnce(&mut Self),
    ) {
        self.put(format_args!("<{tag}"));
        for (name, value) in attributes {
            self.put(format_args!(" {name}=\"{}\"", escaped(value)));
        }
        self.put(format_args!(">"));
        fill(self);
        self.put(format_args!("</{tag}>\n"));
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.within(tag, attributes, |page| page.text(text));
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(&escaped(text));
    }

    /// A section with its heading.
    pub(super) fn section(&mut self, id: &str, heading: &str, fill: impl FnOnce(&mut Self)) {
        self.within("section", &[("id", id)], |page| {
            page.leaf("h2", &[], heading);
            fill(page);
        });
    }

    /// A table; rows as long as their headings.
    pub(super) fn table(&mut self, headings: &[&str], rows: &[Vec<String>]) {
        self.within("div", &[("class", "wide")], |page| {
            page.within("table", &[], |page| {
                page.within("thead", &[], |page| {
                    page.within("tr", &[], |page| {
                        for heading in headings {
                            page.leaf("th", &[("scope", "col")], heading);
                        }
                    });
                });
                page.within("tbody", &[], |page| {
                    for row in rows {
                        page.within("tr", &[], |page| {
                            for cell in row {
                                page.leaf("td", &[], cell);
                            }
                        });
                    }
                });
            });
        });
    }

    /// A figure of the plotting library, with what it shows.
    pub(super) fn figure(&mut self, svg: &str, caption: &str) {
        // Inside HTML an SVG element needs no name space, and the page names no address.
        let svg = svg.trim_start_matches("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        let svg = svg.replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
        self.within("figure", &[], |page| {
            page.text.push_str(svg.trim());
            page.leaf("figcaption", &[], caption);
        });
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.text.write_fmt(text).expect("a string takes any text");
    }
}

/// Text inside an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut page = Page::begin("</title><b>");
        page.leaf("p", &[("title", "\"><script>")], "<script>&\u{1}'");
        let text = page.end();
        assert!(!text.contains("<script>") && !text.contains("<b>"), "{text}");
        assert!(text.contains(
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;&amp;\u{fffd}&#39;</p>"
        ));
    }
}
