package wuzhang;

/** An earlier defect interrupted a change of this book: close it, and open it anew from its journal. */
public final class PoisonedException extends WuzhangException {
    private static final long serialVersionUID = 1;

    PoisonedException(String message) {
        super(Status.POISONED, message);
    }
}
