//! Everything that an analysis of a policy comes to, as one document.

use crate::finding::Severity;
use crate::ids::AnyId;
use crate::shape::record;

use super::ambiguity::Ambiguity;
use super::delay::Delay;
use super::feasibility::Feasibility;
use super::lifecycle::Exploration;

record! {
    /// The analysis of a policy; what was not asked for is left out.
    pub struct Analysis {
        /// 规则编号 · The policy's id.
        policy: AnyId,
        /// 生命周期 · The explored machine.
        explore: Option<Exploration>,
        /// 最长等待 · The longest waits.
        delay: Option<Vec<Delay>>,
        /// 可行性 · Whether the quotas can be kept.
        feasibility: Option<Feasibility>,
        /// 歧义 · The clauses with several readings.
        ambiguities: Option<Vec<Ambiguity>>,
    }
}

impl Analysis {
    /// The gravest thing found; nothing when nothing was.
    pub fn gravest(&self) -> Option<Severity> {
        let found = self.explore.iter().flat_map(|found| &found.findings).map(|found| found.severity);
        let impossible = self.feasibility.iter().filter(|found| !found.feasible).map(|_| Severity::Error);
        found.chain(impossible).min()
    }
}
