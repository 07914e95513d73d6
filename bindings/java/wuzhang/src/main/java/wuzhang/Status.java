package wuzhang;

/** How a call of the library ended. Numbers and names are those of {@code wz_status} in the C header. */
public enum Status {
    /** Done. */
    OK(0),
    /** The rules refuse the command; that is an answer. */
    REJECTED(1),
    /** A text is not as it should be: the findings say what and where. */
    INVALID(2),
    /** A block of lines stopped at a line that is no command. */
    STOPPED(3),
    /** A pointer that may not be NULL is NULL. */
    NULL(16),
    /** A text is not UTF-8, or not Unicode. */
    UTF8(17),
    /** A length is larger than any object can be. */
    LENGTH(18),
    /** The handle is not one of this kind. */
    HANDLE(19),
    /** Another thread uses the book at this moment. */
    BUSY(20),
    /** The library speaks another ABI. */
    ABI(21),
    /** A defect of the library was caught. */
    PANIC(32),
    /** An earlier defect interrupted a change of this book. */
    POISONED(33);

    private static final Status[] ALL = values();

    private final int number;

    Status(int number) {
        this.number = number;
    }

    /**
     * The number in the C header.
     *
     * @return the number
     */
    public int number() {
        return number;
    }

    /** The status of a number; {@code null} for one that a later library may have added. */
    static Status of(int number) {
        for (Status status : ALL) {
            if (status.number == number) {
                return status;
            }
        }
        return null;
    }
}
