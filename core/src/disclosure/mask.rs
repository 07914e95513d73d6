//! 脱敏 · The search of a text for what must never be posted.
//!
//! The search errs towards refusing: a clerk who is refused rewrites a sentence, but a number that
//! went up on the board cannot be taken back. It still has to let dates, amounts, codes and
//! document numbers through, or nobody could write a summary. So a number in one piece is judged by
//! its digits alone, and one whose groups had to be joined must also be grouped as such numbers are,
//! or follow a word that announces it.

use super::surnames::{fold_width, is_invisible, is_middle_dot, names};

pub use super::surnames::masked_name;

#[cfg(test)]
#[path = "tests_text.rs"]
mod tests_text;

/// What must not stand in a text that is posted.
///
/// ```
/// use wuzhang::disclosure::Secret;
///
/// assert_eq!(Secret::BankCard.word(), "bank_card");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secret {
    /// 身份证号 · An identity number of 18 or of the old 15 characters.
    IdentityNumber,
    /// 电话号码 · The number of a mobile telephone or of a landline.
    Telephone,
    /// 银行卡号 · The number of a bank card.
    BankCard,
    /// 户主姓名 · The household's own full name.
    FullName,
}

impl Secret {
    /// The word of this kind in findings.
    ///
    /// ```
    /// use wuzhang::disclosure::Secret;
    ///
    /// assert_eq!(Secret::FullName.word(), "full_name");
    /// ```
    pub fn word(self) -> &'static str {
        match self {
            Self::IdentityNumber => "identity_number",
            Self::Telephone => "telephone",
            Self::BankCard => "bank_card",
            Self::FullName => "full_name",
        }
    }
}

/// The first kind of secret that stands in the text, in the order of [`Secret`].
///
/// ```
/// use wuzhang::disclosure::{find_secret, Secret};
///
/// assert_eq!(find_secret("联系 138-0013-8000", None), Some(Secret::Telephone));
/// assert_eq!(find_secret("张三家危房改造", Some("张三")), Some(Secret::FullName));
/// assert_eq!(find_secret("2014年3月3日补助12000元", Some("张三")), None);
/// ```
pub fn find_secret(text: &str, full_name: Option<&str>) -> Option<Secret> {
    find_secrets(text, full_name).into_iter().next()
}

/// Every kind of secret that stands in the text, each once, in the order of [`Secret`].
///
/// ```
/// use wuzhang::disclosure::{find_secrets, Secret};
///
/// let text = "张三，身份证１１０１０５ １９４９１２３１ ００２Ｘ";
/// assert_eq!(find_secrets(text, Some("张三")), [Secret::IdentityNumber, Secret::FullName]);
/// ```
pub fn find_secrets(text: &str, full_name: Option<&str>) -> Vec<Secret> {
    let folded: Vec<char> = text.chars().filter(|c| !is_invisible(*c)).map(fold_width).collect();
    let spelled = spell_runs(&folded, false);
    let mut found = Found::default();
    found.search(&spelled);
    // Characters and digits mixed in one number are looked at apart: joining 第一 with the number
    // behind it would hide the number.
    let mixed = spell_runs(&spelled, true);
    if mixed != spelled {
        found.search(&mixed);
    }
    let kinds = [
        (Secret::IdentityNumber, found.identity),
        (Secret::Telephone, found.telephone),
        (Secret::BankCard, found.card),
        (Secret::FullName, full_name.is_some_and(|name| names(text, name))),
    ];
    kinds.into_iter().filter(|(_, there)| *there).map(|(kind, _)| kind).collect()
}

// ---- characters ----

/// What people put between the groups of a number. Neither comma nor slash is among them: these
/// stand in amounts and between two numbers.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_middle_dot(c)
        || matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}')
}

/// The digit that a Chinese numeral character stands for; 幺 is how telephone numbers are read out.
fn han_digit(c: char) -> Option<char> {
    Some(match c {
        '〇' | '零' | '○' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

/// Writes runs of 11 and more Chinese numerals in digits; shorter ones are years and quantities.
/// `mixed` runs hold digits as well, without separators; the others hold separators, but no digits.
fn spell_runs(chars: &[char], mixed: bool) -> Vec<char> {
    let in_run = |c: &char| {
        han_digit(*c).is_some() || if mixed { c.is_ascii_digit() } else { is_separator(*c) }
    };
    let counts = |c: &&char| han_digit(**c).is_some() || c.is_ascii_digit();
    let mut spelled = Vec::with_capacity(chars.len());
    for run in chars.chunk_by(|a, b| in_run(a) == in_run(b)) {
        let long = run.first().is_some_and(in_run) && run.iter().filter(counts).count() >= 11;
        spelled.extend(run.iter().map(|c| if long { han_digit(*c).unwrap_or(*c) } else { *c }));
    }
    spelled
}

// ---- groups of digits ----

/// The check character X of an identity number, as a digit.
const X: u8 = 10;

/// What lies between a group of digits and the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Other text: two numbers.
    Break,
    /// Up to three separators: perhaps one number.
    Joined,
    /// A closing bracket, as behind an area code.
    Closing,
}

/// Digits without anything between them; the last may be [`X`].
struct Group {
    digits: Vec<u8>,
    start: usize,
    end: usize,
    gap: Gap,
    /// The first group of the date to which this one belongs.
    date: Option<usize>,
    /// Belongs to a number that is already found.
    used: bool,
}

impl Group {
    /// The digits without a trailing X.
    fn plain(&self) -> &[u8] {
        match self.digits.split_last() {
            Some((&X, rest)) => rest,
            _ => &self.digits,
        }
    }
}

fn gap(between: Option<&[char]>) -> Gap {
    let closing = |c: &char| matches!(c, ')' | ']' | '】' | '〕');
    match between {
        Some(chars) if chars.is_empty() || chars.len() > 3 => Gap::Break,
        Some(chars) if chars.iter().all(|c| is_separator(*c)) => Gap::Joined,
        Some(chars) if chars.iter().all(|c| is_separator(*c) || closing(c)) => Gap::Closing,
        _ => Gap::Break,
    }
}

fn groups_of(chars: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at.saturating_add(1));
        let before: Option<char> = last.replace(*c);
        let digit = match c {
            'X' | 'x' => {
                let behind_digit = before.is_some_and(|c| c.is_ascii_digit())
                    && !next.is_some_and(char::is_ascii_alphabetic);
                let alone = before.is_some_and(is_separator)
                    && !next.is_some_and(char::is_ascii_alphanumeric);
                Some(X).filter(|_| behind_digit || alone)
            }
            _ => c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()),
        };
        let Some(digit) = digit else { continue };
        let end = at.saturating_add(1);
        match groups.last_mut() {
            Some(open) if open.end == at && open.digits.last() != Some(&X) => {
                open.digits.push(digit);
                open.end = end;
            }
            open => {
                let gap = open.map_or(Gap::Break, |open| gap(chars.get(open.end..at)));
                let digits = vec![digit];
                groups.push(Group { digits, start: at, end, gap, date: None, used: false });
            }
        }
    }
    mark_dates(&mut groups, chars);
    groups
}

/// Marks 2014-03-03, 2014.3 and 2014年, so that no number takes a part of a date.
fn mark_dates(groups: &mut [Group], chars: &[char]) {
    let mut dates = Vec::new();
    let mut from = 0;
    while let Some([year, rest @ ..]) = groups.get(from..) {
        let part = |at: usize| {
            let group = rest.get(at)?;
            (group.gap == Gap::Joined && group.digits.len() <= 2).then(|| number(&group.digits))
        };
        let long = match (part(0), part(1)) {
            _ if year.digits.len() != 4 => 0,
            (Some(month), Some(day)) if is_date(number(&year.digits), month, day) => 3,
            (Some(month), _) if is_date(number(&year.digits), month, 1) => 2,
            _ if chars.get(year.end) == Some(&'年') => 1,
            _ => 0,
        };
        dates.extend(std::iter::repeat_n(Some(from), long));
        if long == 0 {
            dates.push(None);
        }
        from = dates.len();
    }
    for (group, date) in groups.iter_mut().zip(dates) {
        group.date = date;
    }
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum: u32, digit| sum.saturating_mul(10).saturating_add((*digit).into()))
}

/// A day of the calendar from 1900 to 2099, in which each fourth year but 1900 is a leap year.
fn is_date(year: u32, month: u32, day: u32) -> bool {
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && year != 1900 => 29,
        2 => 28,
        _ => 31,
    };
    (1900..=2099).contains(&year) && (1..=12).contains(&month) && (1..=days).contains(&day)
}

// ---- what a number is ----

/// 18 characters with a region and a date of birth. The check character is left aside, for a number
/// with one wrong digit is still somebody's.
fn is_identity18(digits: &[u8]) -> bool {
    let birth = |from, to| number(digits.get(from..to).unwrap_or_default());
    digits.len() == 18
        && digits.first().is_some_and(|first| (1..=8).contains(first))
        && digits.iter().position(|digit| *digit == X).is_none_or(|at| at == 17)
        && is_date(birth(6, 10), birth(10, 12), birth(12, 14))
}

/// ISO 7064 MOD 11-2.
fn has_right_check(digits: &[u8]) -> bool {
    let weights = [7_u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    let products = digits.iter().zip(weights).map(|(digit, w)| w.saturating_mul((*digit).into()));
    digits.len() == 18 && products.fold(0, u32::saturating_add) % 11 == 1
}

/// The form of before 1999: 15 digits, all births in the 1900s, no check character.
fn is_identity15(digits: &[u8]) -> bool {
    let birth = |from, to| number(digits.get(from..to).unwrap_or_default());
    digits.len() == 15
        && digits.first().is_some_and(|first| (1..=8).contains(first))
        && !digits.contains(&X)
        && is_date(birth(6, 8).saturating_add(1900), birth(8, 10), birth(10, 12))
}

/// The first two digits of a real region; groups that only happen to follow each other, such as two
/// dates, mostly have none.
fn has_province(digits: &[u8]) -> bool {
    let code = number(digits.get(..2).unwrap_or_default());
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

fn is_card(digits: &[u8]) -> bool {
    let luhn = |(at, digit): (usize, &u8)| {
        let value = u32::from(*digit);
        match value.saturating_mul(2) {
            _ if at.is_multiple_of(2) => value,
            twice if twice > 9 => twice.saturating_sub(9),
            twice => twice,
        }
    };
    (16..=19).contains(&digits.len())
        && matches!(digits.first(), Some(3 | 4 | 5 | 6 | 9))
        && !digits.contains(&X)
        && digits.iter().rev().enumerate().map(luhn).fold(0, u32::saturating_add).is_multiple_of(10)
}

fn is_mobile(digits: &[u8]) -> bool {
    digits.len() == 11 && matches!(digits, [1, 3..=9, ..])
}

/// A local number, without area code.
fn is_local(digits: &[u8]) -> bool {
    matches!(digits.len(), 7 | 8) && matches!(digits.first(), Some(2..=9))
}

/// 010 and 02x are the area codes of three digits, all others have four.
fn is_landline(digits: &[u8]) -> bool {
    match digits {
        [0, 1, 0, local @ ..] | [0, 2, _, local @ ..] => is_local(local),
        [0, 3..=9, _, _, local @ ..] => is_local(local),
        _ => false,
    }
}

/// The digits behind the country code, if there is one.
fn behind_country(digits: &[u8]) -> &[u8] {
    digits.strip_prefix(&[0, 0]).unwrap_or(digits).strip_prefix(&[8, 6]).unwrap_or(digits)
}

/// A telephone number in one piece. 010 and 02x numbers have had eight digits for long, so that
/// ten digits beginning with 02 are rather some code.
fn is_telephone(digits: &[u8], plus: bool) -> bool {
    let bare = behind_country(digits);
    let abroad = bare.len() < digits.len() && (plus || digits.first() == Some(&0));
    is_mobile(bare)
        || is_mobile(bare.strip_prefix(&[0]).unwrap_or(bare))
        || (digits.len() > 10 && is_landline(digits))
        || (abroad && is_landline_abroad(bare))
}

/// What stands behind the country code of a landline mostly has lost its 0: +86 28 8822 1234.
fn is_landline_abroad(bare: &[u8]) -> bool {
    let mut whole = vec![0];
    whole.extend(bare);
    is_landline(bare) || is_landline(&whole)
}

fn is_plus(chars: &[char], start: usize) -> bool {
    start.checked_sub(1).and_then(|at| chars.get(at)) == Some(&'+')
}

// ---- what announces a number ----

const TELEPHONE_CUES: &[&str] =
    &["电话", "手机", "座机", "热线", "致电", "拨打", "tel", "phone", "mobile"];
const IDENTITY_CUES: &[&str] = &["身份证", "证件", "公民身份"];
const CARD_CUES: &[&str] = &["银行", "卡号", "账号", "帐号", "账户", "帐户", "一卡通", "存折"];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    None,
    /// One of the words stands within six characters.
    Near,
    /// Nothing else stands between the word and the number: 电话：, 手机号码是.
    Label,
}

fn cue(chars: &[char], start: usize, words: &[&str]) -> Cue {
    let before = chars.get(start.saturating_sub(14)..start).unwrap_or_default();
    let before: String = before.iter().map(char::to_ascii_lowercase).collect();
    let strength = |word: &&str| {
        let Some((ahead, behind)) = before.rsplit_once(*word) else { return Cue::None };
        let inside_word = word.is_ascii() && ahead.ends_with(|c: char| c.is_ascii_alphabetic());
        if inside_word || behind.chars().count() > 6 {
            Cue::None
        } else if behind.chars().all(|c| is_separator(c) || ":(+号码是为".contains(c)) {
            Cue::Label
        } else {
            Cue::Near
        }
    };
    words.iter().map(strength).max().unwrap_or(Cue::None)
}

// ---- the search ----

/// Groups that follow each other, read as one number.
struct Candidate<'a> {
    digits: Vec<u8>,
    /// The digits in each group.
    sizes: Vec<usize>,
    groups: &'a [Group],
    /// Contains a part of a date, but not the whole.
    splits_date: bool,
}

impl Candidate<'_> {
    fn dated(&self) -> bool {
        self.groups.iter().any(|group| group.date.is_some())
    }

    /// Whether a group ends after so many digits.
    fn ends_at(&self, at: usize) -> bool {
        let mut ends = self.sizes.iter().scan(0_usize, |end, size| {
            *end = end.saturating_add(*size);
            Some(*end)
        });
        ends.any(|end| end == at)
    }

    /// Small groups of one size; what is left over makes a last one.
    fn is_even(&self) -> bool {
        let Some((last, [first, rest @ ..])) = self.sizes.split_last() else { return false };
        rest.iter().all(|size| size == first) && last <= first && *first <= 5
    }

    fn start(&self) -> usize {
        self.groups.first().map_or(0, |group| group.start)
    }

    fn next<'c>(&self, chars: &'c [char]) -> Option<&'c char> {
        chars.get(self.groups.last()?.end)
    }

    fn is_identity(&self, chars: &[char]) -> bool {
        if self.splits_date || !has_province(&self.digits) {
            return false;
        }
        let told = || self.is_even() || cue(chars, self.start(), IDENTITY_CUES) > Cue::None;
        if is_identity18(&self.digits) {
            let usual = self.ends_at(17) || (self.ends_at(6) && self.ends_at(14));
            has_right_check(&self.digits) || usual || told()
        } else {
            is_identity15(&self.digits) && ((self.ends_at(6) && self.ends_at(12)) || told())
        }
    }

    fn is_card(&self, chars: &[char]) -> bool {
        let usual = || self.is_even() || matches!(self.sizes.as_slice(), [6, _] | [8, 8]);
        is_card(&self.digits)
            && !self.splits_date
            && (usual() || cue(chars, self.start(), CARD_CUES) > Cue::None)
    }

    fn is_telephone(&self, chars: &[char]) -> bool {
        let bare = behind_country(&self.digits);
        let abroad = (is_plus(chars, self.start()) || self.digits.first() == Some(&0))
            && bare.len() < self.digits.len();
        let mobile = is_mobile(bare);
        let landline = (is_landline(&self.digits) && self.sizes.first() >= Some(&3))
            || (abroad && is_landline_abroad(bare));
        let local = is_local(&self.digits) && !self.dated();
        if !(mobile || landline || local) {
            return false;
        }
        let cue = cue(chars, self.start(), TELEPHONE_CUES);
        if cue < Cue::Label && (self.dated() || self.next(chars) == Some(&'元')) {
            return false;
        }
        let told = abroad || cue > Cue::None;
        (mobile && (told || self.is_grouped_mobile(bare.len())))
            || landline
            || (local && cue == Cue::Label)
    }

    /// Whether the last `length` digits are grouped as mobile numbers are: 138 0013 8000. Grouped
    /// otherwise, eleven digits are more often an amount from so much to so much.
    fn is_grouped_mobile(&self, length: usize) -> bool {
        let mut sizes = self.sizes.clone();
        if let Some(first) = sizes.first_mut() {
            *first = first.saturating_sub(self.digits.len().saturating_sub(length));
        }
        sizes.retain(|size| *size > 0);
        self.is_even()
            || matches!(sizes.as_slice(), [11] | [3, 8] | [7, 4])
            || matches!(sizes.as_slice(), [3, 4, 4] | [4, 3, 4] | [4, 4, 3] | [3, 3, 5] | [3, 5, 3])
    }
}

/// Every way to read the groups from `from` on, two or more, as one number of at most 19 digits.
fn candidates(groups: &[Group], from: usize, brackets: bool) -> Vec<Candidate<'_>> {
    let mut found = Vec::new();
    let (mut digits, mut sizes) = (Vec::new(), Vec::new());
    let same_date = |a: Option<&Group>, b: Option<&Group>| {
        a.zip(b).is_some_and(|(a, b)| a.date.is_some() && a.date == b.date)
    };
    let before = from.checked_sub(1).and_then(|at| groups.get(at));
    for (at, group) in groups.iter().enumerate().skip(from) {
        let joined = match group.gap {
            Gap::Joined => true,
            // （028）88221234: only the first gap, only behind what may be an area code.
            Gap::Closing => brackets && sizes.len() == 1 && digits.first() == Some(&0),
            Gap::Break => false,
        };
        let inner = !sizes.is_empty();
        if group.used || (inner && !joined) || digits.last() == Some(&X) {
            break;
        }
        digits.extend(&group.digits);
        sizes.push(group.digits.len());
        if digits.len() > 19 {
            break;
        }
        let end = at.saturating_add(1);
        if let (true, Some(inside)) = (inner, groups.get(from..end)) {
            let splits_date =
                same_date(before, inside.first()) || same_date(inside.last(), groups.get(end));
            let (digits, sizes) = (digits.clone(), sizes.clone());
            found.push(Candidate { digits, sizes, groups: inside, splits_date });
        }
    }
    found
}

#[derive(Default)]
struct Found {
    identity: bool,
    telephone: bool,
    card: bool,
}

impl Found {
    /// Identity numbers are looked for first and telephones last, and what was found is left out of
    /// the next search: eleven digits of a bank card are no telephone.
    fn search(&mut self, chars: &[char]) {
        let mut groups = groups_of(chars);
        for group in &mut groups {
            group.used = self.identity_run(&group.digits);
            self.identity |= group.used;
        }
        self.identity |= use_up(&mut groups, |found| found.is_identity(chars));
        for group in groups.iter_mut().filter(|group| !group.used) {
            group.used = card_run(group.plain());
            self.card |= group.used;
        }
        self.card |= use_up(&mut groups, |found| found.is_card(chars));
        self.telephone |= groups.iter().any(|group| !group.used && telephone_run(group, chars));
        self.telephone |= (0..groups.len()).any(|from| {
            candidates(&groups, from, true).iter().any(|found| found.is_telephone(chars))
        });
    }

    /// An identity number in one piece; in a longer run one with the right check character comes
    /// first, and what stands beside it is searched on its own.
    fn identity_run(&mut self, run: &[u8]) -> bool {
        let right = |w: &[u8]| is_identity18(w) && has_right_check(w);
        let windows = || run.windows(18);
        let Some(at) = windows().position(right).or_else(|| windows().position(is_identity18))
        else {
            return is_identity15(run);
        };
        for rest in [run.get(..at), run.get(at.saturating_add(18)..)].into_iter().flatten() {
            self.card |= card_run(rest);
            self.telephone |= is_telephone(rest, false);
        }
        true
    }
}

fn card_run(run: &[u8]) -> bool {
    (16..=19).any(|length| run.windows(length).any(is_card))
}

/// A telephone number in one group of digits, which must be neither longer nor shorter.
fn telephone_run(group: &Group, chars: &[char]) -> bool {
    let digits = group.plain();
    if !matches!(digits.len(), 7..=16) {
        return false;
    }
    let cue = cue(chars, group.start, TELEPHONE_CUES);
    let next = chars.get(group.end).copied().unwrap_or(' ');
    // Behind a word that is only near, seven or eight digits may be a date or a quantity.
    let quantity = "元万亿人户次个亩米公吨斤年月日号%".contains(next)
        || (digits.len() == 8
            && is_date(
                number(digits.get(..4).unwrap_or_default()),
                number(digits.get(4..6).unwrap_or_default()),
                number(digits.get(6..).unwrap_or_default()),
            ));
    (is_telephone(digits, is_plus(chars, group.start)) && (next != '元' || cue > Cue::None))
        || (is_local(digits) && (cue == Cue::Label || (cue == Cue::Near && !quantity)))
}

/// Marks the groups of every number that is of the kind, and says whether there is one.
fn use_up(groups: &mut [Group], is_kind: impl Fn(&Candidate<'_>) -> bool) -> bool {
    let mut any = false;
    for from in 0..groups.len() {
        let found = candidates(groups, from, false).into_iter().find(&is_kind);
        let Some(length) = found.map(|found| found.sizes.len()) else { continue };
        groups.iter_mut().skip(from).take(length).for_each(|group| group.used = true);
        any = true;
    }
    any
}
