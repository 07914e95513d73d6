package wuzhang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the library is found, and what is said when it is not, or is another one. */
class LibraryTest {
    @TempDir
    Path folder;

    /** Says what the library's lookup ends with; for JVMs of their own, since a JVM loads one library only. */
    public static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            for (int time = 0; time < 2; time++) {
                try {
                    System.out.println("version " + Wuzhang.version());
                } catch (LibraryException error) {
                    System.out.println(error.getMessage());
                }
            }
        }
    }

    private static String[] probe(String... options) throws Exception {
        Jvm.Result result = Jvm.run(Probe.class, Arrays.asList(options));
        assertEquals(0, result.code, result.output);
        String[] lines = result.output.trim().split("\n");
        // Java remembers a class that could not be initialised and then says nothing useful; this must not happen here.
        assertEquals(2, lines.length, result.output);
        assertEquals(lines[0], lines[1]);
        return lines;
    }

    private File compiled(String name, String source) throws IOException, InterruptedException {
        Path c = folder.resolve(name + ".c");
        Path so = folder.resolve(name + ".so");
        Files.write(c, Samples.utf8(source));
        Process cc = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", so.toString(), c.toString()).inheritIO().start();
        assertEquals(0, cc.waitFor());
        return so.toFile();
    }

    @Test
    void theLibraryTravelsWithTheClasses() throws Exception {
        assertEquals("version " + System.getProperty("wuzhang.version"), probe()[0]);
    }

    @Test
    void thePropertyNamesAFile() throws Exception {
        Path moved = folder.resolve("under-another-name.so");
        Files.copy(Library.class.getResourceAsStream("/linux-x86-64/libwuzhang.so"), moved);
        assertEquals("version " + System.getProperty("wuzhang.version"), probe("-Dwuzhang.library=" + moved)[0]);
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        assertEquals("the system property wuzhang.library names /nowhere/libwuzhang.so, and there is no such file",
                probe("-Dwuzhang.library=/nowhere/libwuzhang.so")[0]);
    }

    @Test
    void aSystemThatTheJarDoesNotServe() throws Exception {
        // JNA then believes to be elsewhere, where the jar has nothing.
        String said = probe("-Djna.prefix=plan9-mips")[0];
        assertTrue(said.startsWith("wuzhang's jar has no library for this system (/plan9-mips/libwuzhang.so)"), said);
    }

    @Test
    void anotherAbiIsRefused() throws Exception {
        File fake = compiled("fake", "unsigned wz_abi_check(unsigned abi) { return abi == 7 ? 0 : 21; }\n"
                + "const char *wz_version(void) { return \"7.0.0\"; }\n");
        String wanted = fake + " (wuzhang 7.0.0) does not speak ABI 1, for which this jar was made:"
                + " take the library and the jar of one release";
        assertEquals(wanted, probe("-Dwuzhang.library=" + fake)[0]);
    }

    @Test
    void otherLibrariesAreRefused() throws Exception {
        File other = compiled("other", "int something(void) { return 1; }\n");
        LibraryException error = assertThrows(LibraryException.class, () -> Library.checked(other));
        assertTrue(error.getMessage().contains(" is not the wuzhang library: "), error.getMessage());
        // It answers our ABI and has none of its functions.
        File half = compiled("half", "unsigned wz_abi_check(unsigned abi) { return 0; }\n"
                + "const char *wz_version(void) { return \"0\"; }\n");
        String said = probe("-Dwuzhang.library=" + half)[0];
        assertTrue(said.startsWith(half + " lacks a function of wuzhang: "), said);
        Path text = folder.resolve("text.so");
        Files.write(text, Samples.utf8("no library"));
        LibraryException broken = assertThrows(LibraryException.class, () -> Library.checked(text.toFile()));
        assertTrue(broken.getMessage().contains(" cannot be loaded: "), broken.getMessage());
    }
}
