use super::{live, Options};

fn small() -> Options {
    Options { households: 300, ..Options::default() }
}

#[test]
fn one_seed_gives_one_year() {
    let one = live(&small(), &mut |_, _| {}).unwrap();
    let two = live(&small(), &mut |_, _| {}).unwrap();
    assert_eq!(one.commands, two.commands);
    assert_eq!(one.book.head(), two.book.head());
    let other = live(&Options { seed: 7, ..small() }, &mut |_, _| {}).unwrap();
    assert_ne!(one.commands, other.commands);
}

#[test]
fn nobody_is_answered_otherwise_than_they_had_to_expect() {
    for (seed, households) in [(2014, 300), (1, 0), (2, 40), (3, 900)] {
        let lived = live(&Options { seed, households, ..Options::default() }, &mut |_, _| {}).unwrap();
        assert_eq!(lived.outcomes.surprises, Vec::<String>::new(), "seed {seed}");
    }
}

#[test]
fn a_year_before_the_method_is_none() {
    assert!(live(&Options { year: 2013, ..small() }, &mut |_, _| {}).is_err());
}
