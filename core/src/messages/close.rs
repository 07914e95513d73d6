//! 满意结账: asking the household, its answer, the rungs after a dissatisfaction, the close.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    answer(code, reason).or_else(|| way(code, reason))
}

fn answer(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::CloseSatisfied, "missing") => (
            "没有填群众是否满意。请填满意、基本满意或不满意，只按群众本人的话填。",
            "It is not said whether the household is satisfied. Please write satisfied, basically or dissatisfied, in its own word.",
        ),
        (Code::CloseSatisfied, "rating") => (
            "事项{case}没有群众满意或基本满意的评价，或群众说没有解决，不能按满意结账。请先回访群众。",
            "Case {case} has no answer of satisfied or basically satisfied, or the household says unsolved: it cannot close as satisfied. Please ask the household first.",
        ),
        (Code::CloseSatisfied, "not_posted") => (
            "事项{case}的办理结果还没有公示，不能按满意结账。请先公示。",
            "The result of case {case} has not been posted, so that it cannot close as satisfied. Please post it first.",
        ),
        (Code::CloseQuestions, "missing") => (
            "“解决了没有”和“满意不满意”要分开问、都要填。请补填没有回答的一项。",
            "Whether it is solved and whether the household is satisfied are asked apart, and both are needed. Please add the missing answer.",
        ),
        (Code::ClosePublic, "no_vote") => (
            "公共事项由议事会或代表表决评价。请填应到、到会和赞成人数。",
            "A public matter is rated by a vote of the council or delegates. Please give how many there are, were present, and were in favour.",
        ),
        (Code::ClosePublic, "quorum") => (
            "应到{of}人，只到会{present}人，不够法定人数，表决无效。请凑够人数再表决。",
            "Only {present} of {of} were present, too few for a vote. Please vote again with enough people.",
        ),
        (Code::ClosePublic, "majority") => (
            "到会{present}人，只有{in_favour}人赞成，没有过规定的多数，不能记为满意或基本满意。请如实填写。",
            "Only {in_favour} of {present} present were in favour, not the majority asked for: this is not satisfied or basically. Please record it as it was.",
        ),
        (Code::CloseAsker, "responsible") => (
            "{actor}是本事项的责任人，不能自己回访或登记评价。请由其他人回访群众。",
            "{actor} is responsible for this case and cannot ask about it or enter its rating. Please let somebody else do it.",
        ),
        (Code::CloseAsker, "settled_it") => (
            "{actor}录入了本事项的办理结果，不能自己回访或登记评价。请由其他人回访群众。",
            "{actor} settled this case and cannot ask about it or enter its rating. Please let somebody else do it.",
        ),
        (Code::CloseAsker, "under_responsible") => (
            "{actor}是责任人的下属，不能回访或登记评价。请由与责任人无隶属关系的人回访群众。",
            "{actor} is under the responsible person and cannot ask about the case or enter its rating. Please let somebody independent do it.",
        ),
        _ => return None,
    })
}

fn way(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::CloseAttempts, "rated") => (
            "事项{case}群众已经评价，不能按“未评价”结账。请按评价结果结账。",
            "The household has rated case {case}, so that it cannot close as unrated. Please close it by the answer.",
        ),
        (Code::CloseAttempts, "tries") => (
            "只在{tries}个不同日子回访过，须在{required}个不同日子回访后才能按“未评价”结账。请继续回访。",
            "The household was tried on {tries} different days; {required} are needed before it may close as unrated. Please try again.",
        ),
        (Code::CloseAttempts, "outside_hours") => (
            "在办公时间以外只回访过{outside}次，须有{required}次。请在早晚或休息日再回访。",
            "The household was tried {outside} times outside office hours; {required} are needed. Please try in the evening or on a rest day.",
        ),
        (Code::CloseAttempts, "too_early") => (
            "等候群众评价的期限（{limit}）到{last}才满，现在不能按“未评价”结账。请过了这天再办。",
            "The household has time to answer ({limit}) until {last}. Please close as unrated only after that day.",
        ),
        (Code::CloseAttempts, "reopen_late") => (
            "重新打开的期限（{limit}）已在{last}届满。群众仍有诉求的，请作为新的事项登记。",
            "The time for reopening it ({limit}) ended on {last}. If the need goes on, please note it as a new one.",
        ),
        (Code::CloseAttempts | Code::CloseRedo, "second_person") => (
            "这样结账须由上一级两个人共同办理。请填写另一位上一级办公人员。",
            "This way of closing takes two people of the tier above. Please name the second one.",
        ),
        (Code::CloseRedo, "household_heard") => (
            "事项{case}群众再次不满意，议账时必须当面听取本户意见。请先听取意见，再记录决定。",
            "The household was dissatisfied with case {case} again, and the meeting has to hear it. Please do so, then record the decision.",
        ),
        (Code::CloseRedo, "beyond") => (
            "群众不满意后的重办，完成时限{due}超过了最迟的{latest}。请改为{latest}或以前。",
            "After a dissatisfaction the work is redone by {latest} at latest; {due} is too late. Please set an earlier day.",
        ),
        (Code::CloseRedo, "not_final") => (
            "事项{case}群众不满意{dissatisfied}次，还没有走完重办的各步，不能按解释或引导结账。请按规定重办。",
            "Case {case} has {dissatisfied} dissatisfactions and not all rungs are used: it cannot yet close as explained or redirected. Please redo it first.",
        ),
        (Code::CloseRepeat, "repeats") => (
            "同一户同一事不久前刚结账（事项{case}）。这次已与它相连并按重办统计，请查明上次为什么没办到位。",
            "The same matter of this household was closed recently as case {case}. This one is linked to it and counts as reopened; please find out why it came back.",
        ),
        _ => return None,
    })
}
