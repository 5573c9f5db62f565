//! How is a text from outside written into XML, so that it is text and nothing else?

/// A text with the five signs of XML escaped and every sign that XML 1.0 forbids, or advises against, made visible as `�`.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign if is_forbidden(sign) => out.push('\u{FFFD}'),
            sign => out.push(sign),
        }
    }
    out
}

/// Whether XML 1.0 forbids a sign or advises against it.
pub(crate) fn is_forbidden(sign: char) -> bool {
    let is_no_character = matches!(sign, '\u{FDD0}'..='\u{FDEF}') || u32::from(sign) & 0xFFFE == 0xFFFE;
    is_no_character || (sign.is_control() && !matches!(sign, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        assert_eq!(escaped("a<script>&\"'"), "a&lt;script&gt;&amp;&quot;&#39;");
        assert_eq!(escaped("x\u{0}y\u{FFFE}\t\u{85}"), "x\u{FFFD}y\u{FFFD}\t\u{FFFD}");
        assert_eq!(
            escaped("می\u{200C}خواهم 조선 \u{202E}"),
            "می\u{200C}خواهم 조선 \u{202E}",
            "these belong to the text"
        );
    }
}
