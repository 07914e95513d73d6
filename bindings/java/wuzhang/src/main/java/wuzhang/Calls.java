package wuzhang;

/**
 * The functions of the C library, name by name. Direct mapping with nothing but numbers and bytes, because that is the
 * only way through JNA that makes no objects. Pointers and sizes are {@code long}: {@link Library} admits 64-bit
 * systems only. What may be handed in and who frees what stands in {@code wuzhang.h}.
 */
final class Calls {
    private Calls() {}

    static native int wz_abi_check(int abi);

    static native long wz_version();

    static native long wz_status_text(int status);

    static native int wz_code(byte[] code, long length);

    static native void wz_buffer_free(long buffer);

    static native int wz_call(byte[] request, long length, long out, long error);

    static native int wz_policy_new(byte[] policy, long length, long out, long error);

    static native int wz_policy_free(long policy);

    static native int wz_engine_new(long policy, byte[] roster, long length, long out, long error);

    static native int wz_engine_free(long engine);

    static native int wz_engine_call(long engine, byte[] request, long length, long out, long error);

    static native int wz_engine_visit_duties(
            long engine, long visits, byte[] request, long length, long out, long error);

    static native int wz_book_open(
            long policy, byte[] roster, long rosterLength, byte[] journal, long journalLength,
            long out, long dropped, long error);

    static native int wz_book_restore(byte[] snapshot, long length, long out, long error);

    static native int wz_book_free(long book);

    static native int wz_book_apply(long book, byte[] command, long length, long out, long error);

    static native int wz_book_apply_lines(long book, byte[] lines, long length, long out, long error);

    static native int wz_book_call(long book, byte[] request, long length, long out, long error);

    static native int wz_book_journal(long book, long from, long out);

    static native int wz_book_snapshot(long book, long out);
}
