package wuzhang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;

class VectorsTest {
    private static final Path CASES = Paths.get(System.getProperty("wuzhang.cases"));

    @Test
    void everyCaseIsAnsweredByteForByte() throws IOException {
        Vectors vectors = Vectors.run(Samples.read(CASES.resolve("cases.jsonl")));
        // The log stays there for `xtask compare`, which holds the faces against each other.
        Files.write(Samples.BUILD.resolve("vectors.log"), Samples.utf8(vectors.log()));
        Object listed = Json.object(Json.read(Samples.read(Samples.ROOT.resolve("tests/vectors/manifest.json")))).get("count");
        assertEquals(listed, (long) vectors.count());
        String[] expected = Samples.read(CASES.resolve("expected.log")).split("\n");
        assertArrayEquals(expected, vectors.log().split("\n"));
    }
}
