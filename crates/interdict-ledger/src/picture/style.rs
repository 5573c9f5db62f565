//! How do the parts of a drawing look? Colors for light and for dark, borders, and the icon of each way to end.
//!
//! Texts reach a contrast of at least 4.5 to 1 to what they stand on, and borders of 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11). Ways to end keep
//! apart without color: by icon, word and border.

use crate::report::EndKind;

/// The style sheet. Names begin with `tr-`, so that several drawings and a page around them do not meddle with each other.
pub(super) const SHEET: &str = "\
.tr-text{font-family:'Segoe UI','Helvetica Neue',Arial,'Noto Sans','Malgun Gothic','Microsoft YaHei','DejaVu Sans',sans-serif;\
fill:#1a212b}\
.tr-bg{fill:#fff}.tr-title{font-size:20px;font-weight:700}.tr-sub{font-size:13px}.tr-sum{font-size:14px;font-weight:600}\
.tr-note{font-size:12px}.tr-muted{fill:#515c6b}.tr-alarm{fill:#8f0d14}.tr-name{font-size:13px;font-weight:600}.tr-small{font-size:11px}\
.tr-halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}\
.tr-rule{stroke:#c5ccd6;stroke-width:1}.tr-card{fill:#f5f7f9;stroke:#6b7786;stroke-width:1.3}\
.tr-inner{fill:none;stroke:#6b7786;stroke-width:1}.tr-lead{fill:none;stroke:#1a212b;stroke-width:1.6;stroke-dasharray:6 4}\
.tr-seed{fill:#1a212b;stroke:#1a212b}.tr-on{fill:#fff}\
.tr-line{fill:none;stroke:#7f8b9b;stroke-opacity:.5}.tr-head{fill:#5b6878}.tr-back{stroke-dasharray:9 5;stroke-opacity:.75}\
.tr-tone{fill:#515c6b}.tr-icon{fill:none;stroke:#515c6b;stroke-width:1.7}.tr-hole{fill:none;stroke:#fff;stroke-width:1.9}\
.tr-stopped .tr-card{fill:#fff1e7;stroke:#b5420a;stroke-width:3}.tr-stopped .tr-tone{fill:#a33a08}.tr-stopped .tr-icon{stroke:#b5420a}\
.tr-stopped.tr-line{stroke:#dc7d45}\
.tr-unspent .tr-card{fill:#eaf2fd;stroke:#1d5fd1;stroke-width:1.6}.tr-unspent .tr-tone{fill:#1a55bb}.tr-unspent .tr-icon{stroke:#1d5fd1}\
.tr-unspent.tr-line{stroke:#6d9be6}\
.tr-superseded .tr-card{fill:#f2eefc;stroke:#5b41b8;stroke-width:1.6}.tr-superseded .tr-tone{fill:#5b41b8}\
.tr-superseded .tr-icon{stroke:#5b41b8}.tr-superseded.tr-line{stroke:#9a86dc}\
.tr-issued .tr-card{fill:#e9f6ee;stroke:#1b7340;stroke-width:2;stroke-dasharray:14 4}.tr-issued .tr-tone{fill:#1b7340}\
.tr-issued .tr-icon{stroke:#1b7340}.tr-issued.tr-line{stroke:#6fb78b}\
.tr-unseen .tr-card{fill:#fff7dc;stroke:#8a6100;stroke-width:2;stroke-dasharray:6 4}.tr-unseen .tr-tone{fill:#7a5600}\
.tr-unseen .tr-icon{stroke:#8a6100}.tr-unseen.tr-line{stroke:#cfa740}\
.tr-dust .tr-card{fill:#f5f7f9;stroke:#6b7786;stroke-width:2;stroke-dasharray:1.5 4;stroke-linecap:round}.tr-dust .tr-tone{fill:#6b7786}\
.tr-burnt .tr-card{fill:#fdebeb;stroke:#b0161e;stroke-width:2.4;stroke-dasharray:3 3}.tr-burnt .tr-tone{fill:#b0161e}\
.tr-burnt .tr-icon{stroke:#b0161e}.tr-burnt.tr-line{stroke:#e07c80}\
@media (prefers-color-scheme:dark){\
.tr-text{fill:#e9edf2}.tr-bg{fill:#14181e}.tr-muted{fill:#a9b4c2}.tr-alarm{fill:#ff9a9d}.tr-halo{stroke:#14181e}\
.tr-rule{stroke:#3c4653}.tr-card{fill:#1e242c;stroke:#8390a1}.tr-inner{stroke:#8390a1}.tr-lead{stroke:#e9edf2}\
.tr-seed{fill:#e9edf2;stroke:#e9edf2}.tr-on{fill:#14181e}.tr-hole{stroke:#14181e}\
.tr-line{stroke:#76838f}.tr-head{fill:#a3afbe}.tr-tone{fill:#a9b4c2}.tr-icon{stroke:#a9b4c2}\
.tr-stopped .tr-card{fill:#382012;stroke:#ff9a5c}.tr-stopped .tr-tone{fill:#ff9a5c}.tr-stopped .tr-icon{stroke:#ff9a5c}\
.tr-unspent .tr-card{fill:#12233d;stroke:#6ea8ff}.tr-unspent .tr-tone{fill:#6ea8ff}.tr-unspent .tr-icon{stroke:#6ea8ff}\
.tr-superseded .tr-card{fill:#262040;stroke:#a996ff}.tr-superseded .tr-tone{fill:#a996ff}.tr-superseded .tr-icon{stroke:#a996ff}\
.tr-issued .tr-card{fill:#12301f;stroke:#5cc389}.tr-issued .tr-tone{fill:#5cc389}.tr-issued .tr-icon{stroke:#5cc389}\
.tr-unseen .tr-card{fill:#312810;stroke:#e0b43c}.tr-unseen .tr-tone{fill:#e0b43c}.tr-unseen .tr-icon{stroke:#e0b43c}\
.tr-dust .tr-card{fill:#1e242c;stroke:#8390a1}.tr-dust .tr-tone{fill:#8390a1}\
.tr-burnt .tr-card{fill:#3a1618;stroke:#ff6b70}.tr-burnt .tr-tone{fill:#ff6b70}.tr-burnt .tr-icon{stroke:#ff6b70}}\
";

/// The icon of a way to end in a square of 12, drawn around its middle.
pub(super) fn icon(kind: EndKind) -> &'static str {
    match kind {
        // A stop sign.
        EndKind::Stopped => {
            "<path d=\"M-2.5 -6H2.5L6 -2.5V2.5L2.5 6H-2.5L-6 2.5V-2.5Z\" class=\"tr-tone\"/><path d=\"M-3.3 0H3.3\" class=\"tr-hole\"/>"
        }
        // A coin.
        EndKind::Unspent => "<circle r=\"5.2\" class=\"tr-icon\"/><circle r=\"2.2\" class=\"tr-tone\"/>",
        // Two rings, one in the other's way.
        EndKind::Superseded => {
            "<circle cx=\"-2\" r=\"3.8\" class=\"tr-icon\"/><circle cx=\"2.2\" r=\"3.8\" class=\"tr-icon\"/>"
        }
        // A cut-off piece.
        EndKind::Fee => {
            "<path d=\"M-5 5H5V-5\" class=\"tr-icon\"/><path d=\"M-5 3L3 -5\" class=\"tr-icon\"/>"
        }
        // A spark: new.
        EndKind::Issued => {
            "<path d=\"M0 -6V6M-6 0H6M-3.6 -3.6L3.6 3.6M3.6 -3.6L-3.6 3.6\" class=\"tr-icon\"/>"
        }
        // A question in a circle.
        EndKind::Unseen => {
            "<circle r=\"5.4\" class=\"tr-icon\"/>\
             <path d=\"M-1.8 -1.4C-1.8 -3.6 1.9 -3.5 1.8 -1.2C1.7 .2 0 .2 0 1.5M0 3V3.6\" class=\"tr-icon\"/>"
        }
        // Grains.
        EndKind::Dust => {
            "<circle cx=\"-4\" cy=\"2\" r=\"1.7\" class=\"tr-tone\"/><circle cx=\"1\" cy=\"-2\" r=\"1.7\" class=\"tr-tone\"/>\
             <circle cx=\"4\" cy=\"3\" r=\"1.7\" class=\"tr-tone\"/>"
        }
        // Crossed out.
        EndKind::Burnt => {
            "<circle r=\"5.4\" class=\"tr-icon\"/><path d=\"M-2.5 -2.5L2.5 2.5M2.5 -2.5L-2.5 2.5\" class=\"tr-icon\"/>"
        }
    }
}
