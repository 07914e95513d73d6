//! Which language the command speaks.

use clap::ValueEnum;

/// Chinese or English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What the environment asks for: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that says anything.
    pub fn of_environment() -> Lang {
        Lang::of_variables(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok()))
    }

    fn of_variables(values: [Option<String>; 3]) -> Lang {
        match values.into_iter().flatten().find(|value| !value.is_empty()) {
            Some(value) if value.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
            _ => Lang::En,
        }
    }

    /// What the arguments ask for, before they are parsed: the help itself is in this language.
    pub fn of_arguments<'a>(arguments: impl Iterator<Item = &'a str>) -> Option<Lang> {
        let mut found = None;
        let mut wanted = false;
        for argument in arguments {
            let value = if wanted { Some(argument) } else { argument.strip_prefix("--lang=") };
            wanted = argument == "--lang";
            match value {
                Some("zh") => found = Some(Lang::Zh),
                Some("en") => found = Some(Lang::En),
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_first_variable_that_says_anything_decides() {
        let of = |all: &str, messages: &str, lang: &str| {
            Lang::of_variables([all, messages, lang].map(|value| Some(value.to_owned())))
        };
        assert_eq!(of("", "", "zh_CN.UTF-8"), Lang::Zh);
        assert_eq!(of("C", "zh_CN", "zh_CN"), Lang::En);
        assert_eq!(of("", "zh-TW", "en_US"), Lang::Zh);
        assert_eq!(Lang::of_variables([None, None, None]), Lang::En);
    }

    #[test]
    fn arguments_in_both_forms() {
        assert_eq!(Lang::of_arguments(["--lang", "zh", "duties"].into_iter()), Some(Lang::Zh));
        assert_eq!(Lang::of_arguments(["duties", "--lang=en"].into_iter()), Some(Lang::En));
        assert_eq!(Lang::of_arguments(["duties"].into_iter()), None);
    }
}
