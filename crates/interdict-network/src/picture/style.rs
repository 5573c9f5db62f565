//! How do the parts of a drawing look? Colors for light and for dark, borders, and the icon of each standing.
//!
//! Texts reach a contrast of at least 4.5 to 1 to what they stand on, and borders of 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). The five
//! standings keep apart for eyes that tell red and green not apart, and on a gray print: by border, icon and word.

use crate::standing::Standing;

/// The style sheet. Names begin with `nw-`, so that several drawings and a page around them do not meddle with each other.
pub(super) const SHEET: &str = "\
.nw-text{font-family:'Segoe UI','Helvetica Neue',Arial,'Noto Sans','Malgun Gothic','Microsoft YaHei','DejaVu Sans',sans-serif;\
fill:#1a212b}\
.nw-bg{fill:#fff}.nw-title{font-size:20px;font-weight:700}.nw-sub{font-size:13px}.nw-note{font-size:12px}\
.nw-muted{fill:#515c6b}.nw-name{font-size:13px;font-weight:600}.nw-small{font-size:11px}\
.nw-line{fill:none;stroke:#4b5768;stroke-width:1.5}.nw-control{stroke-dasharray:7 4}\
.nw-other{stroke-dasharray:1.5 4;stroke-linecap:round}.nw-head{fill:#4b5768}.nw-rule{stroke:#c5ccd6;stroke-width:1}\
.nw-focus{fill:none;stroke:#1d5fd1;stroke-width:2}\
.nw-card{stroke-width:1.3;fill:#f5f7f9;stroke:#6b7786}.nw-inner{fill:none;stroke-width:1}\
.nw-icon{fill:none;stroke-width:1.6}.nw-solid{stroke:none}.nw-hole{fill:none;stroke-width:2;stroke:#fff}\
.nw-s4 .nw-card{fill:#fdebeb;stroke:#b0161e;stroke-width:3}.nw-s4 .nw-tone{fill:#8f0d14}.nw-s4 .nw-icon{stroke:#b0161e}\
.nw-s3 .nw-card{fill:#fff1e7;stroke:#b5420a;stroke-width:2;stroke-dasharray:9 4}.nw-s3 .nw-tone{fill:#8e3206}\
.nw-s3 .nw-icon{stroke:#b5420a}\
.nw-s2 .nw-card,.nw-s2 .nw-inner{stroke:#8a6100}.nw-s2 .nw-card{fill:#fff7dc}.nw-s2 .nw-tone{fill:#694a00}\
.nw-s2 .nw-icon{stroke:#8a6100}\
.nw-s1 .nw-card{fill:#f2eefc;stroke:#5b41b8;stroke-width:2;stroke-dasharray:2 4;stroke-linecap:round}\
.nw-s1 .nw-tone{fill:#49319c}.nw-s1 .nw-icon{stroke:#5b41b8}\
.nw-s0 .nw-tone{fill:#515c6b}.nw-s0 .nw-icon{stroke:#6b7786}\
@media (prefers-color-scheme:dark){\
.nw-text{fill:#e9edf2}.nw-bg{fill:#14181e}.nw-muted{fill:#a9b4c2}.nw-line{stroke:#a3afbe}.nw-head{fill:#a3afbe}\
.nw-rule{stroke:#3c4653}.nw-focus{stroke:#6ea8ff}.nw-card{fill:#1e242c;stroke:#8390a1}.nw-hole{stroke:#14181e}\
.nw-s4 .nw-card{fill:#3a1618;stroke:#ff6b70}.nw-s4 .nw-tone{fill:#ff9a9d}.nw-s4 .nw-icon{stroke:#ff6b70}\
.nw-s3 .nw-card{fill:#382012;stroke:#ff9a5c}.nw-s3 .nw-tone{fill:#ffb78a}.nw-s3 .nw-icon{stroke:#ff9a5c}\
.nw-s2 .nw-card,.nw-s2 .nw-inner{stroke:#e0b43c}.nw-s2 .nw-card{fill:#312810}.nw-s2 .nw-tone{fill:#eccb70}\
.nw-s2 .nw-icon{stroke:#e0b43c}\
.nw-s1 .nw-card{fill:#262040;stroke:#a996ff}.nw-s1 .nw-tone{fill:#c2b4ff}.nw-s1 .nw-icon{stroke:#a996ff}\
.nw-s0 .nw-tone{fill:#a9b4c2}.nw-s0 .nw-icon{stroke:#8390a1}}";

/// The class of a standing.
pub(super) fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Designated => "nw-s4",
        Standing::PossiblyDesignated => "nw-s3",
        Standing::BlockedByOwnership => "nw-s2",
        Standing::Undetermined => "nw-s1",
        Standing::NotBlocked => "nw-s0",
    }
}

/// The icon of a standing in a square of 12, drawn around its middle.
pub(super) fn icon(standing: Standing) -> &'static str {
    match standing {
        // No entry.
        Standing::Designated => {
            "<circle r=\"6\" class=\"nw-tone nw-solid\"/><path d=\"M-3.5 0H3.5\" class=\"nw-hole\"/>"
        }
        // A question in a circle.
        Standing::PossiblyDesignated => {
            "<circle r=\"5.4\" class=\"nw-icon\"/>\
             <path d=\"M-1.8 -1.4C-1.8 -3.6 1.9 -3.5 1.8 -1.2C1.7 .2 0 .2 0 1.5M0 3V3.6\" class=\"nw-icon\"/>"
        }
        // A lock.
        Standing::BlockedByOwnership => {
            "<path d=\"M-3 -.5V-2.6A3 3 0 0 1 3 -2.6V-.5\" class=\"nw-icon\"/>\
             <rect x=\"-4.8\" y=\"-1\" width=\"9.6\" height=\"7\" rx=\"1.2\" class=\"nw-tone nw-solid\"/>"
        }
        // A question in a diamond.
        Standing::Undetermined => {
            "<path d=\"M0 -6.4L6.4 0L0 6.4L-6.4 0Z\" class=\"nw-icon\"/>\
             <path d=\"M-1.5 -1.2C-1.5 -3 1.6 -2.9 1.5 -1C1.4 .1 0 .1 0 1.2M0 2.5V3\" class=\"nw-icon\"/>"
        }
        // An empty circle.
        Standing::NotBlocked => "<circle r=\"4.2\" class=\"nw-icon\"/>",
    }
}
