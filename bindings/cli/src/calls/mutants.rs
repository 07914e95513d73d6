//! `test --mutate`: the mutants of a policy, tried on several threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use wuzhang::analyse::mutate::{mutants, Mutant};
use wuzhang::analyse::run::Ready;
use wuzhang::Policy;

use crate::progress::Progress;
use crate::shell::Shell;

/// What came of a policy's mutants.
pub struct Tally {
    /// How many there are.
    pub of: usize,
    /// Those that no case noticed, in the order of the rules.
    pub survivors: Vec<Mutant>,
    /// The others by name, each with the case that noticed it first.
    pub noticed: Vec<(String, String)>,
}

/// Tries every mutant of a policy on the cases that rest on it.
pub fn try_all(shell: &Shell, policy: &Policy, stories: &[&Ready]) -> Tally {
    let all = mutants(policy);
    let next = AtomicUsize::new(0);
    let survived: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let noticed: Mutex<Vec<(usize, String)>> = Mutex::new(Vec::new());
    let progress = Mutex::new(Progress::new(shell.lang));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // A case that noticed one change of a rule likely notices the next: first next time.
                let mut order: Vec<&Ready> = stories.to_vec();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = all.get(at) else { return };
                    match order.iter().position(|story| story.notices(&mutant.policy)) {
                        Some(found) => {
                            if let (Some(story), Ok(mut noticed)) = (order.get(found), noticed.lock()) {
                                noticed.push((at, story.name.to_string()));
                            }
                            if let Some(front) = order.get_mut(..=found) {
                                front.rotate_right(1);
                            }
                        }
                        None => {
                            if let Ok(mut survived) = survived.lock() {
                                survived.push(at);
                            }
                        }
                    }
                    if let Ok(mut progress) = progress.lock() {
                        let (at, of) = (at.saturating_add(1), all.len());
                        progress.say(&shell.lang.pick(format!("{}：变异 {at}/{of}", policy.id.as_str()), format!("{}: mutant {at} of {of}", policy.id.as_str())));
                    }
                }
            });
        }
    });
    let mut survived = survived.into_inner().unwrap_or_default();
    survived.sort_unstable();
    let of = all.len();
    let mut noticed = noticed.into_inner().unwrap_or_default();
    noticed.sort_unstable();
    let name = |at: usize| all.get(at).map(|mutant| mutant.name.clone()).unwrap_or_default();
    let noticed = noticed.into_iter().map(|(at, story)| (name(at), story)).collect();
    let mut places = survived.into_iter().peekable();
    let survivors = all
        .into_iter()
        .enumerate()
        .filter(|(at, _)| places.next_if_eq(at).is_some())
        .map(|(_, mutant)| mutant)
        .collect();
    Tally { of, survivors, noticed }
}
