package wuzhang.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wuzhang.Wuzhang;

/** The jar as a program has it: the library comes out of it, and leaves nothing on the disk. */
class JarTest {
    @TempDir
    Path folder;

    /** A host with a folder of its own to unpack to. */
    public static final class Host {
        private Host() {}

        public static void main(String[] arguments) {
            System.out.println(Wuzhang.version() + " " + new File(System.getProperty("jna.tmpdir")).list().length);
        }
    }

    @Test
    void theLibraryComesOutOfTheJar() throws Exception {
        String source = Wuzhang.class.getProtectionDomain().getCodeSource().getLocation().toString();
        assertTrue(source.endsWith(".jar"), source + " is no jar: run Maven's phase verify");
        Process process = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djna.tmpdir=" + folder, "-cp", System.getProperty("java.class.path"), Host.class.getName())
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = Texts.read(process.getInputStream());
        assertEquals(0, process.waitFor(), said);
        assertEquals(System.getProperty("wuzhang.version") + " 0", said.trim());
    }
}
