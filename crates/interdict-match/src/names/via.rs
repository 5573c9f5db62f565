//! How a reading of a name came about: the name in explanations and the number in an index file.

macro_rules! ways {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal;)*) => {
        /// How a reading came about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Via { $($(#[$doc])* $variant,)* }

        impl Via {
            /// Every way, in the order of its number.
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in explanations.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The number under which it stands in an index file.
            pub(crate) fn code(self) -> u8 {
                match self { $(Self::$variant => $code,)* }
            }

            /// The way of that number; a number that is none is taken for the written name.
            pub(crate) fn from_code(code: u8) -> Self {
                match code { $($code => Self::$variant,)* _ => Self::Written }
            }
        }
    };
}

ways! {
    /// As written.
    Written = 0, "written";
    /// Hangul read in Latin letters.
    Korean = 1, "korean";
    /// Han characters read as Chinese (pinyin).
    Chinese = 2, "chinese";
    /// Han characters read as Korean.
    SinoKorean = 3, "sino_korean";
    /// Another script turned into Latin letters sign by sign.
    Transliterated = 4, "transliterated";
    /// Wade–Giles syllables turned into pinyin.
    WadeGiles = 5, "wade_giles";
    /// Han characters read as Cantonese.
    Cantonese = 6, "cantonese";
    /// Kana, and Han characters read as Japanese.
    Japanese = 7, "japanese";
    /// Arabic letters read as Arabic.
    Arabic = 8, "arabic";
    /// Arabic letters read as Persian, Urdu, Pashto or Kurdish.
    Persian = 9, "persian";
    /// Hebrew letters.
    Hebrew = 10, "hebrew";
    /// Thai letters.
    Thai = 11, "thai";
    /// Devanagari and its sisters from Bengali to Malayalam.
    Indic = 12, "indic";
    /// Cyrillic letters read as Russian.
    Russian = 13, "russian";
    /// Cyrillic letters read as Ukrainian.
    Ukrainian = 14, "ukrainian";
    /// Cyrillic letters read as Belarusian.
    Belarusian = 15, "belarusian";
    /// Cyrillic letters read as Serbian or Macedonian.
    Serbian = 16, "serbian";
    /// Cyrillic letters read as Bulgarian, which is also how foreign names in Cyrillic are turned back.
    Bulgarian = 17, "bulgarian";
    /// Greek letters.
    Greek = 18, "greek";
    /// Georgian letters.
    Georgian = 19, "georgian";
    /// Armenian letters.
    Armenian = 20, "armenian";
    /// Ethiopic letters.
    Ethiopic = 21, "ethiopic";
    /// The words of an organization's name put into English.
    Translated = 22, "translated";
    /// As written, with misspelt words of organizations put right.
    Corrected = 23, "corrected";
}

impl Via {
    /// Whether short vowels are missing, because the script does not write them: `mhmd` for `muhammad`, where the word is
    /// not known.
    pub fn lacks_vowels(self) -> bool {
        matches!(self, Self::Arabic | Self::Persian | Self::Hebrew)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_back() {
        for (idx, via) in Via::ALL.iter().enumerate() {
            assert_eq!(Via::from_code(via.code()), *via);
            assert_eq!(usize::from(via.code()), idx, "{}", via.name());
        }
        assert_eq!(Via::from_code(u8::MAX), Via::Written);
    }
}
