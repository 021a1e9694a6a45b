//! The languages in which the page and the terminal speak. Whoever has words has them in each.

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::En, Language::Zh];

    /// How it is named in links, options and storage.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
        }
    }

    /// The tag of BCP 47, for browsers.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh-CN",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Zh => "中文",
        }
    }

    /// The shortest sign for it that somebody who reads it knows.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Language::En => "EN",
            Language::Zh => "中文",
        }
    }

    /// From a tag such as `zh-CN` or a locale such as `zh_CN.UTF-8`: what stands before the region counts.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Language> {
        let first = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.key().eq_ignore_ascii_case(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_tag_and_by_locale() {
        for chinese in ["zh", "zh-CN", "zh-Hans-CN", "ZH", "zh_CN.UTF-8"] {
            assert_eq!(Language::parse(chinese), Some(Language::Zh), "{chinese}");
        }
        assert_eq!(Language::parse("en_GB.UTF-8"), Some(Language::En));
        for unknown in ["", "C", "C.UTF-8", "POSIX", "de", "zha", "english"] {
            assert_eq!(Language::parse(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_language_is_found_by_its_own_key_and_tag() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.key()), Some(language));
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
    }
}
