package wuzhang;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The library's side of a handle: its address, how many calls use it now, and whether it was closed. The memory is freed
 * exactly once: by the close that finds no user, or by the last user after the close. So a call never sees freed memory,
 * whoever closes when, and a close never waits.
 *
 * <p>It outlives its handle: the phantom reference that the collector puts into the queue is the net itself. No thread
 * watches the queue, since such a thread would keep a web application in memory that was taken down; whoever makes the
 * next handle empties it.
 */
final class Net extends PhantomReference<Handle> {
    /** Frees what stands at the address that the cell holds. */
    interface Free {
        int free(long cell);
    }

    private static final ReferenceQueue<Handle> LOST = new ReferenceQueue<>();
    /** Without this nobody would know of a net whose handle is lost. */
    private static final Set<Net> LIVE = ConcurrentHashMap.newKeySet();
    private static final int CLOSED = Integer.MIN_VALUE;

    final long address;
    private final Free free;
    /** How many use it; the topmost bit says that it was closed. */
    private final AtomicInteger users = new AtomicInteger();

    Net(Handle handle, long address, Free free) {
        super(handle, LOST);
        this.address = address;
        this.free = free;
        LIVE.add(this);
    }

    /** Frees the memory of handles that the collector has found without their being closed. */
    static void drain() {
        for (Reference<?> lost = LOST.poll(); lost != null; lost = LOST.poll()) {
            ((Net) lost).close();
        }
    }

    /** How many handles of the library are alive; for tests. */
    static int live() {
        return LIVE.size();
    }

    boolean enter() {
        int now = users.get();
        while (now >= 0) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    void leave() {
        if (users.decrementAndGet() == CLOSED) {
            release();
        }
    }

    void close() {
        int now = users.get();
        while (now >= 0) {
            if (users.compareAndSet(now, now | CLOSED)) {
                if (now == 0) {
                    release();
                }
                return;
            }
            now = users.get();
        }
    }

    boolean isClosed() {
        return users.get() < 0;
    }

    private void release() {
        LIVE.remove(this);
        clear();
        Scratch scratch = Scratch.borrow();
        try {
            int status = free.free(scratch.holding(address));
            if (status != Status.OK.number()) {
                throw scratch.failure(status);
            }
        } finally {
            scratch.giveBack();
        }
    }
}
