package wuzhang;

/** A defect of the library was caught. Other handles work on; a book that was being changed is poisoned. */
public final class PanicException extends WuzhangException {
    private static final long serialVersionUID = 1;

    PanicException(String message) {
        super(Status.PANIC, message);
    }
}
