//! How a call ended.

/// How a call ended. A number once given keeps its meaning; new ones may come.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WzStatus {
    /// Done: every output is written.
    Ok = 0,
    /// The rules refuse the command. That is an answer, not an error: `out` holds the outcome with
    /// every reason, and nothing has changed.
    Rejected = 1,
    /// A text is not as it should be (a document, a request, a line): `error` says what and where.
    Invalid = 2,
    /// A block of lines stopped at a line that is no command: `out` holds the outcomes of the lines
    /// before it, which are applied, and `error` tells the line.
    Stopped = 3,
    /// A pointer that may not be NULL is NULL.
    Null = 16,
    /// A text is not UTF-8.
    Utf8 = 17,
    /// A length is larger than any object can be.
    Length = 18,
    /// The handle is not one of this kind, or no longer one at all.
    Handle = 19,
    /// The handle is in use by another thread at this moment. Nothing was done; try again later, or
    /// let one thread own it.
    Busy = 20,
    /// The header that the program was built with speaks an ABI that this library does not.
    Abi = 21,
    /// A defect of the library was caught. Nothing was written; other handles work on.
    Panic = 32,
    /// An earlier defect interrupted a change of this book. It refuses everything but being freed:
    /// open it anew from its journal.
    Poisoned = 33,
}

impl WzStatus {
    /// The status with this number.
    pub fn of(number: u32) -> Option<WzStatus> {
        ALL.iter().copied().find(|status| *status as u32 == number)
    }

    /// The words for a person who reads a log; they end in NUL.
    pub fn words(self) -> &'static core::ffi::CStr {
        match self {
            WzStatus::Ok => c"done",
            WzStatus::Rejected => c"the rules refuse the command; the outcome says why",
            WzStatus::Invalid => c"a text is not as it should be; the error says what and where",
            WzStatus::Stopped => c"the block stopped at a line that is no command; the lines before it are applied",
            WzStatus::Null => c"a pointer that may not be NULL is NULL",
            WzStatus::Utf8 => c"a text is not UTF-8",
            WzStatus::Length => c"a length is larger than any object can be",
            WzStatus::Handle => c"the handle is not one of this kind",
            WzStatus::Busy => c"the handle is in use by another thread",
            WzStatus::Abi => c"the program was built for an ABI that this library does not speak",
            WzStatus::Panic => c"a defect of the library was caught; other handles work on",
            WzStatus::Poisoned => c"an earlier defect interrupted a change; open the book anew from its journal",
        }
    }
}

const ALL: [WzStatus; 12] = [
    WzStatus::Ok,
    WzStatus::Rejected,
    WzStatus::Invalid,
    WzStatus::Stopped,
    WzStatus::Null,
    WzStatus::Utf8,
    WzStatus::Length,
    WzStatus::Handle,
    WzStatus::Busy,
    WzStatus::Abi,
    WzStatus::Panic,
    WzStatus::Poisoned,
];
