//! The method's closed vocabularies, shared by roster, policy and commands.

use crate::shape::choices;

choices! {
    /// What a unit is.
    pub enum UnitKind {
        /// The county.
        County = "county",
        /// A county department.
        Department = "department",
        /// A town or street.
        Town = "town",
        /// A village or community.
        Village = "village",
        /// A group within a village.
        Group = "group",
    }
}

choices! {
    /// A cadre's level; people who hold a post but are no cadres have none.
    pub enum Level {
        /// A leader of the county.
        CountyLeader = "county_leader",
        /// Staff of county bodies.
        County = "county",
        /// Staff of a county department.
        Department = "department",
        /// A town or street cadre.
        Town = "town",
        /// A village or community cadre.
        Village = "village",
        /// A group cadre.
        Group = "group",
    }
}

choices! {
    /// The posts that people hold.
    pub enum Post {
        /// Village Party-branch secretary.
        BranchSecretary = "branch_secretary",
        /// Member of the two village committees.
        CommitteeMember = "committee_member",
        /// Member of the village supervision committee.
        SupervisionMember = "supervision_member",
        /// Member of the village council.
        CouncilMember = "council_member",
        /// Delegate of the village's Party members.
        PartyMemberDelegate = "party_member_delegate",
        /// Delegate of the villagers.
        VillagerDelegate = "villager_delegate",
        /// Delegate to the Party congress.
        PartyDelegate = "party_delegate",
        /// Delegate to the People's Congress.
        PeopleDelegate = "people_delegate",
        /// Member of the People's Political Consultative Conference.
        CppccMember = "cppcc_member",
        /// Community grid worker.
        GridWorker = "grid_worker",
        /// On duty at the collection station.
        StationDuty = "station_duty",
        /// Town Party (work) committee secretary.
        TownSecretary = "town_secretary",
        /// Member of a town's leading group.
        TownLeader = "town_leader",
        /// Town clerk.
        TownClerk = "town_clerk",
        /// Mid-level cadre.
        MidLevel = "mid_level",
        /// Principal head of a department.
        DepartmentHead = "department_head",
        /// Professional staff of a department.
        Staff = "staff",
        /// County Party secretary.
        CountySecretary = "county_secretary",
        /// Leader of one of the four leading bodies.
        CountyLeader = "county_leader",
        /// One of the four offices.
        FourOffices = "four_offices",
        /// The county's "grassroots visits" office.
        VisitsOffice = "visits_office",
    }
}

choices! {
    /// At which rank a village is designated poor.
    pub enum Poverty {
        /// City rank.
        City = "city",
        /// County rank.
        County = "county",
    }
}

choices! {
    /// The three ledgers.
    pub enum Category {
        /// 民生诉求
        Livelihood = "livelihood",
        /// 困难群众
        Hardship = "hardship",
        /// 稳定工作
        Stability = "stability",
    }
}

choices! {
    /// The forms of the ledger by tier.
    pub enum Tier {
        /// 明细账, kept by the village.
        Detail = "detail",
        /// 综合账, kept by the town.
        Comprehensive = "comprehensive",
        /// 重点账, kept by departments and the county.
        Key = "key",
    }
}

choices! {
    /// The way by which a need came in.
    pub enum Channel {
        /// On a visit.
        Visit = "visit",
        /// A call to the helper on the contact card.
        ContactCard = "contact_card",
        /// A call to the collection station.
        StationCall = "station_call",
        /// Somebody came to the collection station.
        StationWalkIn = "station_walk_in",
        /// Collected by a CPPCC member.
        CppccMember = "cppcc_member",
        /// Collected by a council member.
        CouncilMember = "council_member",
        /// Collected by a grid worker.
        GridWorker = "grid_worker",
        /// Collected by a Party-congress delegate.
        PartyDelegate = "party_delegate",
        /// Collected by a People's-Congress delegate.
        PeopleDelegate = "people_delegate",
    }
}

choices! {
    /// How somebody was spoken to.
    pub enum Method {
        /// In person.
        Visit = "visit",
        /// By telephone.
        Phone = "phone",
        /// By message.
        Message = "message",
        /// On paper.
        Paper = "paper",
    }
}

choices! {
    /// What a posting shows.
    pub enum Stage {
        /// The plan, after deliberation.
        Plan = "plan",
        /// The result, after settlement.
        Result = "result",
        /// The month's digest.
        Digest = "digest",
    }
}

choices! {
    /// What a meeting decides about a case.
    pub enum DecisionKind {
        /// A plan with measures, target, responsible person and deadline.
        Plan = "plan",
        /// To be reported to the tier above.
        ReportUp = "report_up",
        /// Explained: the claim has no basis.
        Explain = "explain",
        /// Redirected to the legal procedure.
        Redirect = "redirect",
        /// Suspended: long-term.
        Suspend = "suspend",
    }
}

choices! {
    /// Whether the household says that its matter is solved.
    pub enum Solved {
        /// Solved.
        Solved = "solved",
        /// Partly solved.
        Partly = "partly",
        /// Not solved.
        Unsolved = "unsolved",
    }
}

choices! {
    /// Whether the household says that it is satisfied.
    pub enum Satisfied {
        /// Satisfied.
        Satisfied = "satisfied",
        /// Basically satisfied.
        Basically = "basically",
        /// Dissatisfied.
        Dissatisfied = "dissatisfied",
    }
}

choices! {
    /// As what somebody closes a case.
    pub enum CloseAs {
        /// The household is satisfied.
        Satisfied = "satisfied",
        /// The household could not be reached.
        Unrated = "unrated",
        /// Explained by the tier above.
        Explained = "explained",
        /// Redirected by the tier above.
        Redirected = "redirected",
    }
}

choices! {
    /// How strongly a rule binds.
    pub enum Modality {
        /// 不少于, 须, 要: breaking it is an error or a missed duty.
        Must = "must",
        /// 原则上: breaking it is a warning.
        InPrinciple = "in_principle",
    }
}

impl Channel {
    /// Whether the collection station enters what comes in this way: the last seven do.
    pub fn is_station(self) -> bool {
        !matches!(self, Channel::Visit | Channel::ContactCard)
    }
}
