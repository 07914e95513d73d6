package wuzhang;

/**
 * Something that the library keeps in its own memory until it is closed. {@link #close} may be called twice and from any
 * thread; a call that runs at that moment ends in peace, and the memory goes with the last of them. Whatever is called
 * afterwards is answered with a {@link ClosedException}.
 *
 * <p>Who forgets to close leaves it to the garbage collector: the memory is freed when a handle is made after the
 * collector has found the lost one. That is a net and no plan, because the collector does not know how large a book is.
 */
public abstract class Handle implements AutoCloseable {
    private final Net net;

    Handle(long address, Net.Free free) {
        Net.drain();
        net = new Net(this, address, free);
    }

    /** Frees the library's memory; a second time does nothing. */
    @Override
    public final void close() {
        net.close();
    }

    /**
     * Whether it was closed.
     *
     * @return true from the first {@link #close} on
     */
    public final boolean isClosed() {
        return net.isClosed();
    }

    /** Begins a use: the address stays good until the net is left. The net is no part of this object, so that the
     * collector may take the object while the call runs, and the memory stays all the same. */
    final Net enter() {
        if (!net.enter()) {
            throw new ClosedException("this " + getClass().getSimpleName() + " is closed");
        }
        return net;
    }
}
